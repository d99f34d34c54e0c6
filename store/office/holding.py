"""Who holds which post of the office, and who may confirm that it is given or taken."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from domain.grouping import grouped
from domain.posts import POSTS, PostCode, confirmers_among, post_of, standing_in
from store.database import made_once, one_of
from store.office import people
from store.office.in_force import in_force
from store.tables import Appointment, Council, CouncilSeat, Department, Office


def holders_of(session: Session, post: PostCode, day: date) -> frozenset[str]:
    """Find who holds a post on *day*, of whatever department."""
    if post is PostCode.SECRETARIAT:
        return frozenset(people.secretariat(session, day))
    if str(post) in {str(office) for office in Office}:
        return frozenset(people.holders(session, Office(post), day))
    council, seat = post.split("_", 1)
    seats = people.seats(session, day, Council(council))
    return frozenset(row.person for row in seats if row.seat == seat)


def heads_on(session: Session, day: date) -> dict[str, list[str]]:
    """Find who heads each department of *day*; a vacant one has nobody."""
    there = session.exec(
        select(Department.code)
        .where(in_force(Department, day))
        .order_by(Department.code)
    )
    return at_desks(session, there, day, [Office.DEPARTMENT_HEAD])


def at_desks(
    session: Session,
    departments: Iterable[str],
    day: date,
    offices: Collection[Office] = people.DESK_OFFICES,
) -> dict[str, list[str]]:
    """Find in one query who answers for each of some departments on *day*.

    Those are whoever holds one of some *offices* there; a vacant one has nobody.
    """
    found: dict[str, list[str]] = {code: [] for code in departments}
    asked = {"offices": offices, "departments": found, "day": day}
    for department, person in _at_desks(session, **asked) if found else ():
        found[department or ""].append(person)
    return found


@made_once
def _at_desks(offices: Any, departments: Any, day: Any) -> Any:
    there = one_of(col(Appointment.department), departments)
    held = one_of(col(Appointment.office), offices), in_force(Appointment, day)
    answers = select(Appointment.department, Appointment.person)
    return answers.where(there, *held).order_by(Appointment.person)


def secretariat_desks(session: Session, day: date) -> dict[str, list[str]]:
    """Find who answers for each department that is the standing secretariat on *day*.

    A vacant one has nobody.
    """
    return {
        code: [person for person in found if person]
        for code, found in grouped(_secretariat_desks(session, day=day)).items()
    }


@made_once
def _secretariat_desks(day: Any) -> Any:
    at_desk = (
        (col(Appointment.department) == col(Department.code))
        & col(Appointment.office).in_(people.DESK_OFFICES)
        & in_force(Appointment, day)
    )
    return (
        select(Department.code, Appointment.person)
        .outerjoin(Appointment, at_desk)
        .where(col(Department.secretariat), in_force(Department, day))
        .order_by(col(Department.code), col(Appointment.person))
    )


def stand_ins(
    session: Session, posts: Collection[PostCode], day: date
) -> frozenset[str]:
    """Find who gets the reminders while these posts are vacant: of each the first."""
    held = _Held(session, day)
    return frozenset().union(*(standing_in(post, held) for post in posts))


class _Held(dict[PostCode, frozenset[str]]):
    """Who holds each post on a day, read once it is asked for."""

    def __init__(self, session: Session, day: date) -> None:
        super().__init__()
        self._session, self._day = session, day

    def __missing__(self, post: PostCode) -> frozenset[str]:
        self[post] = holders_of(self._session, post, self._day)
        return self[post]


def deciding_posts_of(session: Session, person: str, day: date) -> frozenset[PostCode]:
    """Find which posts that decide somebody holds on *day*."""
    tables: tuple[Any, ...] = (Appointment, CouncilSeat)
    held = {
        post_of(row.model_dump())
        for table in tables
        for row in session.exec(
            select(table).where(table.person == person, in_force(table, day))
        )
    }
    if person in people.secretariat(session, day):
        held.add(PostCode.SECRETARIAT)
    return frozenset(post for post in held if POSTS[post].decides)


def confirmers(
    session: Session,
    posts: Collection[PostCode],
    day: date,
    but: Collection[str | None],
) -> frozenset[str]:
    """Find who may confirm a change of *posts*: each of *posts* by its own table.

    *but* are the proposer and the person concerned, who confirm nothing.
    """
    return confirmers_among(posts, _Held(session, day), but)
