"""What a line can come to before the council meets."""

from fractions import Fraction

import pytest

from domain.council.conflicts import Conflict
from domain.council.forecast import Muster, Prospect
from domain.council.thresholds import MAJORITY, Ballot, Threshold

NINE = tuple("abcdefghi")
FOUR_FIFTHS = Threshold(Fraction(4, 5))


NOBODY = Conflict(frozenset(), frozenset())


def without(*people: str) -> Conflict:
    """A line that these step out of."""
    return Conflict(frozenset(people), frozenset())


def test_whoever_steps_out_leaves_the_vote_and_the_whole() -> None:
    near = Conflict(frozenset("bx"), frozenset("cy"))

    prospect = Muster(NINE, chairs="bc").prospect(near, FOUR_FIFTHS, Ballot.SECRET)

    assert prospect == Prospect(
        stepping_out=("b",),
        flagged=("c",),
        presided_by="c",
        electors=8,
        voters=8,
        needed=7,
        missing=0,
        can_pass=True,
    )


@pytest.mark.parametrize(
    ("ballot", "written", "voters", "missing"),
    [
        (Ballot.OPEN, True, 4, 1),
        (Ballot.SECRET, True, 9, 0),
        (Ballot.SECRET, False, 4, 1),
    ],
)
def test_whoever_is_absent_stays_in_the_whole_and_votes_by_sheet_at_most(
    ballot: Ballot, written: bool, voters: int, missing: int
) -> None:
    muster = Muster(NINE, absent="efghi", written=written)

    prospect = muster.prospect(NOBODY, MAJORITY, ballot)

    assert prospect == Prospect(
        stepping_out=(),
        flagged=(),
        presided_by=None,
        electors=9,
        voters=voters,
        needed=5,
        missing=missing,
        can_pass=missing == 0,
    )


@pytest.mark.parametrize(
    ("chairs", "casting", "can_pass"),
    [("a", True, True), ("h", True, False), ("hb", True, True), ("a", False, False)],
)
def test_half_is_enough_only_by_hand_and_with_the_voice_of_whoever_presides(
    chairs: str, casting: bool, can_pass: bool
) -> None:
    muster = Muster(NINE[:8], absent="efgh", chairs=chairs, casting=casting)

    assert muster.prospect(NOBODY, MAJORITY, Ballot.OPEN).can_pass is can_pass


@pytest.mark.parametrize(("near", "nominee"), [(without("a"), ()), (NOBODY, ("a",))])
def test_a_vice_chair_presides_where_the_chair_steps_out_or_is_the_nominee(
    near: Conflict, nominee: tuple[str, ...]
) -> None:
    muster = Muster(NINE, chairs="ab")

    prospect = muster.prospect(near, MAJORITY, Ballot.OPEN, nominee)

    assert prospect.presided_by == "b"


def test_a_line_that_no_member_may_vote_on_cannot_pass() -> None:
    none = Threshold(Fraction(0))

    prospect = Muster(("a",)).prospect(without("a"), none, Ballot.SECRET)

    assert (prospect.electors, prospect.needed, prospect.missing) == (0, 0, 1)
    assert not prospect.can_pass
