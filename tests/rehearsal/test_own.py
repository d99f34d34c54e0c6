"""A year in an office of one's own: whoever is in its rows plays, apart from it."""

from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from engine.client import Engine
from papers.archive.office import leave_roster
from rehearsal.cast.company import Uncast
from rehearsal.own import company_of, well_behaved
from rehearsal.play import play
from rehearsal.playbill import PLANS, Playbill, read_own_playbill
from rehearsal.rehearse import staged
from rehearsal.story import tell
from rehearsal.theatre import furnish
from store.database import Database
from store.tables import (
    Appointment,
    CalendarOverride,
    Campaign,
    Department,
    Discipline,
    Office,
    Person,
    Rating,
)
from tests.databases import Databases
from tests.journeys.cast import HEADS, at
from tests.office import CLERK, prepare

PLAN = PLANS / "2022.yaml"
HEAD = HEADS["CTQH"]
OFF = date(2022, 1, 17)


@pytest.fixture
def own(sqlite_database: Database) -> Database:
    """The sample office, with somebody new, and a department that nobody heads."""
    prepare(sqlite_database, 2021, at("2022-03-20", "08:00"))
    paper = {"reason": "Nghỉ bù.", "source": "Công văn số 5"}
    with sqlite_database.write() as session:
        session.get_one(Person, HEAD).name = "Trần Thị Mới"
        session.add(Department(code="MOI", name="Phòng Mới", starts=date(2022, 2, 1)))
        session.add(CalendarOverride(day=OFF, working=False, **paper))
        session.add(Discipline(person=HEAD, level="x", decided_on=OFF))
    return sqlite_database


def bill_of(database: Database, folder: Path) -> Playbill:
    """Leave an office in a file, and read the year that is to be played in it."""
    path = folder / "co-quan.zip"
    with path.open("wb") as file, database.read() as session:
        leave_roster(session, file)
    return read_own_playbill(PLAN, path)


def test_who_is_in_the_office_today_is_in_it_all_the_year(
    own: Database, sqlite_databases: Databases, tmp_path: Path
) -> None:
    with own.write() as session:
        [head] = session.exec(select(Appointment).where(Appointment.person == HEAD))
        post = {"office": Office.DEPARTMENT_HEAD, "department": "CTQH"}
        head.starts, head.ends = date(2022, 2, 1), date(2022, 6, 1)
        coming = {"person": "ctqh-02", "starts": date(2022, 6, 1)}
        session.add(Appointment(**coming, **post))
    bill = bill_of(own, tmp_path)
    stage = sqlite_databases.fresh()

    furnish(stage, bill)

    with stage.read() as session:
        company = company_of(session, bill.plan)
        cast = well_behaved(session, company)
        hers = session.exec(select(Appointment).where(Appointment.person == HEAD)).one()
        ratings = session.exec(select(Rating).where(Rating.year == 2022)).all()
        before = session.exec(select(Rating).where(Rating.year == 2021)).all()
        disciplined = session.exec(select(Discipline)).all()
    assert company.heads["CTQH"] == HEAD
    assert (company.name_of(HEAD), company.name_of("MOI")) == (
        "Trần Thị Mới",
        "Phòng Mới",
    )
    assert (hers.starts < date(2022, 1, 10), hers.ends) == (True, None)
    assert [day.day for day in cast.days] == [OFF]
    assert {*cast.interim.departments} == {"MOI"}
    last = {(each.kind, each.subject): each.level for each in before}
    found = {(each.kind, each.subject): each.level for each in ratings}
    assert {key: found[key] for key in last} == last
    assert found["collective", "MOI"] == "GOOD_COMPLETION"
    assert disciplined == []


def test_a_part_that_nobody_can_play_is_named(
    own: Database, sqlite_databases: Databases, tmp_path: Path
) -> None:
    with own.write() as session:
        for held in session.exec(
            select(Appointment).where(Appointment.person == CLERK)
        ):
            session.delete(held)
    bill, stage = bill_of(own, tmp_path), sqlite_databases.fresh()
    furnish(stage, bill)

    with stage.read() as session, pytest.raises(Uncast, match="Cơ quan chưa có: văn"):
        company_of(session, bill.plan)


async def test_departments_act_in_time_and_what_a_silent_one_owes_is_told(
    own: Database, sqlite_databases: Databases, engine: Engine, tmp_path: Path
) -> None:
    bill, stage = bill_of(own, tmp_path), sqlite_databases.fresh()

    async with staged(stage, engine, bill) as script:
        await play(script, until=at("2022-03-05"))
        events = await tell(script)

    registered = {e["about"]: e["name"] for e in events if e.get("act") == "register"}
    told = [e for e in events if e["kind"] == "notice" and "Phòng Mới" in e["text"]]
    assert registered["Phòng Công tác Quốc hội"] == "Trần Thị Mới"
    assert len(registered) == len(HEADS)
    assert any("registration" in each["notice"] for each in told)
    with own.read() as session:
        assert session.exec(select(Campaign)).all() == []
