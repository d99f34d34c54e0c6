"""The working calendar, with what the office entered against the published one."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from sqlmodel import Session, col, select

from domain.calendar import WorkingCalendar
from intake.calendar import Override, vietnamese_calendar
from store.database import made_once
from store.tables import CalendarOverride


def office_calendar(session: Session) -> WorkingCalendar:
    """Build the office's calendar of every year."""
    rows = _overrides(session)
    return _build(tuple(Override(r.day, r.working, r.reason, r.source) for r in rows))


def own_days(session: Session) -> dict[str, bool]:
    """Say which days the office entered, and whether they work."""
    return {row.day.isoformat(): row.working for row in _overrides(session)}


@made_once
def _overrides() -> Any:
    return select(CalendarOverride).order_by(col(CalendarOverride.day))


def calendar_with(own: Mapping[str, bool]) -> WorkingCalendar:
    """Build the office's calendar as if it had entered these days."""
    return _build(
        tuple(Override(date.fromisoformat(d), w, "", "") for d, w in own.items())
    )


@lru_cache(maxsize=32)
def _build(overrides: tuple[Override, ...]) -> WorkingCalendar:
    return vietnamese_calendar(overrides)
