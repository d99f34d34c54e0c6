"""Every vote, counted again: from its board, the hands, or the tellers' paper."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.council.ballots import Method
from domain.council.boards import (
    COUNTED,
    FORMAT,
    Board,
    BoardLine,
    board_line,
    digest_board,
    faults,
)
from domain.council.thresholds import Ballot, Threshold, passes
from domain.record.entries import (
    ActEntry,
    Entry,
    Figures,
    OutcomeEntry,
    RoundEntry,
    VoteEntry,
)
from domain.record.flaws import Flaw

_Place = tuple[str, str]  # a session and a line
# What voids the vote that was open on lines, or lets them be voted on anew.
_ANEW = ("order_second_round", "repeat_vote", "declare_conflict")
_NOTHING: Figures = (None, None, None)


@dataclass(frozen=True)
class _Count:
    """What was counted by hand: figures or, where they are not told, the outcome."""

    figures: Figures
    ballots: int
    carried: bool | None = None
    chair_yes: bool | None = None


@dataclass
class VotesCheck:
    """What each round came to is what was said in it, and each outcome what was found.

    *blind* are sessions of which a word is erased: their hands are not counted again.
    """

    boards: dict[tuple[str, int], tuple[str | None, int]] = field(default_factory=dict)
    open: defaultdict[_Place, dict[str, _Count]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    counts: defaultdict[_Place, list[_Count]] = field(
        default_factory=lambda: defaultdict(list)
    )
    outcomes: dict[_Place, tuple[str | None, int]] = field(default_factory=dict)
    last: dict[_Place, Figures] = field(default_factory=dict)
    blind: set[str] = field(default_factory=set)

    def take(self, entry: Entry) -> Iterator[Flaw]:
        """Learn what an act has counted, and hold what stands against that."""
        match entry:
            case ActEntry(link=link) if link.kind == COUNTED:
                said = entry.said or {}
                place = said.get("session", ""), said.get("round", 0)
                self.boards[place] = said.get("board"), link.seq
            case ActEntry() if entry.target.startswith("council:"):
                self._learn(entry, entry.target.removeprefix("council:"))
            case RoundEntry():
                yield from self._counted(entry)
            case OutcomeEntry():
                yield from self._outcome(entry)

    def end(self) -> Iterator[Flaw]:
        """Name the boards whose round is not there, and what could not be counted."""
        for (session, number), (_, seq) in self.boards.items():
            yield Flaw("round_missing", seq, f"{session}/{number}")
        for session in sorted(self.blind):
            yield Flaw("not_counted_again", what=session)

    def _learn(self, act: ActEntry, session: str) -> None:
        body, kind = act.body, act.link.kind
        if body is None or act.said is None:
            self.blind.add(session)
            return
        if kind in _ANEW:
            for line in body.get("lines", [body.get("line")]):
                self.open.pop((session, line), None)
                self.outcomes[session, line] = None, act.link.seq
        elif kind in _COUNTS:
            for said in body["lines"]:
                by = act.link.actor if kind == _PAPER else ""
                self.open[session, said["line"]][by] = _COUNTS[kind](said)
        elif kind == "close_voting":
            for place in [place for place in self.open if place[0] == session]:
                self.counts[place].append(next(iter(self.open.pop(place).values())))
        for line, outcome in act.said.get("outcomes", {}).items():
            self.outcomes[session, line] = outcome, act.link.seq

    def _counted(self, voting: RoundEntry) -> Iterator[Flaw]:
        place = f"{voting.session}/{voting.round}"
        said, seq = self.boards.pop((voting.session, voting.round), (None, None))
        sheets = [
            row
            for row in voting.lines
            if row.method == Method.SHEETS and row.carried is not None
        ]
        if sheets or said is not None:
            board = _board(voting, sheets)
            if said != digest_board(board):
                yield Flaw("board_changed", seq, place)
            for fault in faults(board):
                if fault.code != "unsealed":
                    yield Flaw(fault.code, seq, f"{place} {fault.line or ''}".strip())
        for row in voting.lines:
            if row.carried is not None and row.method != Method.SHEETS:
                yield from self._by_hand(voting, row)
            figures = _NOTHING if row.void else row.figures
            self.last[voting.session, row.line] = figures

    def _by_hand(self, voting: RoundEntry, row: VoteEntry) -> Iterator[Flaw]:
        if voting.session in self.blind:
            return
        what = f"{voting.session}/{voting.round} {row.line}"
        found = self.counts[voting.session, row.line]
        count = found.pop(0) if found else None
        if count is None or (count.figures, count.ballots) != (
            row.figures,
            row.ballots,
        ):
            yield Flaw("miscounted", what=what)
        elif row.carried not in _may_carry(row, count):
            yield Flaw("wrong_outcome", what=what)

    def _outcome(self, row: OutcomeEntry) -> Iterator[Flaw]:
        if row.session in self.blind:
            return
        place, what = (row.session, row.line), f"{row.session} {row.line}"
        outcome, seq = self.outcomes.get(place, (None, None))
        if row.outcome != outcome:
            yield Flaw("outcome_changed", seq, what)
        open_to = [count.figures for count in self.open.get(place, {}).values()]
        if row.figures not in (*open_to, self.last.get(place, _NOTHING)):
            yield Flaw("miscounted", what=what)


def _hands(said: Mapping[str, Any]) -> _Count:
    figures = said["yes"], said["no"], said.get("blank", 0)
    return _Count(figures, sum(figures), chair_yes=said.get("chair_yes"))


def _paper(said: Mapping[str, Any]) -> _Count:
    figures = said.get("yes"), said.get("no"), said.get("blank")
    return _Count(figures, said["collected"], said.get("carried"))


_PAPER = "record_paper_count"
_COUNTS = {"record_show_of_hands": _hands, _PAPER: _paper}


def _may_carry(row: VoteEntry, count: _Count) -> set[bool | None]:
    """Say what a count may come to: at half, the chair may have had a casting vote."""
    if row.yes is None:
        return {count.carried}
    threshold = Threshold.parse(row.threshold)
    ballot = Ballot.OPEN if row.method == Method.HANDS else Ballot.SECRET
    sides = (None, count.chair_yes)
    return {passes(row.yes, row.electors, threshold, ballot, side) for side in sides}


def _board(voting: RoundEntry, rows: Sequence[VoteEntry]) -> Board:
    lines = tuple(_lines(rows))
    return Board(FORMAT, voting.session, voting.round, voting.cast, lines)


def _lines(rows: Iterable[VoteEntry]) -> Iterator[BoardLine]:
    for row in rows:
        yield board_line(row.line, row.subject, row.title, row, row.entries)
