"""How dates, deadlines and lists read in Vietnamese."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from string import Formatter
from typing import Any

from domain.calendar import VIETNAM, day_vi, due_day

_MIDNIGHT = time(0)


def moment(value: datetime) -> str:
    """Write a moment in Vietnam's time: 08 giờ 00 ngày 30/6/2022."""
    local = value.astimezone(VIETNAM)
    return f"{local:%H} giờ {local:%M} ngày {day_vi(local.date())}"


def due(value: datetime) -> str:
    """Write an exclusive due moment by the last day, or the hour, that counts."""
    if value.astimezone(VIETNAM).time() == _MIDNIGHT:
        return f"hết ngày {day_vi(due_day(value))}"
    return f"trước {moment(value)}"


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
                return day_vi(value)
            case "list":
                return listing(value)
            case _:
                return str(super().format_field(value, format_spec))
