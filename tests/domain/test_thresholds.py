"""Shares are exact: what is enough is the least number that is, and no float knows."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.council.thresholds import MAJORITY, Ballot, Threshold, passes, percent

QUORUM = Threshold(Fraction(2, 3))

THRESHOLDS = st.builds(
    Threshold,
    ratio=st.fractions(0, 1, max_denominator=1000).filter(lambda ratio: ratio < 1),
    strict=st.booleans(),
)


def at_least(percentage: int) -> Threshold:
    return Threshold(Fraction(percentage, 100))


@pytest.mark.parametrize(
    ("members", "needed"),
    [
        (5, [4, 3, 4, 4, 4, 5]),
        (7, [5, 4, 5, 6, 6, 7]),
        (9, [6, 5, 7, 7, 8, 9]),
        (11, [8, 6, 8, 9, 9, 10]),
        (13, [9, 7, 10, 10, 11, 12]),
    ],
)
def test_what_carries_a_line_is_a_whole_number_of_votes(
    members: int, needed: list[int]
) -> None:
    shares = [QUORUM, MAJORITY, *(at_least(n) for n in (70, 75, 80, 90))]

    assert [share.needed(members) for share in shares] == needed


@given(THRESHOLDS, st.integers(1, 2000))
def test_what_is_needed_is_enough_and_one_less_is_not(
    threshold: Threshold, total: int
) -> None:
    needed = threshold.needed(total)

    assert threshold.reached(needed, total)
    assert not threshold.reached(needed - 1, total)


@given(THRESHOLDS, st.integers(1, 2000), st.data())
def test_enough_is_what_the_fraction_says(
    threshold: Threshold, total: int, data: st.DataObject
) -> None:
    part = data.draw(st.integers(0, total))
    share = Fraction(part, total)
    above = share > threshold.ratio

    assert threshold.reached(part, total) == (
        above or (share == threshold.ratio and not threshold.strict)
    )


def test_twenty_six_of_twenty_nine_shows_as_ninety_percent_but_is_not() -> None:
    assert not at_least(90).reached(26, 29)


def test_seventy_percent_of_ninety_is_sixty_three() -> None:
    assert at_least(70).needed(90) == 63


def test_more_than_half_of_two_is_both() -> None:
    assert MAJORITY.needed(2) == 2


def test_no_share_of_an_empty_whole_is_reached() -> None:
    assert not at_least(0).reached(0, 0)


@given(THRESHOLDS)
def test_a_threshold_reads_what_it_writes(threshold: Threshold) -> None:
    assert Threshold.parse(str(threshold)) == threshold


@pytest.mark.parametrize(
    "text", ["70%", ">= 0.7", ">= 7/0", "> 3/2", "> 100/100", "< 1/2", ""]
)
def test_a_threshold_is_no_decimal_and_no_more_than_all(text: str) -> None:
    with pytest.raises(ValueError, match="phân số từ 0 đến 1"):
        Threshold.parse(text)


def test_a_threshold_is_said_in_words() -> None:
    said = [share.words for share in (MAJORITY, at_least(70), at_least(100), QUORUM)]

    assert said == ["trên 50%", "từ 70% trở lên", "đủ 100%", "từ 2/3 trở lên"]


def test_a_percentage_is_never_rounded() -> None:
    shares = [Fraction(15, 100), Fraction(1, 8), Fraction(1, 3)]

    assert [percent(share) for share in shares] == ["15%", "12,5%", "1/3"]


def test_an_open_tie_goes_to_the_chairs_side() -> None:
    sides = [passes(4, 8, MAJORITY, Ballot.OPEN, side) for side in (True, False, None)]

    assert sides == [True, False, False]


def test_a_secret_tie_never_passes() -> None:
    assert not passes(4, 8, MAJORITY, Ballot.SECRET, chair_yes=True)


def test_the_chair_breaks_a_tie_and_lowers_no_other_threshold() -> None:
    assert not passes(4, 8, at_least(70), Ballot.OPEN, chair_yes=True)


def test_an_absent_member_counts_as_not_agreeing() -> None:
    assert not passes(4, 9, MAJORITY, Ballot.OPEN, chair_yes=True)


def test_two_absent_of_seven_make_eighty_percent_unreachable() -> None:
    assert not passes(5, 7, at_least(80), Ballot.SECRET)


def test_an_empty_council_passes_nothing() -> None:
    assert not passes(0, 0, MAJORITY, Ballot.OPEN, chair_yes=True)


def test_more_votes_than_members_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="8 votes of 7 members"):
        passes(8, 7, MAJORITY, Ballot.OPEN)
