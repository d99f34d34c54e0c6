"""The office's calendar, from the `holidays` package and the office's own table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

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


def vietnamese_calendar(
    first_year: int, last_year: int, overrides: Iterable[Override] = ()
) -> WorkingCalendar:
    """Build the calendar of whole years; an override wins, the last one if several."""
    first, last = date(first_year, 1, 1), date(last_year, 12, 31)
    listed, worked = _library(first_year, last_year)
    verdicts = {o.day: o.working for o in (*KNOWN_OVERRIDES, *overrides)}
    works = {day for day, working in verdicts.items() if working}
    off = verdicts.keys() - works
    return WorkingCalendar(
        days_off=_within(first, last, (listed | off) - works),
        worked_weekends=_within(
            first,
            last,
            (day for day in (worked | works) - off if day.weekday() >= SATURDAY),
        ),
        first=first,
        last=last,
    )


def _library(first_year: int, last_year: int) -> tuple[set[date], set[date]]:
    """Return the library's days off and make-up days; refuse a year it knows not."""
    years = range(first_year, last_year + 1)
    found = holidays.country_holidays("VN", years=years)
    listed = set(found)
    # Outside its range the library answers with no holidays instead of an error.
    if silent := set(years) - {day.year for day in listed}:
        raise ValueError(f"The holidays of {min(silent)} are not known")
    return listed, set(found.weekend_workdays)


def _within(first: date, last: date, days: Iterable[date]) -> frozenset[date]:
    """Drop other years: the library lists its make-up days of all years at once."""
    return frozenset(day for day in days if first <= day <= last)
