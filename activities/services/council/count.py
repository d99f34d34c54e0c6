"""A vote ends: boxes are opened, boards written, sheets forgotten."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import delete, tuple_
from sqlmodel import Session, col, select

from activities.deed import Deed
from activities.services.council.paper import agreed, paper_counts
from activities.services.council.rounds import VotingSession
from activities.services.council.sitting import members_of
from ballots.box import BallotBox
from ballots.keys import Broken, KeyGone
from domain.council.ballots import (
    CodedChoice,
    Mark,
    Method,
    Tally,
    is_masked,
    tally,
    unlinked,
)
from domain.council.boards import COUNTED, Board, said_of
from domain.council.presiding import who_presides
from domain.council.thresholds import Ballot, Threshold, passes
from domain.grouping import grouped
from domain.refusals import Refused, refuse
from store.boards import board_of
from store.database import insert_all, lock, put, update_all
from store.findings.conflicts import in_the_chair, nominee
from store.tables import (
    BoardEntry,
    CouncilSession,
    PaperCount,
    RoundLine,
    SealedSheet,
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
    sealed, papers = _sealed(deed.session, key), paper_counts(deed.session, key)
    chairs = in_the_chair(each for each in members_of(deed, key) if each.present)
    for voting in votes.open:
        rows = votes.about(voting)
        sheets = _open_sheets(box, voting, rows, cast[voting.number], sealed)
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
    """Write what rounds came to, and close them."""
    update_all(deed.session, found.counted(), *_COUNTED)
    insert_all(deed.session, BoardEntry, list(_board(found)))
    end_rounds(deed, rounds)


FIGURES = ("yes", "no", "blank")
_COUNTED = ("ballots", "masked", "carried", *FIGURES)


def end_rounds(deed: Deed, rounds: Iterable[VotingRound]) -> None:
    """Close rounds, and forget their sheets; keys are destroyed after the commit."""
    ended = list(rounds)
    if not ended:
        return
    deed.session.flush()
    places = [(voting.session, voting.number) for voting in ended]
    place = tuple_(col(SealedSheet.session), col(SealedSheet.round))
    deed.session.connection().execute(delete(SealedSheet).where(place.in_(places)))
    for voting in ended:
        voting.closed_at = deed.at
        if voting.public_key is not None:
            deed.spent.append(voting.public_key.hex())
    deed.session.add_all(ended)


def end_rounds_of_campaign(deed: Deed) -> None:
    """Close every round that is open, unopened: nobody will ever count it."""
    sessions = lock(
        deed.session, CouncilSession, CouncilSession.campaign == deed.campaign
    )
    rounds = select(VotingRound).where(
        col(VotingRound.session).in_([session.id for session in sessions]),
        col(VotingRound.closed_at).is_(None),
    )
    end_rounds(deed, deed.session.exec(rounds))


def _open_sheets(
    box: BallotBox,
    voting: VotingRound,
    rows: Rows,
    cast: Iterable[str],
    sealed: Mapping[int, Sequence[bytes]],
) -> Mapping[str, Sequence[CodedChoice]]:
    """Open what was said of the lines that are voted on by sheets."""
    sheets = by_sheet(rows)
    if not sheets:
        return {}  # voided or withdrawn: what was said of them is never opened
    voters = frozenset(cast)
    found = _open(box, voting, sealed[voting.number], len(voters))
    for row, _ in sheets:
        if len(found[str(row.line)]) != len(voters.difference(row.recused)):
            raise _wrong_box(voting)
    return found


def _open(
    box: BallotBox, voting: VotingRound, sealed: Sequence[bytes], cast: int
) -> dict[str, list[CodedChoice]]:
    """Open a box; what was one member's sheet is told apart no more."""
    assert voting.public_key is not None  # noqa: S101 - there are sheets to open
    try:
        sheets = box.keys.open(voting.public_key, sealed)
    except KeyGone:
        raise refuse(
            "key_gone",
            f"Không còn khóa mở hòm phiếu của vòng {voting.number}; các đề nghị phải "
            "được biểu quyết lại.",
        ) from None
    except Broken:
        raise _wrong_box(voting) from None
    if len(sheets) != cast:
        raise _wrong_box(voting)
    return _by_line(sheets)


def _sealed(session: Session, key: str) -> dict[int, list[bytes]]:
    query = select(SealedSheet.round, SealedSheet.content).where(
        SealedSheet.session == key
    )
    return grouped(session.exec(query.order_by(col(SealedSheet.id))))


def _by_line(sheets: Sequence[Sequence[Mark]]) -> dict[str, list[CodedChoice]]:
    return grouped(
        (mark.line, CodedChoice(mark.code, mark.choice))
        for sheet in sheets
        for mark in sheet
    )


def _wrong_box(voting: VotingRound) -> Refused:
    return refuse(
        "box_wrong",
        f"Số phiếu trong hòm của vòng {voting.number} không khớp số người đã bỏ "
        "phiếu; các đề nghị phải được biểu quyết lại.",
    )


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


def publish(deed: Deed, found: Count, voting: VotingRound) -> None:
    """Write an act of its own for a board, whose digest anybody may make again.

    Call it last: it holds the chain's head.
    """
    act = Deed(deed.session, deed.campaign, COUNTED, deed.at, trace=None)
    voting.counted_by = act.id
    deed.session.add(voting)
    board, said = found.boards[voting.number]
    act.lines += [line.line for line in board.lines]
    act.facts |= said
    act.close()
