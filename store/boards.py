"""The board of a counted round, put together from its rows."""

from dataclasses import replace
from uuid import UUID

from sqlmodel import Session, select

from domain.council.ballots import CodedChoice, Tally
from domain.council.boards import FORMAT, Board, BoardLine, Seal
from domain.grouping import grouped
from store import record
from store.tables import BoardEntry, Nomination, RoundLine, VotingRound
from store.voting import all_lines_in, by_sheet, casters


def board_of(session: Session, voting: VotingRound) -> Board:
    """Write what a round came to, without its seal."""
    entries = _entries(session, voting)
    counted = [
        (row, line)
        for row, line in by_sheet(all_lines_in(session, voting))
        if row.carried is not None
    ]
    return Board(
        format=FORMAT,
        session=voting.session,
        round=voting.number,
        cast=len(casters(session, voting)),
        lines=tuple(_line(row, line, entries[row.line]) for row, line in counted),
    )


def sealed_board_of(session: Session, voting: VotingRound) -> Board | None:
    """Write a board with the act that vouches for it; None before the count."""
    if voting.counted_by is None:
        return None
    link, salt, digest = record.link_of(session, voting.counted_by)
    return replace(board_of(session, voting), seal=Seal(link, salt.hex(), digest))


def _entries(session: Session, voting: VotingRound) -> dict[UUID, list[CodedChoice]]:
    rows = session.exec(
        select(BoardEntry)
        .where(BoardEntry.session == voting.session, BoardEntry.round == voting.number)
        .order_by(BoardEntry.code)
    )
    return grouped((row.line, CodedChoice(row.code, row.choice)) for row in rows)


def _line(row: RoundLine, line: Nomination, entries: list[CodedChoice]) -> BoardLine:
    counted = None if row.masked else Tally(row.yes or 0, row.no or 0, row.blank or 0)
    return BoardLine(
        line=str(line.id),
        subject=line.subject,
        title=line.title,
        threshold=row.threshold,
        electors=row.electors,
        ballots=row.ballots or 0,
        carried=bool(row.carried),
        tally=counted,
        entries=None if row.masked else tuple(entries),
    )
