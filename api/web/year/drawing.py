"""Where things stand in a drawing: days along a line, shares around a ring.

Widths are in percent, so that letters keep their size whatever the width; heights are
in pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from api.web.year.course import Milestone, YearCourse, YearStep
from domain.calendar import ONE_DAY, add_months

_MONTHS, _LANE, _GAP, _MARKS = 24, 24, 8, 28
_LEAST = 0.8  # percent: a day of a year alone cannot be seen
_WIDE, _LONG = 3.0, 30.0  # percent: a number fits in, and a name


@dataclass(frozen=True)
class Bar:
    """A step on the line; *label* stands in it, if it fits."""

    step: YearStep
    x: float
    width: float
    y: int
    label: str


@dataclass(frozen=True)
class Tick:
    """A point of time on the line."""

    x: float
    label: str
    said: Milestone | None = None


@dataclass(frozen=True)
class YearLine:
    """The year as a line: months, bars lane by lane, and where today is."""

    height: int
    months: Sequence[Tick]
    bars: Sequence[Bar]
    marks: Sequence[Tick]
    today: float | None


class _Scale:
    """Days from the first of a month to the last of another, in percent."""

    def __init__(self, days: Sequence[date]) -> None:
        self.first = days[0].replace(day=1)
        self.end = add_months(days[-1].replace(day=1), 1)

    def at(self, day: date) -> float:
        whole = (self.end - self.first).days
        return round(100 * (day - self.first).days / whole, 2)

    def months(self) -> list[Tick]:
        count = (self.end.year - self.first.year) * 12 + self.end.month
        starts = [add_months(self.first, n) for n in range(count - self.first.month)]
        return [Tick(self.at(day), f"T{day.month}") for day in starts]


def draw(course: YearCourse) -> YearLine:
    """Draw a campaign as a line."""
    scale = _Scale([*course.days, course.today] if not course.days else course.days)
    bars: list[Bar] = []
    top = _MONTHS
    for phase in course.phases:
        placed = _lanes(phase.steps)
        bars += [
            _bar(scale, phase.name, step, top + lane * _LANE) for step, lane in placed
        ]
        top += (max((lane for _, lane in placed), default=0) + 1) * _LANE + _GAP
    within = scale.first <= course.today < scale.end
    return YearLine(
        top + _MARKS,
        scale.months(),
        bars,
        [Tick(scale.at(m.day), m.name, m) for m in course.milestones],
        scale.at(course.today) if within else None,
    )


def _lanes(steps: Sequence[YearStep]) -> list[tuple[YearStep, int]]:
    """Put each step in the first lane that is free by then."""
    ends: list[date] = []
    placed = []
    for step in steps:
        lane = next((n for n, end in enumerate(ends) if end < step.first), len(ends))
        ends[lane : lane + 1] = [step.last]
        placed.append((step, lane))
    return placed


def _bar(scale: _Scale, phase: str, step: YearStep, y: int) -> Bar:
    x = scale.at(step.first)
    width = max(round(scale.at(step.last + ONE_DAY) - x, 2), _LEAST)
    label = str(step.number) if width >= _WIDE else ""
    # The first step is the phase itself.
    named = step.number == 1 and width >= _LONG
    return Bar(step, x, width, y, f"{phase} ({label})" if named else label)


@dataclass(frozen=True)
class Ring:
    """A share around a ring, in hundredths, and at which angles its ticks stand."""

    reached: float
    underway: float
    target: float
    cap: float | None


def ring(
    reached: int, underway: int, needed: int, whole: int, cap: Fraction | None
) -> Ring:
    """Draw how many of a whole are reached, and how many more are on the way."""
    return Ring(
        _share(reached, whole),
        _share(underway, whole),
        _angle(Fraction(needed, whole)) if whole else 0.0,
        None if cap is None else _angle(cap),
    )


def _share(part: int, whole: int) -> float:
    return round(100 * min(part / whole, 1), 2) if whole else 0.0


def _angle(share: Fraction) -> float:
    return round(360 * float(min(share, Fraction(1))), 1)
