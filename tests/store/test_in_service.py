"""Who is dead or gone holds nothing, sits nowhere, and is told nothing."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlmodel import Session, select

from activities.addressing import desk, everybody, resolve
from activities.deed import Deed
from domain.ladder import Addressee
from domain.posts import PostCode
from domain.record import OFFICE
from domain.roles import Role
from store.database import Database
from store.findings.membership import members_of
from store.office import people
from store.office.holding import holders_of, stand_ins
from store.tables import Appointment, Office, Person, ServiceSpan
from tests.office import prepare
from tests.store.rows import a_phase

THE_DAY, BEFORE, AFTER = date(2022, 7, 15), date(2022, 7, 14), date(2022, 7, 20)
HEAD, DEPARTMENT = "ctqh-01", "CTQH"
Goes = Callable[[Session, str], None]


def dies(session: Session, person: str) -> None:
    """Let somebody die on the day."""
    session.get_one(Person, person).died_on = THE_DAY


def leaves(session: Session, person: str) -> None:
    """Let somebody's service end on the day; nobody thinks of the posts."""
    query = select(ServiceSpan).where(ServiceSpan.person == person)
    session.exec(query).one().ends = THE_DAY


def held_on(session: Session, person: str, day: date) -> dict[str, bool]:
    """Say where somebody stands on a day."""
    moment = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
    deed = Deed(session, OFFICE, "look", moment)
    return {
        "head": person in people.holders(session, Office.DEPARTMENT_HEAD, day),
        "seat": person in {seat.person for seat in people.seats(session, day)},
        "roles": bool(people.roles_of(session, person, day, DEPARTMENT)),
        "member": person
        in {row.id for row in people.members(session, DEPARTMENT, day)},
        "roll": person
        in members_of(session, a_phase(period_end=day), None)[DEPARTMENT],
        "told": person in session.exec(everybody(deed)).all(),
        "desk": person in desk(deed, DEPARTMENT),
    }


@pytest.mark.parametrize("goes", [dies, leaves])
def test_from_that_day_on_a_head_holds_nothing_and_is_told_nothing(
    database: Database, goes: Goes
) -> None:
    prepare(database, 2022)
    with database.write() as session:
        goes(session, HEAD)
        session.flush()

        found = {day: set(held_on(session, HEAD, day).values()) for day in DAYS}

    assert found == {BEFORE: {True}, THE_DAY: {False}, AFTER: {False}}


DAYS = (BEFORE, THE_DAY, AFTER)


def test_who_leads_belongs_to_no_department_and_has_not_left_for_it(
    database: Database,
) -> None:
    prepare(database, 2022)
    with database.write() as session:
        leaves(session, HEAD)
        post: Any = {"person": HEAD, "office": Office.DEPUTY_DIRECTOR}
        session.add(Appointment(starts=THE_DAY, **post))
        session.flush()

        roles = people.roles_of(session, HEAD, AFTER)
        recipients = people.holders(session, Office.RECIPIENT, AFTER)

        assert {Role.DEPUTY_DIRECTOR, Role.COUNCIL_MEMBER} <= roles
        assert set(recipients) <= set(people.still_here(session, recipients, AFTER))
        assert recipients


def test_a_vacant_post_has_its_reminders_read_by_whoever_stands_in(
    database: Database,
) -> None:
    prepare(database, 2022)
    deputies = ["ld-02", "ld-03"]
    with database.write() as session:
        for person in (HEAD, "ctqh-03", "ld-01"):
            dies(session, person)
        session.flush()
        deed = Deed(session, OFFICE, "look", datetime(2022, 7, 20, 3, tzinfo=UTC))

        told = {to: resolve(deed, to) for to in (Addressee.DIRECTOR, Addressee.UNION)}

        assert told == {Addressee.DIRECTOR: deputies, Addressee.UNION: ["ld-04"]}
        assert desk(deed, DEPARTMENT) == deputies
        assert holders_of(session, PostCode.COUNCIL_CHAIR, AFTER) == frozenset()
        presiding = stand_ins(session, [PostCode.COUNCIL_CHAIR], AFTER)
        assert presiding == holders_of(session, PostCode.COUNCIL_VICE_CHAIR, AFTER)
