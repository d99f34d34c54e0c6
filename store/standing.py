"""How one person stands today: roles, own department, departments answered for."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from domain.calendar import local_day
from domain.roles import Role
from store import people
from store.database import now
from store.people import in_force
from store.tables import Appointment, Office, ServiceSpan

_DESKS = (Office.DEPARTMENT_HEAD, Office.DEPARTMENT_SECRETARY)


@dataclass(frozen=True)
class Standing:
    """One person and all that the rows say of their place in the office."""

    person: str
    roles: frozenset[Role]
    home: str | None
    desks: tuple[str, ...]


def standing_of(session: Session, person: str) -> Standing:
    """Find how a person stands today."""
    day = local_day(now(session))
    home = session.exec(
        select(ServiceSpan.department).where(
            ServiceSpan.person == person,
            in_force(ServiceSpan, day),
            col(ServiceSpan.department).is_not(None),
        )
    ).first()
    return Standing(
        person=person,
        roles=people.roles_of(session, person, day, home),
        home=home,
        desks=_desks(session, person, day),
    )


def _desks(session: Session, person: str, day: date) -> tuple[str, ...]:
    held = session.exec(
        select(Appointment.department).where(
            Appointment.person == person,
            col(Appointment.office).in_(_DESKS),
            in_force(Appointment, day),
        )
    )
    return tuple(sorted({code for code in held if code}))
