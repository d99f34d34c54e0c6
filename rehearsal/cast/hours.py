"""The hours of the office, as a cast without a script keeps them."""

from datetime import datetime, time

from domain.calendar import WorkingCalendar, local_day, moment
from rehearsal.cast.script import MORNING

_END = time(17)  # of a working day


def morning_after(calendar: WorkingCalendar, at: datetime) -> datetime:
    """Give the next working morning."""
    day = local_day(at)
    if is_morning(calendar, moment(day, MORNING)) and at < moment(day, MORNING):
        return moment(day, MORNING)
    return moment(calendar.shift(day, 1), MORNING)


def in_hours(calendar: WorkingCalendar, at: datetime) -> bool:
    """Say whether people are at work."""
    day = local_day(at)
    return calendar.is_working(day) and moment(day, MORNING) <= at < moment(day, _END)


def is_morning(calendar: WorkingCalendar, at: datetime) -> bool:
    """Say whether it is the moment at which the cast begins a working day."""
    day = local_day(at)
    return calendar.is_working(day) and at == moment(day, MORNING)
