"""Who holds what today: offices, seats, desks, and the power to sign for another."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, or_, select

from domain.grouping import gathered
from domain.roles import DESK, Role
from duties.duty import Duty
from store.database import made_once, one_of
from store.office import people
from store.office.in_force import in_force
from store.tables import Appointment, CouncilSeat, Department

# Whose acts somebody else may sign, where an act can be delegated.
_SIGNED_FOR = frozenset({Role.DIRECTOR, Role.COUNCIL_CHAIR})
_NOBODY: frozenset[str] = frozenset()
# Of whom, for which campaign and act.
Signing = Mapping[tuple[str, str], frozenset[str]]


@dataclass(frozen=True)
class Holders:
    """Who holds each role: of the office by role, of a department by both.

    *signing* are those who may sign for the director, by campaign and act.
    """

    offices: Mapping[Role, frozenset[str]]
    desks: Mapping[tuple[str, Role], frozenset[str]]
    secretariat: Collection[str]
    signing: Signing

    def owing(self, duty: Duty) -> frozenset[str]:
        """Name everybody who owes a duty: this one rule is asked by all who want it."""
        if duty.named is not None:
            return duty.named - duty.but
        found = {who for role in duty.roles for who in self.of(role, duty.department)}
        if duty.roles & _SIGNED_FOR:
            found |= self.signing.get((duty.campaign, duty.act), _NOBODY)
        return frozenset(found) - duty.but

    def of(self, role: Role, department: str | None = None) -> frozenset[str]:
        """Name who holds a role; the secretariat's are the desk of its department."""
        if role is Role.SECRETARIAT:
            return frozenset(
                who
                for code in self.secretariat
                for each in DESK
                for who in self.of(each, code)
            )
        if department is not None and role in DESK:
            return self.desks.get((department, role), _NOBODY)
        return self.offices.get(role, _NOBODY)


def holders_on(
    session: Session, day: date, departments: Collection[str], signing: Signing
) -> Holders:
    """Read who holds what on a day, of departments in *departments* only."""
    secretariat = _secretariat(session, day=day).all()
    posts = [*_appointed(session, day, {*departments, *secretariat})]
    office = ((role, who) for role, code, who in posts if code is None)
    desks = (((code, role), who) for role, code, who in posts if code is not None)
    return Holders(
        offices=gathered([*office, *_seated(session, day)]),
        desks=gathered(desks),
        secretariat=secretariat,
        signing=signing,
    )


@made_once
def _secretariat(day: Any) -> Any:
    stands = col(Department.secretariat), in_force(Department, day)
    return select(Department.code).where(*stands)


def _appointed(
    session: Session, day: date, departments: Collection[str]
) -> Iterator[tuple[Role, str | None, str]]:
    """List who holds which role by an appointment, and of which department if any."""
    for row in _posts(session, day=day, departments=departments):
        if role := people.ROLE_OF_OFFICE.get(row.office):
            yield role, row.department, row.person


@made_once
def _posts(day: Any, departments: Any) -> Any:
    of_department = one_of(col(Appointment.department), departments)
    of_all = col(Appointment.department).is_(None)
    held = select(Appointment).where(in_force(Appointment, day))
    return held.where(or_(of_all, of_department))


def _seated(session: Session, day: date) -> Iterator[tuple[Role, str]]:
    """List who holds which role by a seat in a council."""
    for seat in _seats(session, day=day):
        yield from ((role, seat.person) for role in people.roles_of_seat(seat))


@made_once
def _seats(day: Any) -> Any:
    return select(CouncilSeat).where(in_force(CouncilSeat, day))
