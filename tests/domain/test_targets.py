"""The plan's targets, of departments and of people."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.council.quota import cap
from domain.reports.targets import (
    Denominator,
    Progress,
    Target,
    TargetResult,
    come_to,
    measure,
)
from domain.states import SPENT_LINES, LineState
from intake.rulepacks import load_packs

VN2017, VN2024, VN2025, VN2026 = load_packs()

D, P, H = Denominator.DEPARTMENTS, Denominator.PARTICIPANTS, Denominator.HEADCOUNT
HEADS = {D: 4, P: 32, H: 34}

TTLDTT = Target("TTLDTT", Fraction(1), D)
TTLDXS = Target("TTLDXS", Fraction(1, 2), D)
LDTT = Target("LDTT", Fraction(1), P)
CSTDCS = Target("CSTDCS", Fraction(15, 100), P, legal_cap=True)


def test_all_advanced_workers_are_all_participants_but_not_the_whole_roster() -> None:
    assert measure(LDTT, 32, HEADS) == (
        TargetResult(LDTT, 32, P, 32, 32, Fraction(1), met=True),
        TargetResult(LDTT, 34, H, 34, 32, Fraction(32, 34), met=False),
    )


@pytest.mark.parametrize(("reached", "met"), [(3, False), (4, True)])
def test_fifteen_percent_is_met_by_awarding_all_that_the_law_allows(
    reached: int, met: bool
) -> None:
    results = measure(CSTDCS, reached, HEADS, cap(VN2017, "CSTDCS", 32))

    said = "Quy định chỉ cho tặng đến mức tối đa"
    assert results == (
        TargetResult(
            CSTDCS,
            32,
            P,
            4,
            reached,
            Fraction(reached, 32),
            met,
            f"{said} 4/32 (12,5%).",
        ),
        TargetResult(
            CSTDCS, 34, H, 4, reached, Fraction(reached, 34), met, f"{said} 4/34."
        ),
    )


@pytest.mark.parametrize(
    ("aim", "most", "note"),
    [
        (CSTDCS, 5, None),
        (Target("CSTDCS", Fraction(1, 10), P), 4, None),
        (
            Target("CSTDCS", Fraction(15, 100), P),
            4,
            "Quy định chỉ cho tặng đến mức tối đa 4/32 (12,5%): một quy định.",
        ),
        (CSTDCS, None, None),
    ],
)
def test_where_a_quota_stops_a_target_it_says_so(
    aim: Target, most: int | None, note: str | None
) -> None:
    result, _ = measure(aim, 4, HEADS, most, "một quy định")

    assert result.note == note


def test_a_target_below_the_cap_asks_for_no_more_than_itself() -> None:
    modest = Target("CSTDCS", Fraction(1, 10), P, legal_cap=True)

    needed = [result.needed for result in measure(modest, 0, {P: 40, H: 40}, 6)]

    assert needed == [4, 4]


@pytest.mark.parametrize(
    ("departments", "reached", "needed", "met"),
    [(4, 1, 2, False), (4, 2, 2, True), (3, 1, 2, False), (3, 2, 2, True)],
)
def test_half_of_the_departments_is_rounded_up(
    departments: int, reached: int, needed: int, met: bool
) -> None:
    ratio = Fraction(reached, departments)

    assert measure(TTLDXS, reached, {D: departments, P: 32, H: 34}) == (
        TargetResult(TTLDXS, departments, D, needed, reached, ratio, met),
    )


def test_a_target_of_all_departments_is_met_by_all_and_not_by_all_but_one() -> None:
    met = [
        result.met for reached in (3, 4) for result in measure(TTLDTT, reached, HEADS)
    ]

    assert met == [False, True]


def test_a_target_of_nobody_has_no_ratio_and_is_not_met() -> None:
    assert measure(LDTT, 0, {P: 0, H: 2}) == (
        TargetResult(LDTT, 0, P, 0, 0, None, met=False),
        TargetResult(LDTT, 2, H, 2, 0, Fraction(0), met=False),
    )


@given(
    st.integers(1, 500),
    st.integers(0, 500),
    st.fractions(0, 1),
    st.none() | st.integers(0, 500),
)
def test_a_target_is_met_exactly_when_nobody_is_missing(
    whole: int, reached: int, ratio: Fraction, most: int | None
) -> None:
    target = Target("CSTDCS", ratio, P, legal_cap=True)

    [result] = measure(target, reached, {P: whole}, most)

    assert (result.missing == 0) is result.met
    assert measure(target, reached + result.missing, {P: whole}, most)[0].met


def test_every_line_is_over_or_has_come_to_some_stage() -> None:
    lost = {state for state in LineState if not come_to(state)}

    assert lost == SPENT_LINES | {LineState.ON_HOLD}


def test_a_line_counts_at_each_stage_that_it_has_come_through() -> None:
    nominated, eligible, passed, awarded = list(Progress)[1:]

    assert come_to(LineState.NOMINATED) == (nominated,)
    assert come_to(LineState.RETURNED_TO_COUNCIL) == (nominated, eligible)
    assert come_to(LineState.FORWARDED_UPWARD) == (nominated, eligible, passed)
    assert come_to(LineState.AWARDED) == (nominated, eligible, passed, awarded)
    assert come_to(LineState.ON_HOLD, LineState.ELIGIBLE) == (nominated, eligible)
