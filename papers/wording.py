"""How dates, deadlines and lists read in Vietnamese."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from fractions import Fraction
from string import Formatter
from typing import Any

from domain.calendar import VIETNAM, due_day

_MIDNIGHT = time(0)


def day(value: date) -> str:
    """Write a day as offices do: 30/6/2022, but 03/01/2023 (Decree 30/2020)."""
    month = f"{value.month:02}" if value.month < 3 else str(value.month)
    return f"{value.day:02}/{month}/{value.year}"


def moment(value: datetime) -> str:
    """Write a moment in Vietnam's time: 08 giờ 00 ngày 30/6/2022."""
    local = value.astimezone(VIETNAM)
    return f"{local:%H} giờ {local:%M} ngày {day(local.date())}"


def due(value: datetime) -> str:
    """Write an exclusive due moment by the last day, or the hour, that counts."""
    if value.astimezone(VIETNAM).time() == _MIDNIGHT:
        return f"hết ngày {day(due_day(value))}"
    return f"trước {moment(value)}"


def share(value: Fraction) -> str:
    """Write a share in percent where that is exact, else as the fraction it is."""
    percent = value * 100
    return f"{percent}%" if percent.denominator == 1 else str(value)


def listing(items: Iterable[str]) -> str:
    """Join items as a sentence does."""
    return "; ".join(items)


# As many as somebody reads; a province has thousands.
_READ = 30


def some(items: Sequence[str], of: str) -> str:
    """Join items as a sentence does; of very many the first, and how many more *of*."""
    said = listing(items[:_READ])
    left = f"{len(items) - _READ:,}".replace(",", ".")
    return f"{said}; và {left} {of} khác" if items[_READ:] else said


class Words(Formatter):
    """Fills a text with facts: {at:moment}, {until:due}, {on:day}, {items:list}."""

    def format_field(self, value: Any, format_spec: str) -> str:
        """Write one fact in the way its format names."""
        match format_spec:
            case "moment":
                return moment(value)
            case "due":
                return due(value)
            case "day":
                return day(value)
            case "list":
                return listing(value)
            case _:
                return str(super().format_field(value, format_spec))
