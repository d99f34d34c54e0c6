"""What one person owes, or everybody, the most urgent first."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlmodel import Session

from duties.agenda import Agenda, agenda_of, agenda_of_all
from duties.campaigns import of_campaigns
from duties.cases import of_cases
from duties.decisions import of_decisions
from duties.departments import of_departments
from duties.duty import Duty
from duties.holders import Holders
from duties.opinions import of_opinions
from duties.phases import of_phases, of_the_late
from duties.sessions import of_sessions
from store.office.standing import Standing

Finder = Callable[[Agenda], Iterator[Duty]]
_FINDERS: tuple[Finder, ...] = (
    of_campaigns,
    of_departments,
    of_opinions,
    of_phases,
    of_the_late,
    of_sessions,
    of_decisions,
    of_cases,
)


def tasks_of(session: Session, standing: Standing) -> list[Duty]:
    """List what a person owes, in a number of statements that hangs on nothing."""
    agenda = agenda_of(session, standing)
    owed = (d for d in _duties(agenda) if standing.person in agenda.holders.owing(d))
    return sorted(owed, key=_urgency)


def tasks_of_all(session: Session) -> tuple[Holders, list[Duty]]:
    """List what anybody owes, and who holds what, in as many statements."""
    agenda = agenda_of_all(session)
    return agenda.holders, sorted(_duties(agenda), key=_urgency)


def _duties(agenda: Agenda) -> Iterator[Duty]:
    for find in _FINDERS:
        yield from find(agenda)


def _urgency(duty: Duty) -> tuple[Any, ...]:
    return duty.due_at is None, duty.due_at, str(duty.target), duty.act
