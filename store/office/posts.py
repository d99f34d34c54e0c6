"""Where people serve and have served, as the rules ask for it."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, col, exists, or_, select

from domain.grouping import grouped
from domain.rules.service import Post, Span, home
from store.database import among, made_once, only_read
from store.office.in_force import alive, in_force
from store.tables import Person, ServiceSpan

_ONE_DAY = timedelta(days=1)


def posts_of(
    session: Session, persons: Collection[str] | None = None
) -> dict[str, tuple[Post, ...]]:
    """Read the posts of some people, or of all, in the order of time."""
    rows = _posts_of(session, persons=persons)
    found = grouped((person, _post(*post)) for person, *post in rows)
    return {person: tuple(posts) for person, posts in found.items()}


@made_once
def _posts_of(persons: Any) -> Any:
    query: Any = select(
        ServiceSpan.person,
        ServiceSpan.department,
        ServiceSpan.agency,
        col(ServiceSpan.starts),
    ).add_columns(col(ServiceSpan.ends))
    of_these = query.where(among(ServiceSpan.person, persons))
    return of_these.order_by(col(ServiceSpan.starts))


def _post(
    department: str | None, agency: str | None, starts: date, ends: date | None
) -> Post:
    span = Span(starts, ends - _ONE_DAY if ends else None)
    return Post(department or agency or "", department is not None, span)


def of_department(
    session: Session,
    department: str,
    persons: Collection[str],
    day: date,
    *,
    leavers: bool = False,
) -> frozenset[str]:
    """Find who of *persons* serves in a department on *day*, wherever they are now.

    With *leavers* also who left it for good in the year of that day (E14).
    """
    found = set()
    first = date(day.year, 1, 1) if leavers else day
    for person, posts in posts_of(session, persons).items():
        post = home(posts, day)
        if post and post.unit == department and post.span.days(first, day):
            found.add(person)
    return frozenset(found)


def nominable(
    session: Session, department: str, last: date, leavers: bool
) -> list[Person]:
    """List by name who served in a department on the *last* day of a time.

    With *leavers* also who left it in the year of that day (E14).
    """
    first = date(last.year, 1, 1) if leavers else last
    ordered = served_in(department, first, last).order_by(Person.sort_key, Person.id)
    return [*{each.id: each for each in only_read(session, ordered)}.values()]


def served_in(department: str, first: date, last: date) -> Any:
    """Select who served in a department at some time between two days."""
    spans = select(Person).join(ServiceSpan, col(ServiceSpan.person) == col(Person.id))
    return spans.where(
        ServiceSpan.department == department,
        col(ServiceSpan.starts) <= last,
        or_(col(ServiceSpan.ends).is_(None), col(ServiceSpan.ends) > first),
    )


def serves(person: Any, day: date) -> Any:
    """Make the condition that *person*, a column, serves in a department on *day*."""
    return exists().where(
        col(ServiceSpan.person) == person,
        col(ServiceSpan.department).is_not(None),
        in_force(ServiceSpan, day),
        alive(col(ServiceSpan.person), day),
    )
