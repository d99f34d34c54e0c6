"""When a message may arrive: not at night, nor on a day off, unless it cannot wait."""

from datetime import datetime, time

from domain.calendar import ONE_DAY, VIETNAM, WorkingCalendar, local_day, moment

OPENS, CLOSES = time(7), time(19)
DIGEST = time(8)


def opening(now: datetime, calendar: WorkingCalendar, at: time = OPENS) -> datetime:
    """Find the next time, after now, at which people are at work again."""
    day = calendar.next_working(local_day(now))
    if moment(day, at) <= now:
        day = calendar.next_working(day + ONE_DAY)
    return moment(day, at)


def is_quiet(now: datetime, calendar: WorkingCalendar) -> bool:
    """Say whether nobody wants to be disturbed now."""
    local = now.astimezone(VIETNAM)
    at_work = calendar.is_working(local.date()) and OPENS <= local.time() < CLOSES
    return not at_work


def goes_out_at(
    now: datetime, due_at: datetime | None, calendar: WorkingCalendar
) -> datetime:
    """Say when a message goes out that is about something due at *due_at*.

    In quiet hours it waits until people are at work, unless it falls due before.
    """
    if not is_quiet(now, calendar):
        return now
    opens = opening(now, calendar)
    return now if due_at is not None and now < due_at <= opens else opens


def gathered_at(
    now: datetime, due_at: datetime | None, calendar: WorkingCalendar
) -> datetime:
    """Say when it goes out to whoever wants one message a day.

    What falls due before the next one comes goes out by itself.
    """
    next_one = opening(now, calendar, DIGEST)
    if due_at is not None and now < due_at <= next_one:
        return goes_out_at(now, due_at, calendar)
    return next_one
