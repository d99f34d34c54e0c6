"""Tells the secretariat of an address that takes no letters."""

from collections.abc import Collection, Sequence
from datetime import date
from hashlib import sha256

from sqlmodel import Session, col, select

from domain.calendar import local_day
from domain.record import PROCESS
from duties.office_deed import OfficeDeed
from store import record
from store.clock import now
from store.office.in_force import in_force
from store.office.people import DESK_OFFICES, secretariat
from store.outbox.holding import returned
from store.outbox.reading import sent_as
from store.tables import Appointment, Department, Notice, Person

KIND = "address_refused"


def tell_of_refused(session: Session, person: Person, notice: Notice) -> None:
    """Tell the secretariat, once of each address, whom no letter reaches.

    Of a letter that says so itself nobody is told: that would never end.
    """
    address = person.email or ""
    task = f"address/{person.id}/{sha256(address.encode()).hexdigest()[:16]}"
    told = select(Notice.id).where(Notice.task == task, Notice.kind == KIND)
    if notice.kind == KIND or session.exec(told).first() is not None:
        return
    record.hold_office(session)
    deed = OfficeDeed.begin(session, PROCESS)
    to = _desk(session, local_day(deed.at))
    deed.tell(KIND, to, task=task, person=person.name, address=address)
    deed.remind()


def take_back(session: Session, keys: Collection[str]) -> int:
    """Note that letters have come back, and tell of it; return how many are ours."""
    moment, found = now(session), sent_as(session, keys)
    for delivery, notice, person in found:
        returned(session, delivery.id or 0, moment)
        tell_of_refused(session, person, notice)
    return len(found)


def _desk(session: Session, day: date) -> Sequence[str]:
    """Find who answers for the standing secretariat, or all who work in it."""
    query = (
        select(Appointment.person)
        .join(Department, col(Department.code) == col(Appointment.department))
        .where(
            col(Department.secretariat),
            col(Appointment.office).in_(DESK_OFFICES),
            in_force(Appointment, day),
        )
    )
    return session.exec(query).all() or secretariat(session, day)
