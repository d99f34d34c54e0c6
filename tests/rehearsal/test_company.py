"""Who plays what in an office for practice: as its rows have it on the day."""

from dataclasses import replace
from datetime import date

from sqlmodel import select

from rehearsal.cast.company import call_together
from rehearsal.cast.rows import company_in
from store.database import Database
from store.tables import Appointment, Office
from tests.journeys.cast import at
from tests.office import prepare, sample_office


def test_the_rows_of_the_sample_office_are_played_as_its_file_says(
    sqlite_database: Database,
) -> None:
    prepare(sqlite_database, 2022, at("2022-12-20", "08:00"))
    told = call_together(sample_office(2022))

    with sqlite_database.read() as session:
        found = company_in(session)

    assert replace(found, office=told.office) == told
    assert [(p.code, p.department) for p in found.office.people] == sorted(
        ((p.code, p.department) for p in told.office.people),
        key=lambda one: (one[1] != "LEADERSHIP", one[0]),
    )
    assert {d.code: d.rating for d in found.office.departments} == {
        d.code: d.rating for d in told.office.departments
    }


def test_a_part_that_nobody_holds_is_nobodys(sqlite_database: Database) -> None:
    with sqlite_database.read() as session:
        empty = company_in(session)
    prepare(sqlite_database, 2022, at("2022-12-20", "08:00"))
    with sqlite_database.write() as session:
        clerk = Appointment.office == Office.RECORDS_CLERK
        for row in session.exec(select(Appointment).where(clerk)):
            row.ends = date(2022, 12, 1)
            session.add(row)
    with sqlite_database.read() as session:
        found = company_in(session)

    assert (empty.director, empty.heads, empty.office.people) == ("", {}, ())
    assert (found.clerk, found.director) == ("", "ld-01")
