"""The office of a game as its rows have it today: who there is, and who plays what."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import cast

from sqlmodel import Session, col, func, select

from domain.calendar import local_day
from domain.rules.criteria import RatingLevel
from intake.office.positions import LEADERSHIP, Position
from intake.office.year import (
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
from store.office.people import in_force
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


def company_in(session: Session) -> Company:
    """Find who plays each part today; a part that nobody plays is nobody's."""
    office = _office(session)
    heads = {each.department: each.code for each in _at(office, Position.TRUONG_PHONG)}
    keeps = next((d.code for d in office.departments if d.standing_secretariat), "")
    charged = [p for p in office.staff if p.department == keeps]
    charged.sort(key=lambda p: ("department_secretary" not in p.duties, p.code))
    seats = {each.seat: each.person for each in office.council}
    return Company(
        office=office,
        director=_first(_at(office, Position.CHANH_VAN_PHONG)),
        union=_first(_at(office, Position.CHU_TICH_CONG_DOAN)),
        secretariat=_first(iter(charged)),
        clerk=_first(p for p in office.people if "records_clerk" in p.duties),
        chair=seats.get("chair", ""),
        council_secretary=seats.get("secretary", ""),
        heads=heads,
    )


def _first(found: Iterator[SamplePerson]) -> str:
    return next((each.code for each in found), "")


def _at(office: OfficeYear, position: Position) -> Iterator[SamplePerson]:
    return (each for each in office.people if each.position is position)


def _office(session: Session) -> OfficeYear:
    day = local_day(now(session))
    year = session.exec(select(func.min(Campaign.year))).one() or day.year
    return OfficeYear(
        year=year,
        code="",
        name="",
        departments=_departments(session, day, year),
        people=(*_people(session, day, year),),
        council=_seats(session, day, Council.EMULATION),
        initiative_council=_seats(session, day, Council.INITIATIVE),
        accounts=(),
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
        )
        for each in master.departments(session, day)
    )


def _people(session: Session, day: date, year: int) -> Iterator[SamplePerson]:
    """List who leads and who works in a department, the leaders first."""
    held, homes = _held(session, day), _homes(session, day)
    made = select(Recognition.person).where(Recognition.year == year)
    inventive = set(session.exec(made))
    everybody = session.exec(select(Person).order_by(col(Person.id)))
    here = [each for each in everybody if each.id in homes or held[each.id] & _LEADING]
    for each in sorted(here, key=lambda one: one.id in homes):
        found = _person(each, homes.get(each.id), held[each.id], day)
        invented = Initiative("", date(year, 1, 1)) if each.id in inventive else None
        yield replace(found, initiative=invented)


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


def _held(session: Session, day: date) -> Mapping[str, set[Office]]:
    found = defaultdict[str, set[Office]](set)
    for row in session.exec(select(Appointment).where(in_force(Appointment, day))):
        found[row.person].add(row.office)
    return found


def _homes(session: Session, day: date) -> Mapping[str, ServiceSpan]:
    here = col(ServiceSpan.department).is_not(None)
    rows = session.exec(select(ServiceSpan).where(here, in_force(ServiceSpan, day)))
    return {row.person: row for row in rows}


def _seats(session: Session, day: date, council: Council) -> tuple[SampleSeat, ...]:
    rows = people.seats(session, day, council)
    return tuple(SampleSeat(row.person, row.seat.value) for row in rows)
