"""What one person owes, or everybody, the most urgent first."""

from collections.abc import Iterator
from typing import Any

from sqlmodel import Session

from duties.agenda import Agenda, agenda_of, agenda_of_all
from duties.duty import Duty
from duties.finders import FINDERS
from duties.holders import Holders
from store.office.standing import Standing


def tasks_of(session: Session, standing: Standing) -> list[Duty]:
    """List what a person owes, in a number of statements that hangs on nothing."""
    agenda = agenda_of(session, standing)
    owed = (duty for duty in _duties(agenda) if agenda.asks_of(duty))
    return sorted(owed, key=_urgency)


def tasks_of_all(session: Session) -> tuple[Holders, list[Duty]]:
    """List what anybody owes, and who holds what, in as many statements."""
    agenda = agenda_of_all(session)
    return agenda.holders, sorted(_duties(agenda), key=_urgency)


def _duties(agenda: Agenda) -> Iterator[Duty]:
    for find, _ in FINDERS:
        yield from find(agenda)


def _urgency(duty: Duty) -> tuple[Any, ...]:
    return duty.due_at is None, duty.due_at, str(duty.target), duty.act
