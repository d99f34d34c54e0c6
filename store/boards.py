"""The board of a counted round, put together from its rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlmodel import Session, func, select

from domain.council.ballots import CodedChoice
from domain.council.boards import FORMAT, Board, Seal, board_line
from domain.grouping import grouped
from store import record
from store.tables import BallotCast, BoardEntry, Nomination, RoundLine, VotingRound
from store.voting import all_lines_in, by_sheet


def board_of(
    voting: VotingRound,
    cast: int,
    rows: Iterable[tuple[RoundLine, Nomination]],
    entries: Mapping[UUID, Sequence[CodedChoice]],
) -> Board:
    """Write what a round came to in which so many have *cast*, without its seal.

    *entries* are what was said of each of its lines, in the order of the codes.
    """
    return Board(
        format=FORMAT,
        session=voting.session,
        round=voting.number,
        cast=cast,
        lines=tuple(
            board_line(
                str(line.id),
                line.subject,
                line.title,
                row,
                entries.get(row.line, ()),
            )
            for row, line in by_sheet(rows)
            if row.carried is not None
        ),
    )


def sealed_board_of(session: Session, voting: VotingRound) -> Board | None:
    """Write a board with the act that vouches for it; None before the count."""
    if voting.counted_by is None:
        return None
    rows, entries = all_lines_in(session, voting), entries_of(session, voting)
    board = board_of(voting, turnout(session, voting), rows, entries)
    link, salt, digest = record.link_of(session, voting.counted_by)
    return replace(board, seal=Seal(link, salt.hex(), digest))


def turnout(session: Session, voting: VotingRound) -> int:
    """Count who has cast in a round."""
    query = select(func.count()).where(
        BallotCast.session == voting.session, BallotCast.round == voting.number
    )
    return session.exec(query).one()


def entries_of(session: Session, voting: VotingRound) -> dict[UUID, list[CodedChoice]]:
    """Read what stands on a round's board, by line, in the order of the codes."""
    rows: Iterable[tuple[UUID, str, Any]] = session.exec(
        select(BoardEntry.line, BoardEntry.code, BoardEntry.choice).where(
            BoardEntry.session == voting.session, BoardEntry.round == voting.number
        )
    )
    found = sorted(rows, key=lambda row: row[1])
    return grouped((line, CodedChoice(code, choice)) for line, code, choice in found)
