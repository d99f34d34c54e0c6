"""Who an addressee of a ladder is, on the day, among the office's people."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from sqlmodel import Session, col, select

from activities.deed import Deed
from domain.ladder import Addressee
from domain.names import as_awarded
from store import delegations
from store.office import people
from store.office.posthumous import posthumous
from store.tables import (
    Appointment,
    Department,
    Nomination,
    Office,
    Person,
    Seat,
    SubjectKind,
)

_OFFICES: Mapping[Addressee, Office] = {
    Addressee.DEPUTY_DIRECTOR: Office.DEPUTY_DIRECTOR,
    Addressee.DIRECTOR: Office.DIRECTOR,
    Addressee.UNION: Office.UNION_CHAIR,
}
_SEATS: Mapping[Addressee, tuple[Seat, ...]] = {
    Addressee.COUNCIL_MEMBER: tuple(Seat),
    Addressee.COUNCIL_CHAIR: (Seat.CHAIR,),
    Addressee.COUNCIL_SECRETARY: (Seat.SECRETARY,),
}


def desks(
    deed: Deed, departments: Iterable[str], to: Addressee = Addressee.DEPARTMENT
) -> dict[str, list[str]]:
    """Find, in one query, who answers for each of many departments."""
    found: dict[str, list[str]] = {code: [] for code in departments}
    whole = to is Addressee.DEPARTMENT
    offices = people.DESK_OFFICES if whole else [Office.DEPARTMENT_HEAD]
    rows = deed.session.exec(
        select(Appointment.department, Appointment.person)
        .where(
            col(Appointment.department).in_(found),
            col(Appointment.office).in_(offices),
            people.in_force(Appointment, deed.day),
        )
        .order_by(Appointment.person)
    )
    for department, person in rows:
        found[department or ""].append(person)
    return found


def desk(deed: Deed, department: str) -> list[str]:
    """Find who answers for one department: its head and whoever it has charged."""
    return desks(deed, [department])[department]


def secretariat_desk(deed: Deed) -> list[str]:
    """Find who answers for the standing secretariat."""
    codes = deed.session.exec(
        select(Department.code).where(
            col(Department.secretariat), people.in_force(Department, deed.day)
        )
    ).all()
    found = desks(deed, codes)
    return [person for code in codes for person in found[code]]


def resolve(deed: Deed, to: Addressee, kind: str | None = None) -> list[str]:
    """Find the people behind an addressee that belongs to no one department.

    Beside the director stands whoever may sign an act of *kind* today.
    """
    if to is Addressee.SECRETARIAT:
        return secretariat_desk(deed)
    if to is Addressee.DIRECTOR and kind is not None:
        return [*resolve(deed, to), *signers(deed, kind)]
    if to in _OFFICES:
        return people.holders(deed.session, _OFFICES[to], deed.day)
    wanted = _SEATS[to]
    return [s.person for s in people.seats(deed.session, deed.day) if s.seat in wanted]


def signers(deed: Deed, kind: str) -> list[str]:
    """Find who may sign an act of *kind* for the director today."""
    signing = delegations.signing(deed.session, deed.campaign, deed.at)
    return sorted(signing.get((deed.campaign, kind), ()))


def everybody(session: Session) -> list[str]:
    """List all whom the office knows: staff, leadership and the plan's recipients."""
    return list(session.exec(select(Person.id).order_by(Person.id)))


def person_name(session: Session, code: str) -> str:
    """Return a person's name."""
    return session.get_one(Person, code).name


def person_names(session: Session, codes: Iterable[str]) -> dict[str, str]:
    """Return the names of many people, in one query."""
    rows = session.exec(
        select(Person.id, Person.name).where(col(Person.id).in_(set(codes)))
    )
    return dict(rows.all())


_NAMELESS = "một trường hợp thuộc phạm vi bí mật nhà nước"


def line_names(session: Session, lines: Collection[Nomination]) -> dict[UUID, str]:
    """Return how notices name lines' subjects: none is named on a state secret."""
    late = posthumous(session, lines)
    subjects = [line.subject for line in lines]
    people = person_names(session, subjects)
    departments = department_names(session, subjects)

    def name(line: Nomination) -> str:
        if line.secret:
            return _NAMELESS
        if line.kind is SubjectKind.COLLECTIVE:
            return departments[line.subject]
        return as_awarded(people[line.subject], posthumous=line.id in late)

    return {line.id: name(line) for line in lines}


def department_name(session: Session, code: str) -> str:
    """Return a department's name."""
    return session.get_one(Department, code).name


def department_names(session: Session, codes: Iterable[str]) -> dict[str, str]:
    """Return the names of many departments, in one query."""
    rows = session.exec(
        select(Department.code, Department.name).where(
            col(Department.code).in_(set(codes))
        )
    )
    return dict(rows.all())
