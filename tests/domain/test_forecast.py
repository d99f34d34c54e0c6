"""What a line can come to before the council meets."""

from fractions import Fraction

import pytest

from domain.forecast import Muster, Prospect
from domain.thresholds import MAJORITY, Ballot, Threshold

NINE = tuple("abcdefghi")
FOUR_FIFTHS = Threshold(Fraction(4, 5))


def test_whoever_steps_out_leaves_the_vote_and_the_whole() -> None:
    prospect = Muster(NINE).prospect({"b", "x"}, FOUR_FIFTHS, Ballot.SECRET)

    assert prospect == Prospect(("b",), electors=8, voters=8, needed=7, can_pass=True)


@pytest.mark.parametrize(
    ("ballot", "written", "voters", "can_pass"),
    [
        (Ballot.OPEN, True, 4, False),
        (Ballot.SECRET, True, 9, True),
        (Ballot.SECRET, False, 4, False),
    ],
)
def test_whoever_is_absent_stays_in_the_whole_and_votes_by_sheet_at_most(
    ballot: Ballot, written: bool, voters: int, can_pass: bool
) -> None:
    muster = Muster(NINE, absent="efghi", written=written)

    prospect = muster.prospect((), MAJORITY, ballot)

    expected = Prospect((), electors=9, voters=voters, needed=5, can_pass=can_pass)
    assert prospect == expected


@pytest.mark.parametrize(("chair", "can_pass"), [("a", True), ("h", False)])
def test_half_is_enough_only_by_hand_and_with_the_chair_who_comes(
    chair: str, can_pass: bool
) -> None:
    muster = Muster(NINE[:8], absent="efgh", chair=chair)

    assert muster.prospect((), MAJORITY, Ballot.OPEN).can_pass is can_pass


def test_nobody_left_carries_nothing() -> None:
    prospect = Muster(("a",)).prospect({"a"}, MAJORITY, Ballot.SECRET)

    assert prospect == Prospect(("a",), electors=0, voters=0, needed=1, can_pass=False)
