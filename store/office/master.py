"""Master data as rows: listed a page at a time, and written so that they agree."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import literal, tuple_
from sqlmodel import Session, col, select

from domain.calendar import day_vi, local_day
from domain.names import search_key
from domain.refusals import Refused, refuse
from store.database import now
from store.office.people import alive, in_force
from store.tables import (
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


def departments(session: Session, on: date | None) -> list[Department]:
    """List the departments, all or those of one day."""
    query = select(Department).order_by(Department.code)
    if on is not None:
        query = query.where(in_force(Department, on))
    return list(session.exec(query))


def find_people(
    session: Session,
    words: str,
    department: str | None,
    after: Sequence[str] | None,
    limit: int,
) -> list[Person]:
    """Find people by how words of their names begin, with marks or without.

    They come as Vietnamese lists sort them; of a *department*, who is there today.
    """
    order = (col(Person.sort_key), col(Person.id))
    query = select(Person).order_by(*order).limit(limit)
    for word in search_key(words).split():
        key = literal(" ") + col(Person.search_key)
        query = query.where(key.contains(f" {word}", autoescape=True))
    if department is not None:
        query = query.join(
            ServiceSpan, col(ServiceSpan.person) == col(Person.id)
        ).where(
            ServiceSpan.department == department,
            in_force(ServiceSpan, today(session)),
            alive(col(ServiceSpan.person), today(session)),
        )
    if after is not None:
        query = query.where(tuple_(*order) > tuple(after))
    return list(session.exec(query))


def ratings(
    session: Session,
    year: int | None,
    subject: str | None,
    after: Sequence[Any] | None,
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
        query = query.where(tuple_(*order) > tuple(after))
    return list(session.exec(query))


def overrides(session: Session, year: int | None) -> list[CalendarOverride]:
    """List the days that the office entered against the published calendar."""
    query = select(CalendarOverride).order_by(col(CalendarOverride.day))
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
        raise unknown_person(code)


def require_department(session: Session, code: str) -> Department:
    """Find a department. Raises Refused (`unknown_department`)."""
    found = session.get(Department, code)
    if found is None:
        raise refuse("unknown_department", f"Không có phòng nào mang mã «{code}».")
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
        raise refuse(
            "secretariat_missing",
            "Phải luôn có một phòng thường trực thi đua đang hoạt động và chưa định "
            "ngày kết thúc; hãy giao phòng khác làm thường trực trước.",
        )


def unknown_person(code: str) -> Refused:
    """Say that nobody has this code."""
    return refuse("unknown_subject", f"Không có người nào mang mã «{code}».")


def require_order(starts: date | None, ends: date | None) -> None:
    """Raise Refused (`bad_document`) unless what ends ends after it starts."""
    if starts and ends and ends <= starts:
        raise refuse(
            "bad_document",
            f"Ngày kết thúc ({day_vi(ends)}) phải sau ngày bắt đầu ({day_vi(starts)}); "
            "ngày kết thúc là ngày đầu tiên không còn tính.",
        )
