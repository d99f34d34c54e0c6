"""Sheets, codes, the shuffle and the mask."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.council.ballots import (
    Choice,
    CodedChoice,
    Mark,
    Tally,
    is_masked,
    require_own_codes,
    require_whole,
    tally,
    unlinked,
)
from domain.refusals import Refused

A, B, C = "AAAA-AAAA-AAAA-AAAA", "BBBB-BBBB-BBBB-BBBB", "CCCC-CCCC-CCCC-CCCC"
entries = st.lists(
    st.builds(CodedChoice, st.sampled_from([A, B, C]), st.sampled_from(Choice)),
    max_size=13,
)


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.refusals[0].code


def test_every_choice_has_a_code_of_one_length() -> None:
    # The size of a request would tell a choice.
    assert {len(choice) for choice in Choice} == {3}


def test_a_sheet_says_each_line_once() -> None:
    twice = [Mark("1", Choice.YES, A), Mark("1", Choice.NO, B)]

    with pytest.raises(Refused) as refused:
        require_own_codes(twice)

    assert code_of(refused) == "line_twice"


def test_a_sheet_has_a_code_of_its_own_for_each_line() -> None:
    linked = [Mark("1", Choice.YES, A), Mark("2", Choice.YES, A)]

    with pytest.raises(Refused) as refused:
        require_own_codes(linked)

    assert code_of(refused) == "code_twice"


def test_a_sheet_leaves_no_line_out_and_adds_none() -> None:
    sheet = [Mark("1", Choice.YES, A), Mark("2", Choice.BLANK, B)]

    require_whole(sheet, ["1", "2"])
    with pytest.raises(Refused) as short:
        require_whole(sheet, ["1", "2", "3"])
    with pytest.raises(Refused) as strange:
        require_whole(sheet, ["1"])

    assert (code_of(short), code_of(strange)) == ("line_missing", "unknown_line")


@given(entries, st.integers(0, 99))
def test_the_shuffle_loses_and_adds_no_vote(
    given: list[CodedChoice], seed: int
) -> None:
    shown = unlinked(given, Random(seed))

    assert tally(shown) == tally(given)
    assert len({entry.code for entry in shown}) == len(given)


THREE = [
    CodedChoice(A, Choice.YES),
    CodedChoice(B, Choice.NO),
    CodedChoice(C, Choice.NO),
]


@given(st.permutations(THREE))
def test_the_board_is_the_same_in_whatever_order_sheets_were_cast(
    cast: list[CodedChoice],
) -> None:
    assert unlinked(cast, Random(0)) == tuple(THREE)


def test_who_of_two_with_one_code_is_numbered_is_left_to_chance() -> None:
    both = [CodedChoice(A, Choice.YES), CodedChoice(A, Choice.NO)]

    shown = {unlinked(both, Random(seed)) for seed in range(20)}

    assert shown == {
        (CodedChoice(A, Choice.YES), CodedChoice(f"{A}/2", Choice.NO)),
        (CodedChoice(A, Choice.NO), CodedChoice(f"{A}/2", Choice.YES)),
    }


def test_blank_votes_are_counted_as_such() -> None:
    cast = [
        CodedChoice(A, Choice.BLANK),
        CodedChoice(B, Choice.YES),
        CodedChoice(C, Choice.NO),
    ]

    assert tally(cast) == Tally(yes=1, no=1, blank=1)
    assert tally(cast).total == 3


def test_few_ballots_are_masked_whatever_they_say() -> None:
    masked = [is_masked(ballots, most=5) for ballots in range(8)]

    # Nobody voted: there is nobody to give away.
    assert masked == [False, True, True, True, True, True, False, False]
    assert not is_masked(3, most=0)
