"""Who belongs to a collective at a period's end; those written of alike are one."""

from collections.abc import Collection
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import case, true
from sqlmodel import Session, col, exists, func, or_, select

from domain.calendar import ONE_DAY, add_months
from domain.rules.criteria import RatingLevel
from domain.states import RegistrationState
from store.database import among
from store.office.in_force import alive, in_force
from store.tables import (
    Department,
    Discipline,
    Leave,
    Nomination,
    Phase,
    Rating,
    Registration,
    ServiceSpan,
    SubjectKind,
)


def members_of(
    session: Session, phase: Phase, departments: Collection[str] | None
) -> dict[str, dict[str, int]]:
    """Find the members of collectives, each with how many of them are just alike.

    Of all departments everybody is told apart. Of some, one stands for all others who
    served the whole year, are rated and registered alike, and of whom nothing else is
    written that a rule may ask of members: no discipline, and no line.
    """
    known = _known(phase.campaign, phase.id, phase.period_end, departments is None)
    asked = known.where(among(ServiceSpan.department, departments))
    found: dict[str, dict[str, int]] = {}
    for department, person, many in session.exec(asked):
        found.setdefault(department, {})[person] = many
    return found


# To make it takes longer than to ask it of a few departments. What hangs on other rows
# is asked of each member, never joined: before PostgreSQL has counted a table anew it
# takes it for empty, and would join ten thousand with ten thousand. Nor is a value
# fetched for each: whether there is such a row it finds by going through them once.
@lru_cache(maxsize=32)
def _known(campaign: str, phase: str, day: date, apart: bool) -> Any:
    stands_out: Any = true() if apart else _stands_out(phase, day)
    return (
        select(ServiceSpan.department, func.min(ServiceSpan.person), func.count())
        .join(Department, col(Department.code) == col(ServiceSpan.department))
        .where(
            in_force(ServiceSpan, day),
            alive(col(ServiceSpan.person), day),
            col(Department.collective),
        )
        .group_by(
            ServiceSpan.department,
            case(*((_rated(level, day.year), level) for level in RatingLevel)),
            _registered(campaign),
            case((stands_out, col(ServiceSpan.person))),
        )
        .order_by(ServiceSpan.department, func.min(ServiceSpan.person))
    )


def _rated(level: RatingLevel, year: int) -> Any:
    return exists().where(
        col(Rating.kind) == SubjectKind.INDIVIDUAL,
        col(Rating.subject) == col(ServiceSpan.person),
        col(Rating.year) == year,
        col(Rating.level) == level,
    )


def _registered(campaign: str) -> Any:
    return exists().where(
        col(Registration.campaign) == campaign,
        col(Registration.subject) == col(ServiceSpan.person),
        col(Registration.state) != RegistrationState.WITHDRAWN,
    )


def _stands_out(phase: str, day: date) -> Any:
    """Make the condition that more is written of a member than of most.

    Who has been in one post for the twelve months of `service_months`, without leave,
    has all of them; posts do not overlap.
    """
    person = col(ServiceSpan.person)
    first = add_months(day + ONE_DAY, -12)
    return or_(
        col(ServiceSpan.starts) > first,
        exists().where(
            col(Leave.person) == person,
            or_(col(Leave.ends).is_(None), col(Leave.ends) > first),
        ),
        exists().where(
            col(Discipline.person) == person,
            col(Discipline.decided_on) >= date(day.year, 1, 1),
            col(Discipline.decided_on) <= day,
        ),
        exists().where(
            col(Nomination.subject) == person,
            or_(
                col(Nomination.period) == str(day.year),
                col(Nomination.phase) == phase,
            ),
        ),
    )
