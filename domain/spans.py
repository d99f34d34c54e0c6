"""Which days a process may name: what has happened lies behind, what comes is near."""

from dataclasses import dataclass
from datetime import date, timedelta

# A window may open two months before its period, as a December's does for January.
_BEFORE = timedelta(days=62)
# What is due later than half a year after all else is a slip of the pen.
_AFTER = timedelta(days=180)


@dataclass(frozen=True)
class DaySpan:
    """What has happened lies from *first* to *today*, what is to come up to *last*."""

    first: date
    today: date
    last: date


def days_of_process(year: int, ends: date, today: date) -> DaySpan:
    """Bound the days of a process in a campaign of *year* that *ends* on a day.

    One that is late goes on from today: nothing ever falls off the end.
    """
    first = date(year, 1, 1) - _BEFORE
    return DaySpan(min(first, today), today, max(ends, today) + _AFTER)
