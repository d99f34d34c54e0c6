"""What a published board proves, and every way in which it can be spoilt."""

from dataclasses import replace

import pytest

from domain.council.ballots import Choice, CodedChoice, Tally
from domain.council.boards import Board, BoardLine, Fault, faults
from tests.domain.boards import CODES, a_line, a_masked_line, sealed


def with_line(board: Board, line: BoardLine) -> Board:
    """Change the board's only line, and leave its seal alone."""
    return replace(board, lines=(line,))


def codes(found: list[Fault]) -> set[str]:
    return {fault.code for fault in found}


def test_nothing_is_wrong_with_a_whole_board() -> None:
    assert faults(sealed(a_line("1"), a_masked_line("2"))) == []


CHANGED = a_line()
TURNED = (CodedChoice(CODES[0], Choice.NO), *(CHANGED.entries or ())[1:])
SPOILT = {
    "a choice is turned": (replace(CHANGED, entries=TURNED), "miscounted"),
    "and the tally with it": (
        replace(CHANGED, entries=TURNED, tally=Tally(4, 3, 0)),
        "forged",
    ),
    "a ballot is left out": (
        replace(CHANGED, entries=(CHANGED.entries or ())[1:]),
        "short",
    ),
    "a ballot is added": (
        replace(
            CHANGED,
            entries=(*(CHANGED.entries or ()), CodedChoice("H" * 4, Choice.YES)),
        ),
        "long",
    ),
    "a ballot stands twice": (
        replace(
            CHANGED,
            entries=((CHANGED.entries or ())[0], *(CHANGED.entries or ())[:6]),
        ),
        "doubled",
    ),
    "a code is none": (
        replace(
            CHANGED,
            entries=(CodedChoice("phiếu 1", Choice.YES), *(CHANGED.entries or ())[1:]),
        ),
        "strange_code",
    ),
    "the outcome is turned": (replace(CHANGED, carried=False), "wrong_outcome"),
    "the threshold is lowered": (replace(CHANGED, threshold="> 1/9"), "forged"),
    "more voted than could": (replace(CHANGED, electors=6), "too_many_ballots"),
    "figures without ballots": (replace(CHANGED, entries=None), "half_masked"),
    "it is masked": (replace(CHANGED, entries=None, tally=None), "forged"),
    "it is another line": (replace(CHANGED, line="2"), "forged"),
}


@pytest.mark.parametrize("what", SPOILT)
def test_a_spoilt_line_is_found(what: str) -> None:
    line, expected = SPOILT[what]

    found = codes(faults(with_line(sealed(CHANGED), line)))

    # Whatever else is wrong, the record does not vouch for it.
    assert {expected, "forged"} <= found


def test_a_board_made_anew_with_its_own_seal_is_told_by_the_records_digest() -> None:
    true, made_up = sealed(a_line(yes=5, no=2)), sealed(a_line(yes=6, no=1))
    assert true.seal is not None

    assert faults(made_up) == []
    assert faults(made_up, true.seal.digest) == [Fault("other_act")]
    assert faults(true, true.seal.digest) == []


def test_a_changed_act_is_found() -> None:
    board = sealed(a_line())
    assert board.seal is not None
    link = replace(board.seal.link, at="2022-07-14T07:00:00+00:00")

    changed = replace(board, seal=replace(board.seal, link=link))

    assert faults(changed) == [Fault("unchained")]


def test_a_board_without_its_act_proves_nothing() -> None:
    assert faults(replace(sealed(a_line()), seal=None)) == [Fault("unsealed")]


def test_a_line_stands_once_on_a_board() -> None:
    assert faults(sealed(a_line("1"), a_line("1"))) == [Fault("line_twice")]
