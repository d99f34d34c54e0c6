"""What one person owes, the most urgent first."""

from collections.abc import Callable, Iterator

from sqlmodel import Session

from duties.agenda import Agenda, agenda_of
from duties.campaigns import of_campaigns
from duties.cases import of_cases
from duties.decisions import of_decisions
from duties.departments import of_departments
from duties.duty import Duty
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
    return sorted(
        (
            duty
            for find in _FINDERS
            for duty in find(agenda)
            if standing.person in agenda.holders.owing(duty)
        ),
        key=lambda duty: (
            duty.due_at is None,
            duty.due_at,
            str(duty.target),
            duty.act,
        ),
    )
