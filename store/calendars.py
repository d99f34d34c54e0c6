"""The working calendar around a year, with the overrides that the office entered."""

from functools import lru_cache

from sqlmodel import Session, col, select

from domain.calendar import WorkingCalendar
from intake.calendar import Override, vietnamese_calendar
from store.tables import CalendarOverride


def calendar_around(session: Session, year: int) -> WorkingCalendar:
    """Build the calendar of a year and of one year on either side of it."""
    rows = session.exec(select(CalendarOverride).order_by(col(CalendarOverride.day)))
    overrides = tuple(Override(r.day, r.working, r.reason, r.source) for r in rows)
    return _build(year, overrides)


@lru_cache(maxsize=32)
def _build(year: int, overrides: tuple[Override, ...]) -> WorkingCalendar:
    return vietnamese_calendar(year - 1, year + 1, overrides)
