"""An office as its rows have it today: who there is, and who plays which part."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import cast

from sqlmodel import Session, col, func, select

from domain.calendar import local_day
from domain.rules.criteria import RatingLevel
from intake.office.positions import LEADERSHIP, Position
from intake.office.year import (
    Account,
    DutyKind,
    Initiative,
    OfficeYear,
    SampleDepartment,
    SamplePerson,
    SampleSeat,
)
from rehearsal.cast.company import Company
from store.clock import now
from store.office import master, people
from store.office.in_force import in_force
from store.office.service import OFFICES
from store.tables import (
    Appointment,
    Campaign,
    Council,
    Office,
    Person,
    Rating,
    Recognition,
    ServiceSpan,
)

_POSITIONS = {office: position for position, office in OFFICES.items()}
_LEADING = {Office.DIRECTOR, Office.DEPUTY_DIRECTOR, Office.UNION_CHAIR}
_DUTIES = {Office.DEPARTMENT_SECRETARY, Office.RECORDS_CLERK}
# Who is not rated yet is not taken for excellent.
_UNRATED = RatingLevel.COMPLETED


def company_in(session: Session, year: int | None = None) -> Company:
    """Find who plays each part today; a part that nobody plays is nobody's.

    What the titles of a *year* rest on is read of that one, or of the first campaign's.
    """
    day = local_day(now(session))
    held = list(
        session.exec(
            select(Appointment)
            .where(in_force(Appointment, day))
            .order_by(col(Appointment.person), col(Appointment.id))
        )
    )
    office = _office(session, day, year, held)
    keeps = next((d.code for d in office.departments if d.standing_secretariat), "")
    seats = {each.seat: each.person for each in office.council}
    heads = _at(held, Office.DEPARTMENT_HEAD)
    return Company(
        office=office,
        director=_first(held, Office.DIRECTOR),
        union=_first(held, Office.UNION_CHAIR),
        secretariat=_at(held, Office.DEPARTMENT_SECRETARY).get(keeps)
        or heads.get(keeps, ""),
        clerk=_first(held, Office.RECORDS_CLERK),
        chair=seats.get("chair", ""),
        council_secretary=seats.get("secretary", ""),
        heads=heads,
    )


def _first(held: Iterable[Appointment], office: Office) -> str:
    return next((each.person for each in held if each.office is office), "")


def _at(held: Sequence[Appointment], office: Office) -> dict[str, str]:
    """Name who holds an office in each department: of several the first."""
    return {
        each.department: each.person
        for each in reversed(held)
        if each.office is office and each.department
    }


def _office(
    session: Session, day: date, year: int | None, held: Iterable[Appointment]
) -> OfficeYear:
    first = session.exec(select(func.min(Campaign.year))).one()
    year = year or first or day.year
    here, others = _people(session, day, year, held)
    return OfficeYear(
        year=year,
        code="",
        name="",
        departments=_departments(session, day, year),
        people=here,
        council=_seats(session, day, Council.EMULATION),
        initiative_council=_seats(session, day, Council.INITIATIVE),
        accounts=others,
    )


def _departments(
    session: Session, day: date, year: int
) -> tuple[SampleDepartment, ...]:
    rated = select(Rating.subject, Rating.level).where(Rating.year == year)
    levels = dict(session.exec(rated).all())
    return tuple(
        SampleDepartment(
            code=each.code,
            name=each.name,
            rating=RatingLevel(levels.get(each.code, _UNRATED)),
            standing_secretariat=each.secretariat,
            collective=each.collective,
        )
        for each in master.departments(session, day)
    )


def _people(
    session: Session, day: date, year: int, held: Iterable[Appointment]
) -> tuple[tuple[SamplePerson, ...], tuple[Account, ...]]:
    """List who leads and who works in a department, the leaders first; and others."""
    homes, posts = _homes(session, day), _posts(held)
    made = select(Recognition.person).where(Recognition.year == year)
    inventive = set(session.exec(made))
    here, others = list[SamplePerson](), list[Account]()
    for each in session.exec(select(Person).order_by(col(Person.id))):
        if each.id not in homes and not posts[each.id] & _LEADING:
            others.append(Account(each.id, each.name, "", "recipient", ""))
            continue
        found = _person(each, homes.get(each.id), posts[each.id], day)
        invented = Initiative("", date(year, 1, 1)) if each.id in inventive else None
        here.append(replace(found, initiative=invented))
    here.sort(key=lambda one: one.code in homes)
    return (*here,), (*others,)


def _person(
    row: Person, home: ServiceSpan | None, held: set[Office], day: date
) -> SamplePerson:
    posts = (_POSITIONS[each] for each in _POSITIONS if each in held)
    return SamplePerson(
        code=row.id,
        name=row.name,
        email=row.email or "",
        department=(home and home.department) or LEADERSHIP,
        position=next(posts, Position.NHAN_VIEN),
        hired_on=home.starts if home else day,
        rating=None,
        duties=tuple(cast(DutyKind, each.value) for each in sorted(held & _DUTIES)),
        discipline=None,
        leave=None,
        initiative=None,
    )


def _posts(held: Iterable[Appointment]) -> Mapping[str, set[Office]]:
    found = defaultdict[str, set[Office]](set)
    for row in held:
        found[row.person].add(row.office)
    return found


def _homes(session: Session, day: date) -> Mapping[str, ServiceSpan]:
    here = col(ServiceSpan.department).is_not(None)
    rows = session.exec(select(ServiceSpan).where(here, in_force(ServiceSpan, day)))
    return {row.person: row for row in rows}


def _seats(session: Session, day: date, council: Council) -> tuple[SampleSeat, ...]:
    rows = people.seats(session, day, council)
    return tuple(SampleSeat(row.person, row.seat.value) for row in rows)
