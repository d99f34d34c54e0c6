"""The year as a line, and shares around a ring."""

from datetime import date
from fractions import Fraction

from api.web.year.course import PhaseCourse, StepStanding, YearCourse, YearStep
from api.web.year.drawing import Ring, draw, ring
from domain.states import PhaseState

_NOW = StepStanding.NOW


def a_step(number: int, first: date, last: date) -> YearStep:
    """A step of these days."""
    return YearStep(number, f"Bước {number}", first, last, last, _NOW)


def a_course(today: date, *steps: YearStep) -> YearCourse:
    """A campaign of one phase."""
    phase = PhaseCourse("2022-1", "Giai đoạn 1", PhaseState.RUNNING, "", steps)
    return YearCourse(today, [phase], [])


def test_days_stand_along_whole_months_and_what_overlaps_below_one_another() -> None:
    first = a_step(1, date(2022, 1, 1), date(2022, 3, 31))
    second = a_step(2, date(2022, 2, 1), date(2022, 2, 28))
    third = a_step(3, date(2022, 4, 1), date(2022, 4, 30))

    line = draw(a_course(date(2022, 2, 1), first, second, third))

    assert [month.label for month in line.months] == ["T1", "T2", "T3", "T4"]
    assert [(bar.x, bar.width, bar.y) for bar in line.bars] == [
        (0.0, 75.0, 24),
        (25.83, 23.34, 48),
        (75.0, 25.0, 24),
    ]
    assert line.bars[0].label == "Giai đoạn 1 (1)"
    assert line.today == 25.83


def test_a_day_outside_the_year_stands_nowhere_on_its_line() -> None:
    line = draw(
        a_course(date(2023, 5, 1), a_step(1, date(2022, 1, 1), date(2022, 1, 2)))
    )

    assert line.today is None


def test_a_step_of_one_day_can_still_be_seen() -> None:
    day = date(2022, 1, 1)

    line = draw(a_course(day, a_step(1, day, date(2022, 12, 31)), a_step(2, day, day)))

    assert [(bar.width, bar.label) for bar in line.bars][1] == (0.8, "")


def test_a_ring_has_its_ticks_where_the_target_and_the_law_are() -> None:
    assert ring(4, 8, 5, 32, Fraction(15, 100)) == Ring(12.5, 25.0, 56.2, 54.0)
    assert ring(33, 33, 32, 32, None) == Ring(100.0, 100.0, 360.0, None)
    assert ring(0, 0, 0, 0, None) == Ring(0.0, 0.0, 0.0, None)
