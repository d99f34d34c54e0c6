"""The office's calendar, from the `holidays` package and the office's own table."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import holidays

from domain.calendar import SATURDAY, WorkingCalendar


@dataclass(frozen=True)
class Override:
    """One day that the library has wrong or cannot know, and the paper that says so."""

    day: date
    working: bool
    reason: str
    source: str


KNOWN_OVERRIDES = (
    Override(
        day=date(2026, 1, 2),
        working=False,
        reason="Nghỉ Tết Dương lịch, hoán đổi với thứ Bảy 10/01/2026",
        source="Văn bản số 12729/VPCP-KGVX ngày 25/12/2025",
    ),
    Override(
        day=date(2026, 1, 10),
        working=True,
        reason="Làm bù cho thứ Sáu 02/01/2026",
        source="Văn bản số 12729/VPCP-KGVX ngày 25/12/2025",
    ),
)


def vietnamese_calendar(overrides: Iterable[Override] = ()) -> WorkingCalendar:
    """Build the calendar of every year; an override wins, the last one if several."""
    library = _library()
    verdicts = {o.day: o.working for o in (*KNOWN_OVERRIDES, *overrides)}
    works = {day for day, working in verdicts.items() if working}
    off = verdicts.keys() - works
    worked = (library.worked_weekends | works) - off
    return replace(
        library,
        days_off=(library.days_off | off) - works,
        worked_weekends=frozenset(d for d in worked if d.weekday() >= SATURDAY),
    )


@cache
def _library() -> WorkingCalendar:
    """Ask the library for all of its years: beyond them it would say nothing."""
    known = holidays.country_holidays("VN")
    first, last = known.start_year, known.end_year
    found = holidays.country_holidays("VN", years=range(first, last + 1))
    return WorkingCalendar(
        days_off=frozenset(found),
        worked_weekends=frozenset(found.weekend_workdays),
        first=date(first, 1, 1),
        last=date(last, 12, 31),
    )
