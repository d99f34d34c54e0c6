"""The working calendar, with what the office entered against the published one."""

from functools import lru_cache

from sqlmodel import Session, col, select

from domain.calendar import WorkingCalendar
from intake.calendar import Override, vietnamese_calendar
from store.tables import CalendarOverride


def office_calendar(session: Session) -> WorkingCalendar:
    """Build the office's calendar of every year."""
    rows = session.exec(select(CalendarOverride).order_by(col(CalendarOverride.day)))
    return _build(tuple(Override(r.day, r.working, r.reason, r.source) for r in rows))


@lru_cache(maxsize=32)
def _build(overrides: tuple[Override, ...]) -> WorkingCalendar:
    return vietnamese_calendar(overrides)
