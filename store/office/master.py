"""Master data as rows: listed a page at a time, and written so that they agree."""

from datetime import date
from typing import Any

from sqlalchemy import and_, literal, or_, true, tuple_
from sqlmodel import Session, col, select

from domain.calendar import local_day
from domain.names import search_key
from domain.refusals import Refused, unknown
from intake.office.contradictions import (
    SECRETARIAT_MISSING,
    died_before,
    year_not_begun,
)
from store.clock import now
from store.office.in_force import alive, in_force
from store.tables import (
    Appointment,
    CalendarOverride,
    Department,
    Person,
    Rating,
    ServiceSpan,
    SubjectKind,
)


def today(session: Session) -> date:
    """Return the day, in Vietnam, at which the database stands."""
    return local_day(now(session))


def departments(
    session: Session,
    on: date | None,
    after: str | None = None,
    limit: int | None = None,
) -> list[Department]:
    """List the departments by code, all or those of one day."""
    query = select(Department).order_by(Department.code).limit(limit)
    if after is not None:
        query = query.where(col(Department.code) > after)
    if on is not None:
        query = query.where(in_force(Department, on))
    return list(session.exec(query))


def find_people(
    session: Session,
    words: str,
    department: str | None,
    after: tuple[Any, ...] | None,
    limit: int,
) -> list[Person]:
    """Find people by how words of their names begin, marks or none, or by their code.

    They come as Vietnamese lists sort them; of a *department*, who is there today.
    """
    order = (col(Person.sort_key), col(Person.id))
    query = select(Person).order_by(*order).limit(limit)
    query = query.where(is_called(words))
    if department is not None:
        query = query.join(
            ServiceSpan, col(ServiceSpan.person) == col(Person.id)
        ).where(
            ServiceSpan.department == department,
            in_force(ServiceSpan, today(session)),
            alive(col(ServiceSpan.person), today(session)),
        )
    if after is not None:
        query = query.where(tuple_(*order) > after)
    return list(session.exec(query))


def is_called(words: str) -> Any:
    """Make the condition that a person's name has words, or their code is these."""
    named = and_(true(), *words_in(Person.search_key, words))
    return or_(named, col(Person.id) == words.strip())


def words_in(key: Any, words: str) -> list[Any]:
    """Make the conditions that words of a text begin so: *key* is its search key."""
    spaced = literal(" ") + col(key)
    found = search_key(words).split()
    return [spaced.contains(f" {word}", autoescape=True) for word in found]


def ratings(
    session: Session,
    year: int | None,
    subject: str | None,
    after: tuple[Any, ...] | None,
    limit: int,
) -> list[Rating]:
    """List ratings by year, kind and subject."""
    order = (col(Rating.year), col(Rating.kind), col(Rating.subject))
    query = select(Rating).order_by(*order).limit(limit)
    if year is not None:
        query = query.where(Rating.year == year)
    if subject is not None:
        query = query.where(Rating.subject == subject)
    if after is not None:
        query = query.where(tuple_(*order) > after)
    return list(session.exec(query))


def overrides(
    session: Session, year: int | None, after: date | None, limit: int
) -> list[CalendarOverride]:
    """List the days that the office entered against the published calendar."""
    query = select(CalendarOverride).order_by(col(CalendarOverride.day)).limit(limit)
    if after is not None:
        query = query.where(col(CalendarOverride.day) > after)
    if year is not None:
        first, last = date(year, 1, 1), date(year, 12, 31)
        query = query.where(col(CalendarOverride.day).between(first, last))
    return list(session.exec(query))


def require_subject(session: Session, kind: SubjectKind, code: str) -> None:
    """Raise Refused unless a person, or a department, has this code.

    Codes: `unknown_subject`, `unknown_department`.
    """
    if kind is SubjectKind.COLLECTIVE:
        require_department(session, code)
    elif session.get(Person, code) is None:
        raise unknown("subject", code)


def require_department(session: Session, code: str) -> Department:
    """Find a department. Raises Refused (`unknown_department`)."""
    found = session.get(Department, code)
    if found is None:
        raise unknown("department", code)
    return found


def require_secretariat(session: Session) -> None:
    """Raise Refused (`secretariat_missing`) when nobody could edit any more.

    One department without an end, at work today, must be the standing secretariat.
    """
    found = session.exec(
        select(Department.code).where(
            col(Department.secretariat),
            col(Department.ends).is_(None),
            col(Department.starts) <= today(session),
        )
    ).first()
    if found is None:
        raise Refused(SECRETARIAT_MISSING)


def require_begun(session: Session, year: int) -> None:
    """Raise Refused (`bad_document`) for what somebody says of a year to come."""
    if year > today(session).year:
        raise year_not_begun(year)


def require_lived(session: Session, person: str, died_on: date | None) -> None:
    """Raise Refused (`bad_document`) when somebody is to have died before serving."""
    served = select(col(ServiceSpan.starts)).where(ServiceSpan.person == person)
    held = select(col(Appointment.starts)).where(Appointment.person == person)
    began = [*session.exec(served), *session.exec(held)]
    if died_on and died_on < min(began, default=died_on):
        raise died_before(died_on, min(began))
