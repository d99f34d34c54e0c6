"""Where a deadline goes when the office's calendar changes while it runs."""

from datetime import date

from domain.calendar import ONE_DAY, RollPolicy, WorkingCalendar
from domain.deadlines import DeadlineKind

_K = DeadlineKind
# A period never moves, nor does a power; whoever called a meeting calls it anew. What
# departments review goes by the end of what they send.
FIXED = frozenset({_K.PHASE, _K.PEER_REVIEW, _K.MEETING, _K.DELEGATION})
# What is due so many working days after something. The others end on a day that
# somebody named, or after days of the calendar.
COUNTED = frozenset(
    {
        _K.PACT,
        _K.LAUNCH,
        _K.CLOSING,
        _K.LATE_ANSWER,
        _K.APPRAISAL,
        _K.PUBLIC_NOTICE,
        _K.COUNCIL,
        _K.MINUTES,
        _K.DECISION,
        _K.ISSUE,
        _K.PUBLICATION,
        _K.FORWARD,
    }
)


def rerolled(
    kind: DeadlineKind,
    day: date,
    today: date,
    before: WorkingCalendar,
    after: WorkingCalendar,
    planned: date | None = None,
    policy: RollPolicy = RollPolicy.FORWARD,
) -> date:
    """Give the due day by another calendar; *planned* is the plan's own, unrolled.

    What stands where its plan has rolled to rolls anew. What was counted keeps the
    working days that are left to it, today among them. Anything else leaves a day on
    which nobody works any more. What is past stays.

    Law: BLDS 2015 Điều 148 khoản 5.
    """
    if kind in FIXED or day < today:
        return day
    if planned is not None and day in _rolled(planned, policy, before, after):
        return after.roll(planned, policy)
    if kind in COUNTED:
        yesterday = today - ONE_DAY
        left = before.working_days_between(yesterday, day)
        return after.shift(yesterday, left) if left else after.next_working(day)
    return after.next_working(day) if before.is_working(day) else day


def _rolled(
    day: date, policy: RollPolicy, *calendars: WorkingCalendar
) -> frozenset[date]:
    return frozenset(calendar.roll(day, policy) for calendar in calendars)
