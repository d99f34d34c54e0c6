"""Who holds which role, asked for one day and one department."""

from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import bindparam, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from domain.roles import DESK, MANAGERS, Role
from store.database import one_of, only_read
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
# Posts that are service in themselves: whoever leads belongs to no department.
_LEADING = (Office.DIRECTOR, Office.DEPUTY_DIRECTOR)
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
    asked = {"person": person, "day": day}
    return list(session.exec(_places_of(), params=asked))


@cache  # it is asked for every act, and to make it takes longer than to ask it
def _places_of() -> Any:
    day: Any = bindparam("day")
    query: Any = select(Appointment, CouncilSeat, Department).select_from(Person)
    for table in (Appointment, CouncilSeat, ServiceSpan):
        theirs = col(table.person) == col(Person.id)
        query = query.outerjoin(table, theirs & in_force(table, day))
    home = col(Department.code) == col(ServiceSpan.department)
    lives = or_(col(Person.died_on).is_(None), col(Person.died_on) > day)
    asked = col(Person.id) == bindparam("person")
    return query.outerjoin(Department, home).where(asked, lives)


def offices_of(
    session: Session, persons: Iterable[str], day: date
) -> dict[str, frozenset[Role]]:
    """Collect the offices that each of *persons* holds, of whatever department."""
    held: dict[str, set[Role]] = {person: set() for person in persons}
    rows = session.exec(
        select(Appointment.person, Appointment.office).where(
            col(Appointment.person).in_(held), in_force(Appointment, day)
        )
    )
    for person, office in rows:
        if role := ROLE_OF_OFFICE.get(Office(office)):
            held[person].add(role)
    return {person: frozenset(offices) for person, offices in held.items()}


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
    return session.exec(
        select(ServiceSpan.department).where(
            ServiceSpan.person == person,
            in_force(ServiceSpan, day),
            col(ServiceSpan.department).is_not(None),
        )
    ).first()


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
    here = in_service(col(Person.id), day)
    among = one_of(col(Person.id), list(persons))
    return frozenset(session.exec(select(Person.id).where(among, here)))


def living(session: Session, persons: Iterable[str], day: date) -> frozenset[str]:
    """Keep of *persons* who has not died by the end of *day*."""
    among = one_of(col(Person.id), list(persons))
    query = select(Person.id).where(among, alive(col(Person.id), day))
    return frozenset(session.exec(query))


def holders(
    session: Session, office: Office, day: date, department: str | None = None
) -> list[str]:
    """List who holds *office* on *day*; of a department when one is given."""
    query = select(Appointment.person).where(
        Appointment.office == office, in_force(Appointment, day)
    )
    if department is not None:
        query = query.where(Appointment.department == department)
    return list(session.exec(query.order_by(Appointment.person)))


def secretariat(session: Session, day: date) -> list[str]:
    """List who works in the standing secretariat on *day*."""
    return [*homes_of_secretariat(session, day)]


def homes_of_secretariat(session: Session, day: date) -> dict[str, str]:
    """Name the department of each who works in the standing secretariat on *day*."""
    theirs = select(Department.code).where(col(Department.secretariat))
    rows = session.exec(
        select(ServiceSpan.person, ServiceSpan.department).where(
            # Asked so, and not by a join, no span of other departments is looked at.
            col(ServiceSpan.department).in_(theirs),
            in_force(ServiceSpan, day),
            alive(col(ServiceSpan.person), day),
        )
    )
    # Few: the database would sort all there are.
    return dict(sorted((person, home) for person, home in rows if home))


def names_of(session: Session, persons: Iterable[str]) -> dict[str, str]:
    """Return the names of many people, in one query."""
    rows = session.exec(
        select(Person.id, Person.name).where(one_of(col(Person.id), set(persons)))
    )
    return dict(rows.all())


def seats(
    session: Session, day: date, council: Council = Council.EMULATION
) -> list[CouncilSeat]:
    """List a council as it is on *day*."""
    return list(
        session.exec(
            select(CouncilSeat)
            .where(in_force(CouncilSeat, day), CouncilSeat.council == council)
            .order_by(CouncilSeat.person)
        )
    )


def collectives(session: Session, day: date) -> list[Department]:
    """List the departments that take part on *day*."""
    return list(
        session.exec(
            select(Department)
            .where(col(Department.collective), in_force(Department, day))
            .order_by(Department.code)
        )
    )
