"""Who holds which role, asked for one day and one department."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import or_
from sqlmodel import Session, col, select

from domain.roles import DESK, MANAGERS, Role
from store.database import made_once, one_of, only_read
from store.office.in_force import alive, in_force, in_service
from store.tables import (
    Appointment,
    Council,
    CouncilSeat,
    Department,
    Office,
    Person,
    Seat,
    ServiceSpan,
    SubjectKind,
)

_OFFICE_ROLES = {
    Office.DIRECTOR: Role.DIRECTOR,
    Office.DEPUTY_DIRECTOR: Role.DEPUTY_DIRECTOR,
    Office.UNION_CHAIR: Role.UNION_CHAIR,
    Office.RECORDS_CLERK: Role.RECORDS_CLERK,
    Office.AUDITOR: Role.AUDITOR,
}
_DEPARTMENT_ROLES = {
    Office.DEPARTMENT_HEAD: Role.DEPARTMENT_HEAD,
    Office.DEPARTMENT_SECRETARY: Role.DEPARTMENT_SECRETARY,
}
ROLE_OF_OFFICE = _OFFICE_ROLES | _DEPARTMENT_ROLES
DESK_OFFICES = [office for office, role in ROLE_OF_OFFICE.items() if role in DESK]
_SEAT_ROLES = {
    Seat.CHAIR: Role.COUNCIL_CHAIR,
    Seat.VICE_CHAIR: Role.COUNCIL_VICE_CHAIR,
    Seat.SECRETARY: Role.COUNCIL_SECRETARY,
}


def roles_of(
    session: Session, person: str, day: date, department: str | None = None
) -> frozenset[Role]:
    """Collect how *person* stands to the office, and to *department*, on *day*."""
    return roles_at(places(session, person, day), department)


def roles_at(held: Iterable[Any], department: str | None) -> frozenset[Role]:
    """Say how whoever has these places stands to the office, and to *department*."""
    roles: set[Role] = set()
    for appointment, seat, home in held:
        roles |= roles_of_seat(seat) if seat else set()
        roles |= _office_roles(appointment, department) if appointment else set()
        roles |= _staff_roles(home, department) if home else set()
    if roles & {Role.DIRECTOR, Role.DEPUTY_DIRECTOR, Role.UNION_CHAIR}:
        roles.add(Role.STAFF)
    return frozenset(roles)


def places(session: Session, person: str, day: date) -> list[Any]:
    """Read each office that a person holds beside each seat and the own department.

    Whoever is dead has no place.
    """
    return list(_places_of(session, person=person, day=day))


@made_once
def _places_of(person: Any, day: Any) -> Any:
    query: Any = select(Appointment, CouncilSeat, Department).select_from(Person)
    for table in (Appointment, CouncilSeat, ServiceSpan):
        theirs = col(table.person) == col(Person.id)
        query = query.outerjoin(table, theirs & in_force(table, day))
    home = col(Department.code) == col(ServiceSpan.department)
    lives = or_(col(Person.died_on).is_(None), col(Person.died_on) > day)
    return query.outerjoin(Department, home).where(Person.id == person, lives)


def offices_of(
    session: Session, persons: Iterable[str], day: date
) -> dict[str, frozenset[Role]]:
    """Collect the offices that each of *persons* holds, of whatever department."""
    held: dict[str, set[Role]] = {person: set() for person in persons}
    if not held:
        return {}
    for person, office in _offices_of(session, persons=held, day=day):
        if role := ROLE_OF_OFFICE.get(Office(office)):
            held[person].add(role)
    return {person: frozenset(offices) for person, offices in held.items()}


@made_once
def _offices_of(persons: Any, day: Any) -> Any:
    theirs = one_of(col(Appointment.person), persons)
    held = select(Appointment.person, Appointment.office)
    return held.where(theirs, in_force(Appointment, day))


def managers(session: Session, day: date) -> frozenset[str]:
    """Collect who leads others on *day*."""
    leading = [office for office, role in ROLE_OF_OFFICE.items() if role in MANAGERS]
    held = select(Appointment.person).where(
        col(Appointment.office).in_(leading), in_force(Appointment, day)
    )
    return frozenset(session.exec(held))


def _office_roles(appointment: Appointment, department: str | None) -> set[Role]:
    role = ROLE_OF_OFFICE.get(appointment.office)
    whole = appointment.office in _OFFICE_ROLES
    return {role} if role and (whole or appointment.department == department) else set()


def roles_of_seat(seat: CouncilSeat) -> set[Role]:
    """Say which roles a seat on either council gives."""
    if seat.council is Council.INITIATIVE:
        chairs = seat.seat in (Seat.CHAIR, Seat.VICE_CHAIR)
        return {Role.INITIATIVE_MEMBER} | ({Role.INITIATIVE_CHAIR} if chairs else set())
    named = {_SEAT_ROLES[seat.seat]} if seat.seat in _SEAT_ROLES else set()
    return {Role.COUNCIL_MEMBER} | named


def _staff_roles(home: Department, department: str | None) -> set[Role]:
    roles = {Role.STAFF}
    if home.secretariat:
        roles.add(Role.SECRETARIAT)
    if home.code == department:
        roles.add(Role.DEPARTMENT_STAFF)
    return roles


def department_of(
    session: Session, kind: SubjectKind | None, subject: str | None, day: date
) -> str | None:
    """Find whose department's head may speak for a subject; nobody's for none."""
    if subject is None or kind is SubjectKind.COLLECTIVE:
        return subject
    return home_of(session, subject, day)


def home_of(session: Session, person: str, day: date) -> str | None:
    """Find which department *person* works in on *day*."""
    found: str | None = _home_of(session, person=person, day=day).first()
    return found


@made_once
def _home_of(person: Any, day: Any) -> Any:
    serves = ServiceSpan.person == person, in_force(ServiceSpan, day)
    here = col(ServiceSpan.department).is_not(None)
    return select(ServiceSpan.department).where(*serves, here)


def members(session: Session, department: str, day: date) -> list[Person]:
    """List who belongs to *department* on *day*, in Vietnamese order of names."""
    query = (
        select(Person)
        .join(ServiceSpan, col(ServiceSpan.person) == col(Person.id))
        .where(
            ServiceSpan.department == department,
            in_force(ServiceSpan, day),
            alive(col(ServiceSpan.person), day),
        )
        .order_by(col(Person.sort_key), col(Person.id))
    )
    return only_read(session, query)


def still_here(session: Session, persons: Iterable[str], day: date) -> frozenset[str]:
    """Keep of *persons* who is alive and in service on *day*."""
    return frozenset(_still_here(session, persons=[*persons], day=day))


@made_once
def _still_here(persons: Any, day: Any) -> Any:
    among, here = one_of(col(Person.id), persons), in_service(col(Person.id), day)
    return select(Person.id).where(among, here)


def living(session: Session, persons: Iterable[str], day: date) -> frozenset[str]:
    """Keep of *persons* who has not died by the end of *day*."""
    among = one_of(col(Person.id), list(persons))
    query = select(Person.id).where(among, alive(col(Person.id), day))
    return frozenset(session.exec(query))


def holders(
    session: Session, office: Office, day: date, department: str | None = None
) -> list[str]:
    """List who holds *office* on *day*; of a department when one is given."""
    return list(_holders(session, office=office, day=day, department=department))


@made_once
def _holders(office: Any, day: Any, department: Any) -> Any:
    held = Appointment.office == office, in_force(Appointment, day)
    query = select(Appointment.person).where(*held).order_by(Appointment.person)
    if department is None:
        return query
    return query.where(Appointment.department == department)


def secretariat(session: Session, day: date) -> list[str]:
    """List who works in the standing secretariat on *day*."""
    return [*homes_of_secretariat(session, day)]


def homes_of_secretariat(session: Session, day: date) -> dict[str, str]:
    """Name the department of each who works in the standing secretariat on *day*."""
    rows = _homes_of_secretariat(session, day=day)
    # Few: the database would sort all there are.
    return dict(sorted((person, home) for person, home in rows if home))


@made_once
def _homes_of_secretariat(day: Any) -> Any:
    theirs = select(Department.code).where(col(Department.secretariat))
    return select(ServiceSpan.person, ServiceSpan.department).where(
        # Asked so, and not by a join, no span of other departments is looked at.
        col(ServiceSpan.department).in_(theirs),
        in_force(ServiceSpan, day),
        alive(col(ServiceSpan.person), day),
    )


def names_of(session: Session, persons: Iterable[str]) -> dict[str, str]:
    """Return the names of many people, in one query."""
    return dict(_names_of(session, persons=set(persons)).all())


@made_once
def _names_of(persons: Any) -> Any:
    return select(Person.id, Person.name).where(one_of(col(Person.id), persons))


def seats(
    session: Session, day: date, council: Council = Council.EMULATION
) -> list[CouncilSeat]:
    """List a council as it is on *day*."""
    return list(_seats(session, day=day, council=council))


@made_once
def _seats(day: Any, council: Any) -> Any:
    theirs = in_force(CouncilSeat, day), CouncilSeat.council == council
    return select(CouncilSeat).where(*theirs).order_by(CouncilSeat.person)


def collectives(session: Session, day: date) -> list[Department]:
    """List the departments that take part on *day*."""
    return list(
        session.exec(
            select(Department)
            .where(col(Department.collective), in_force(Department, day))
            .order_by(Department.code)
        )
    )
