"""What one person owes, the most urgent first."""

from sqlmodel import Session

from duties.agenda import agenda_of
from duties.duty import Duty
from duties.finders import FINDERS
from store.office.standing import Standing


def tasks_of(session: Session, standing: Standing) -> list[Duty]:
    """List what a person owes, in a number of statements that hangs on nothing."""
    agenda = agenda_of(session, standing)
    return sorted(
        (duty for find, _ in FINDERS for duty in find(agenda) if agenda.asks_of(duty)),
        key=lambda duty: (
            duty.due_at is None,
            duty.due_at,
            str(duty.target),
            duty.act,
        ),
    )
