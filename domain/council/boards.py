"""The board of a counted round: what anybody may check without asking anybody."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Protocol

from domain.council.ballots import CODE, CodedChoice, Tally, tally
from domain.council.thresholds import Ballot, Threshold, passes
from domain.record import Link, digest_link, digest_of, digest_payload

FORMAT = "thidua-board/1"
COUNTED = "count_ballots"
# A code that several members have used is numbered from the second on.
_PUBLISHED_CODE = re.compile(rf"{CODE}(/[1-9][0-9]*)?")


@dataclass(frozen=True)
class BoardLine:
    """One line: how many could vote and did, and unless masked who knows what code.

    *entries* and *tally* are None on a masked line.
    """

    line: str
    subject: str
    title: str
    threshold: str
    electors: int
    ballots: int
    carried: bool
    tally: Tally | None
    entries: tuple[CodedChoice, ...] | None


class CountedLine(Protocol):
    """What a counted round came to on one line."""

    @property
    def threshold(self) -> str: ...
    @property
    def electors(self) -> int: ...
    @property
    def ballots(self) -> int | None: ...
    @property
    def yes(self) -> int | None: ...
    @property
    def no(self) -> int | None: ...
    @property
    def blank(self) -> int | None: ...
    @property
    def masked(self) -> bool: ...
    @property
    def carried(self) -> bool | None: ...


def board_line(
    line: str,
    subject: str,
    title: str,
    counted: CountedLine,
    entries: Iterable[CodedChoice],
) -> BoardLine:
    """Show on the board what was counted of a line; of a masked one no figures."""
    tally = Tally(counted.yes or 0, counted.no or 0, counted.blank or 0)
    return BoardLine(
        line=line,
        subject=subject,
        title=title,
        threshold=counted.threshold,
        electors=counted.electors,
        ballots=counted.ballots or 0,
        carried=bool(counted.carried),
        tally=None if counted.masked else tally,
        entries=None if counted.masked else tuple(entries),
    )


@dataclass(frozen=True)
class Seal:
    """The act that counted the round, whole, so that its digest can be made again."""

    link: Link
    salt: str
    digest: str


@dataclass(frozen=True)
class Board:
    """All that a round's box came to, and the act of the record that vouches for it."""

    format: str
    session: str
    round: int
    cast: int
    lines: tuple[BoardLine, ...]
    seal: Seal | None = None


@dataclass(frozen=True)
class Fault:
    """What is wrong with a board, and on which line if on one."""

    code: str
    line: str | None = None


def digest_board(board: Board) -> str:
    """Digest a board without its seal, which carries the digest."""
    return digest_of(as_data(replace(board, seal=None)))


def said_of(board: Board) -> dict[str, Any]:
    """Give what the act that counts a round says of it in the record."""
    return {
        "session": board.session,
        "round": board.round,
        "board": digest_board(board),
    }


def faults(board: Board, act: str | None = None) -> list[Fault]:
    """List everything wrong with a board: nothing is wrong with a whole one.

    Whoever makes up a whole board can make up its seal as well: *act* is the digest
    that the record has, for those who know it from there.
    """
    found = [fault for line in board.lines for fault in _line_faults(board, line)]
    if len({line.line for line in board.lines}) < len(board.lines):
        found.append(Fault("line_twice"))
    return [*found, *_seal_faults(board, act)]


def _line_faults(board: Board, line: BoardLine) -> Iterator[Fault]:
    if not 0 <= line.ballots <= min(line.electors, board.cast):
        yield Fault("too_many_ballots", line.line)
    if line.entries is None or line.tally is None:
        if line.entries is not None or line.tally is not None:
            yield Fault("half_masked", line.line)
        return
    yield from _entry_faults(line, line.entries, line.tally)


def _entry_faults(
    line: BoardLine, entries: tuple[CodedChoice, ...], said: Tally
) -> Iterator[Fault]:
    if len(entries) < line.ballots:
        yield Fault("short", line.line)
    if len(entries) > line.ballots:
        yield Fault("long", line.line)
    if len({entry.code for entry in entries}) < len(entries):
        yield Fault("doubled", line.line)
    if not all(_PUBLISHED_CODE.fullmatch(entry.code) for entry in entries):
        yield Fault("strange_code", line.line)
    counted = tally(entries)
    if counted != said:
        yield Fault("miscounted", line.line)
    if line.carried != _carries(line, counted):
        yield Fault("wrong_outcome", line.line)


def _carries(line: BoardLine, counted: Tally) -> bool | None:
    """Say whether the votes carry the line; None when they cannot be votes on it."""
    if counted.yes > line.electors:
        return None
    threshold = Threshold.parse(line.threshold)
    return passes(counted.yes, line.electors, threshold, Ballot.SECRET)


def _seal_faults(board: Board, act: str | None) -> Iterator[Fault]:
    if board.seal is None:
        yield Fault("unsealed")
        return
    link, salt = board.seal.link, bytes.fromhex(board.seal.salt)
    lines = tuple(line.line for line in board.lines)
    said = digest_payload(salt, said_of(board))
    if (link.kind, link.lines, link.payload_digest) != (COUNTED, lines, said):
        yield Fault("forged")
    if digest_link(link) != board.seal.digest:
        yield Fault("unchained")
    if act is not None and act != board.seal.digest:
        yield Fault("other_act")


def as_data(board: Board) -> Mapping[str, Any]:
    """Write a board as the JSON that is published."""
    # By hand where there are thousands of a thing: `asdict` copies each of their parts.
    lines = [
        vars(line)
        | {
            "tally": line.tally and vars(line.tally),
            "entries": line.entries and [vars(entry) for entry in line.entries],
        }
        for line in board.lines
    ]
    return vars(board) | {"lines": lines, "seal": board.seal and asdict(board.seal)}
