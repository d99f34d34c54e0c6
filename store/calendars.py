"""The working calendar around some years, with what the office entered against it."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from sqlmodel import Session, col, select

from domain.calendar import WorkingCalendar
from intake.calendar import Override, vietnamese_calendar
from store.tables import CalendarOverride


def calendar_around(session: Session, *years: int) -> WorkingCalendar:
    """Build the calendar of some years, from one before the first to one after."""
    rows = session.exec(select(CalendarOverride).order_by(col(CalendarOverride.day)))
    overrides = tuple(Override(r.day, r.working, r.reason, r.source) for r in rows)
    return _build(min(years) - 1, max(years) + 1, overrides)


def own_days(session: Session) -> dict[str, bool]:
    """Say which days the office entered, and whether they work."""
    rows = session.exec(select(CalendarOverride).order_by(col(CalendarOverride.day)))
    return {row.day.isoformat(): row.working for row in rows}


def calendar_with(own: Mapping[str, bool], *years: int) -> WorkingCalendar:
    """Build the calendar of some years, as `calendar_around`, with these own days."""
    overrides = (Override(date.fromisoformat(d), w, "", "") for d, w in own.items())
    return _build(min(years) - 1, max(years) + 1, tuple(overrides))


@lru_cache(maxsize=32)
def _build(first: int, last: int, overrides: tuple[Override, ...]) -> WorkingCalendar:
    return vietnamese_calendar(first, last, overrides)
