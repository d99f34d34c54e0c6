"""A vote ends: what each line came to is counted, and boards are written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from activities.deed import Deed
from activities.services.council.boxes import end_rounds, open_sheets, sealed_in
from activities.services.council.paper import agreed, paper_counts
from activities.services.council.rounds import VotingSession
from activities.services.council.sitting import members_of
from ballots.box import BallotBox
from domain.council.ballots import (
    CodedChoice,
    Method,
    Tally,
    is_masked,
    tally,
    unlinked,
)
from domain.council.boards import COUNTED, Board, said_of
from domain.council.presiding import who_presides
from domain.council.thresholds import Ballot, Threshold, passes
from domain.refusals import refuse
from store import record
from store.boards import board_of
from store.database import insert_all, put, update_all
from store.findings.conflicts import in_the_chair, nominee
from store.tables import (
    BoardEntry,
    PaperCount,
    RoundLine,
    SessionLine,
    VotingRound,
)
from store.voting import Casts, Rows, Votes, by_sheet

Entries = Mapping[UUID, Sequence[CodedChoice]]


@dataclass(frozen=True)
class Count:
    """What open rounds came to: set on their rows, and not yet written.

    *rows* are the lines of each round that it was still about, and *entries* what its
    board says of them; of those voted on by sheets *boards* has the board.
    """

    cast: Casts
    rows: dict[int, Rows] = field(default_factory=dict)
    entries: dict[int, Entries] = field(default_factory=dict)
    boards: dict[int, tuple[Board, dict[str, Any]]] = field(default_factory=dict)

    def counted(self) -> list[RoundLine]:
        """List the rows that have been counted."""
        return [row for rows in self.rows.values() for row, _ in rows]


def count_rounds(
    deed: Deed,
    box: BallotBox,
    council: VotingSession,
    votes: Votes,
    cast: Casts,
    standing: Mapping[UUID, SessionLine],
) -> Count:
    """Say of each line that is voted on what the votes on it came to.

    Nothing is written before all is judged. Raises Refused when a box cannot be
    opened, or holds not what was cast.
    """
    key, found = council.session.id, Count(cast)
    sealed, papers = sealed_in(deed.session, key), paper_counts(deed.session, key)
    chairs = in_the_chair(each for each in members_of(deed, key) if each.present)
    for voting in votes.open:
        rows = votes.about(voting)
        sheets = open_sheets(box, voting, rows, cast[voting.number], sealed)
        for row, line in rows:
            match row.method:
                case Method.SHEETS:
                    _count_entries(council, row, sheets[str(row.line)])
                case Method.PAPER:
                    _count_paper(council, row, papers[row.round, row.line])
                case Method.HANDS:
                    presider = who_presides(chairs, {*row.recused, *nominee(line)})
                    _count_hands(council, row, standing[row.line], presider)
        found.rows[voting.number] = rows
        found.entries[voting.number] = _unlinked(box, rows, sheets)
        if by_sheet(rows):
            found.boards[voting.number] = _board_of(found, voting)
    for row in found.counted():
        put(standing[row.line], yes=row.yes, no=row.no, blank=row.blank)
    return found


def write_count(deed: Deed, found: Count, rounds: Sequence[VotingRound]) -> None:
    """Write what rounds came to, and close them.

    Boards come first: they are long to lay out, and what is laid out before the first
    thing is written keeps nobody waiting.
    """
    insert_all(deed.session, BoardEntry, list(_board(found)))
    update_all(deed.session, found.counted(), *_COUNTED)
    end_rounds(deed, rounds)


FIGURES = ("yes", "no", "blank")
_COUNTED = ("ballots", "masked", "carried", *FIGURES)


def _count_entries(
    council: VotingSession, row: RoundLine, entries: Sequence[CodedChoice]
) -> None:
    masked = is_masked(len(entries), fewest(council))
    put(row, ballots=len(entries), masked=masked)
    _settle(row, tally(entries), Ballot.SECRET)


def _unlinked(
    box: BallotBox, rows: Rows, sheets: Mapping[str, Sequence[CodedChoice]]
) -> Entries:
    """Give what was said of each line that is not masked, in no member's order."""
    return {
        row.line: unlinked(sheets[line], box.chance)
        for row, _ in rows
        if (line := str(row.line)) in sheets and not row.masked
    }


def _board_of(found: Count, voting: VotingRound) -> tuple[Board, dict[str, Any]]:
    """Write the board of a round, and what its act says of it: its digest is long."""
    cast = len(found.cast[voting.number])
    rows, entries = found.rows[voting.number], found.entries[voting.number]
    board = board_of(voting, cast, rows, entries)
    return board, said_of(board)


def _board(found: Count) -> Iterator[dict[str, Any]]:
    """Lay out the entries of every line, in the order of their codes."""
    for rows in found.rows.values():
        for row, _ in rows:
            place = {"session": row.session, "round": row.round, "line": row.line}
            for entry in found.entries[row.round].get(row.line, ()):
                yield {**place, "code": entry.code, "choice": entry.choice}


def fewest(council: VotingSession) -> int:
    """Give the number of ballots up to which a line is masked."""
    masked = council.pack.council.masked_ballots
    return masked.ballots if masked else 0


def _settle(
    row: RoundLine, counted: Tally, ballot: Ballot, chair_yes: bool | None = None
) -> None:
    """Say whether the votes carry a line, and unless masked how many."""
    threshold = Threshold.parse(row.threshold)
    put(row, carried=passes(counted.yes, row.electors, threshold, ballot, chair_yes))
    if not row.masked:
        put(row, yes=counted.yes, no=counted.no, blank=counted.blank)


def _count_hands(
    council: VotingSession, row: RoundLine, standing: SessionLine, presider: str | None
) -> None:
    counted = Tally(standing.yes or 0, standing.no or 0, standing.blank or 0)
    put(row, ballots=counted.total)
    casting = council.pack.council.chair_breaks_open_tie.allowed
    chair_yes = standing.chair_yes if casting and presider else None
    _settle(row, counted, Ballot.OPEN, chair_yes)


def _count_paper(
    council: VotingSession, row: RoundLine, counts: Sequence[PaperCount]
) -> None:
    found = agreed(counts)
    if found is None:
        raise refuse(
            "not_counted", "Còn đề nghị chưa có hai người kiểm phiếu ghi số khớp nhau."
        )
    masked = is_masked(found.collected, fewest(council))
    put(row, ballots=found.collected, masked=masked)
    if found.carried is None:
        counted = Tally(found.yes or 0, found.no or 0, found.blank or 0)
        _settle(row, counted, Ballot.SECRET)
    else:
        put(row, carried=found.carried)


def publish(deed: Deed, found: Count, voting: VotingRound) -> record.NewAct:
    """Give a board an act of its own, whose digest anybody may make again."""
    act = Deed(deed.session, deed.campaign, COUNTED, deed.at, trace=None)
    voting.counted_by = act.id
    deed.session.add(voting)
    board, said = found.boards[voting.number]
    act.lines += [line.line for line in board.lines]
    act.facts |= said
    return act.written()
