"""Months of service are full months, of what the regime counts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.rules.rulepack import Absence, RulePack
from domain.rules.service import (
    Away,
    Post,
    Span,
    full_months,
    home,
    left_behind,
    service_months,
)
from intake.rulepacks import load_packs

VN2017, VN2024, VN2025, VN2026 = load_packs()
YEAR_END = date(2022, 12, 31)
LONG_AGO = Span(date(2010, 5, 4))


def months(*employed: Span, away: tuple[Away, ...] = (), until: date = YEAR_END) -> int:
    return service_months(VN2017.service, employed, until, away)


@pytest.mark.parametrize(
    ("hired", "served"),
    [
        (date(2022, 3, 1), 10),
        (date(2022, 3, 2), 9),
        (date(2022, 7, 1), 6),
        (date(2022, 7, 2), 5),
        (date(2022, 9, 15), 3),
        (date(2022, 12, 31), 0),
        (date(2023, 1, 1), 0),
        (date(2010, 5, 4), 12),
    ],
)
def test_only_full_months_to_the_periods_end_count(hired: date, served: int) -> None:
    assert months(Span(hired)) == served


@given(st.dates(date(2021, 1, 1), date(2023, 6, 30)))
def test_one_day_later_never_means_more_months(hired: date) -> None:
    earlier, later = (
        months(Span(hired)),
        months(Span(date.fromordinal(1 + hired.toordinal()))),
    )

    assert 0 <= later <= earlier <= 12
    assert earlier - later <= 1


def test_service_at_a_previous_agency_joins_with_ours() -> None:
    before = Span(date(2021, 8, 10), date(2022, 5, 19))
    here = Span(date(2022, 5, 20))

    assert months(before, here) == 12


def test_broken_pieces_add_up_thirty_days_to_a_month() -> None:
    first = Span(date(2022, 1, 1), date(2022, 3, 20))
    second = Span(date(2022, 6, 1), date(2022, 9, 10))

    assert months(first, second) == 6  # 2 months 20 days, and 3 months 10 days


def test_spans_that_overlap_count_once() -> None:
    assert months(Span(date(2022, 3, 1)), Span(date(2022, 4, 1))) == 10


def test_who_has_left_is_counted_to_the_last_day() -> None:
    served = Span(date(2010, 5, 4), date(2022, 9, 30))

    assert months(served, until=date(2022, 9, 30)) == 12


@pytest.mark.parametrize(
    "why", [Absence.MATERNITY, Absence.SICK_LEAVE, Absence.RESCUE_INJURY]
)
def test_absences_that_the_pack_names_count_as_service(why: Absence) -> None:
    leave = Away(Span(date(2022, 3, 1), date(2022, 8, 31)), why)

    assert months(LONG_AGO, away=(leave,)) == 12


def test_training_under_a_year_counts_whatever_its_result() -> None:
    course = Away(Span(date(2022, 1, 1), date(2022, 12, 30)), Absence.TRAINING)

    assert months(LONG_AGO, away=(course,)) == 12


@pytest.mark.parametrize(
    ("pack", "good_result", "served"),
    [
        (VN2017, False, 3),
        (VN2017, True, 12),
        (VN2024, False, 12),
        (VN2025, False, 12),
    ],
)
def test_a_year_of_training_counts_by_the_regimes_own_rule(
    pack: RulePack, good_result: bool, served: int
) -> None:
    course = Span(date(2021, 9, 1), date(2022, 9, 30))
    away = [Away(course, Absence.TRAINING, good_result)]

    assert service_months(pack.service, [LONG_AGO], YEAR_END, away) == served


@pytest.mark.parametrize(
    ("year", "asked"), [(2025, ["CTHDND"]), (2026, [])], ids=["2025", "2026"]
)
def test_the_unit_left_behind_is_asked_until_2025(year: int, asked: list[str]) -> None:
    served = posts(
        ("CTHDND", date(year, 1, 1), date(year, 8, 31)),
        ("CTQH", date(year, 9, 1), None),
    )
    rule = VN2025.service.old_unit_opinion

    found = left_behind(rule, served, date(year, 9, 15))

    assert [post.unit for post in found] == asked


def posts(*spans: tuple[str, date, date | None]) -> list[Post]:
    return [Post(unit, True, Span(start, end)) for unit, start, end in spans]


def left(*served: Post, until: date = YEAR_END) -> list[str]:
    rule = VN2017.service.old_unit_opinion
    return [post.unit for post in left_behind(rule, served, until)]


@pytest.mark.parametrize(
    ("moved", "asked"),
    [(date(2022, 7, 1), ["A"]), (date(2022, 6, 30), []), (date(2023, 1, 1), [])],
)
def test_a_unit_left_after_six_months_of_the_year_is_asked(
    moved: date, asked: list[str]
) -> None:
    before = date.fromordinal(moved.toordinal() - 1)
    served = posts(("A", date(2010, 5, 4), before), ("B", moved, None))

    assert left(*served) == asked


def test_times_in_one_unit_add_up_and_where_somebody_is_now_is_not_asked() -> None:
    served = posts(
        ("B", date(2022, 1, 1), date(2022, 1, 31)),
        ("A", date(2022, 2, 1), date(2022, 4, 30)),
        ("B", date(2022, 5, 1), date(2022, 5, 31)),
        ("A", date(2022, 6, 1), date(2022, 8, 31)),
        ("B", date(2022, 9, 1), None),
    )

    assert left(*served) == ["A"]


def test_home_is_where_somebody_serves_or_served_last() -> None:
    served = posts(
        ("A", date(2010, 5, 4), date(2022, 3, 31)),
        ("B", date(2022, 6, 1), date(2022, 9, 30)),
    )

    days = [date(2010, 5, 3), date(2022, 5, 1), date(2022, 9, 30), YEAR_END]
    found = [home(served, day) for day in days]

    assert [post and post.unit for post in found] == [None, "A", "B", "B"]


def test_a_month_that_lacks_the_day_is_not_yet_full() -> None:
    assert [
        full_months(date(2022, 1, 31), date(2022, 2, 28)),
        full_months(date(2022, 1, 31), date(2022, 3, 1)),
        full_months(date(2022, 5, 1), date(2022, 4, 1)),
    ] == [0, 1, 0]
