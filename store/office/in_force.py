"""Conditions of what holds on a day: posts and seats, and who lives and serves."""

from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import col

from store.tables import Appointment, CouncilSeat, Office, Person, ServiceSpan

# Posts that are service in themselves: whoever leads belongs to no department.
_LEADING = (Office.DIRECTOR, Office.DEPUTY_DIRECTOR)
# Rows looked for beside those of a query; made once, since each takes a millisecond.
_EACH, _SPAN, _POST = aliased(Person), aliased(ServiceSpan), aliased(Appointment)


# To make it takes longer than to ask it, and almost all is asked of today.
@lru_cache(maxsize=128)
def in_force(table: Any, day: date) -> Any:
    """Make the condition that a dated row holds on *day*.

    An office or a seat is held by nobody who is dead or has left the service.
    """
    holds = _between(table, day)
    if table in (Appointment, CouncilSeat):
        holds &= in_service(col(table.person), day)
    return holds


def _between(table: Any, day: date) -> Any:
    return (col(table.starts) <= day) & or_(
        col(table.ends).is_(None), col(table.ends) > day
    )


def alive(person: Any, day: date) -> Any:
    """Make the condition that *person*, a column, has not died by the end of *day*."""
    return ~exists().where(col(_EACH.id) == person, col(_EACH.died_on) <= day)


def in_service(person: Any, day: date) -> Any:
    """Make the condition that *person*, a column, is alive and has not left.

    Left has whoever served in a department, serves in none, and does not lead. Who
    never did (the union's chair of the leadership, recipients) has nothing to leave.
    """
    here = (col(_SPAN.person) == person) & col(_SPAN.department).is_not(None)
    served = exists().where(here, col(_SPAN.ends) <= day)
    serves = exists().where(here, _between(_SPAN, day))
    leads = exists().where(
        col(_POST.person) == person,
        col(_POST.office).in_(_LEADING),
        _between(_POST, day),
    )
    return alive(person, day) & or_(~served, serves, leads)
