"""By when a proposal is to be answered, who is reminded, and when it lapses."""

from datetime import datetime

from domain.calendar import WorkingCalendar, end_of, local_day
from domain.ladder import Addressee, Rung, Step, climb

# Working days to answer in: the office's own habit, as long as for a decision.
ANSWER_DAYS = 5
_LEADERS = (Addressee.DIRECTOR, Addressee.DEPUTY_DIRECTOR, Addressee.UNION)
LAPSE = "lapsed"
# Who is asked owes the answer; whoever stands beside them hears that it is late.
# Silence decides nothing: what nobody has answered ends, and whoever proposed it asks
# again.
_RUNGS = (
    Rung("before_1", -1, ()),
    Rung("due_day", 0, ()),
    Rung("overdue_1", 1, _LEADERS),
    Rung(LAPSE, ANSWER_DAYS, ()),
)


def answer_by(proposed_at: datetime, calendar: WorkingCalendar) -> datetime:
    """Give the moment by which a proposal is to be answered."""
    return end_of(calendar.shift(local_day(proposed_at), ANSWER_DAYS))


def next_step(
    due_at: datetime, since: datetime, calendar: WorkingCalendar
) -> Step | None:
    """Find the first step after a moment; None once it has lapsed."""
    return next((step for step in steps(due_at, calendar) if step.at > since), None)


def steps(due_at: datetime, calendar: WorkingCalendar) -> tuple[Step, ...]:
    """List the reminders of a proposal in order of time, its lapse the last."""
    return climb(_RUNGS, due_at, calendar)
