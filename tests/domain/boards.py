"""A whole board, and ways to spoil it."""

from dataclasses import replace

from domain.council.ballots import Choice, CodedChoice, Tally
from domain.council.boards import COUNTED, FORMAT, Board, BoardLine, Seal, said_of
from domain.record import GENESIS, Link, digest_link, digest_payload

SALT = bytes(range(0xA0, 0xB0))
CODES = [f"{letter * 4}-{letter * 4}-{letter * 4}-{letter * 4}" for letter in "ABCDEFG"]


def a_line(name: str = "1", yes: int = 5, no: int = 2) -> BoardLine:
    """A line of seven ballots, by a majority of nine."""
    choices = [Choice.YES] * yes + [Choice.NO] * no
    pairs = zip(CODES, choices, strict=False)
    return BoardLine(
        line=name,
        subject="CTQH",
        title="CO_TINH",
        threshold="> 1/2",
        electors=9,
        ballots=7,
        carried=True,
        tally=Tally(yes, no, 0),
        entries=tuple(CodedChoice(code, choice) for code, choice in pairs),
    )


def a_masked_line(name: str = "2") -> BoardLine:
    """A line of which nothing is told but that it was carried."""
    return replace(a_line(name), electors=4, ballots=4, tally=None, entries=None)


def sealed(*lines: BoardLine) -> Board:
    """A board of these lines, under the act that counted it."""
    board = Board(FORMAT, "2022-1-hd1", 1, 7, lines)
    link = Link(
        campaign="2022",
        seq=1,
        previous=GENESIS,
        act="6f1c",
        kind=COUNTED,
        actor="thidua",
        behalf=None,
        at="2022-07-13T07:00:00+00:00",
        command=None,
        lines=tuple(line.line for line in lines),
        payload_digest=digest_payload(SALT, said_of(board)),
    )
    return replace(board, seal=Seal(link, SALT.hex(), digest_link(link)))
