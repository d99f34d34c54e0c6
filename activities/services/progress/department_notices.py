"""Tells departments, each one's own desk in words of its own, some at a time."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, select

from activities.addressing import desks
from activities.deed import Deed
from domain.ladder import Addressee
from store.tables import Department

# How many are told in one transaction: the first hear at once, and whoever else
# writes waits for a few of them only.
AT_ONCE = 200


def next_of(session: Session, codes: Any, after: str) -> Sequence[Department]:
    """Read the next departments whose codes a query selects, in the order of codes."""
    return session.exec(
        select(Department)
        .where(col(Department.code).in_(codes), col(Department.code) > after)
        .order_by(Department.code)
        .limit(AT_ONCE)
    ).all()


def last_of(departments: Sequence[Department]) -> str | None:
    """Return after whom to go on; None when there is nobody left."""
    return departments[-1].code if len(departments) == AT_ONCE else None


def tell_each(
    deed: Deed,
    departments: Sequence[Department],
    to: Addressee,
    task: str,
    kind: str,
    **facts: Any,
) -> int:
    """Plan each department's notice to its desk; return how many people it goes to."""
    found = desks(deed, [department.code for department in departments], to)
    return sum(
        deed.notify(
            f"{task}/{department.code}",
            kind,
            found[department.code],
            department=department.name,
            **facts,
        )
        for department in departments
    )
