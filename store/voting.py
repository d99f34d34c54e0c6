"""The rounds of a session's vote: what is open, who has cast, who votes on what."""

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlmodel import Session, col, select

from domain.council.ballots import Method
from domain.states import LineState
from store.tables import (
    BallotCast,
    Nomination,
    RoundLine,
    SessionLine,
    VotingRound,
)

Rows = list[tuple[RoundLine, Nomination]]


def rounds_of(session: Session, key: str) -> list[VotingRound]:
    """List a session's rounds, the first one first."""
    query = select(VotingRound).where(VotingRound.session == key)
    return list(session.exec(query.order_by(col(VotingRound.number))))


def open_rounds(session: Session, key: str) -> list[VotingRound]:
    """List the rounds that still take votes."""
    return [each for each in rounds_of(session, key) if each.closed_at is None]


def all_lines_in(session: Session, voting: VotingRound) -> Rows:
    """List the lines that a round opened on, as the session has them in order."""
    rows = session.exec(
        select(RoundLine, Nomination)
        .join(Nomination, col(Nomination.id) == col(RoundLine.line))
        .join(
            SessionLine,
            (col(SessionLine.session) == col(RoundLine.session))
            & (col(SessionLine.line) == col(RoundLine.line)),
        )
        .where(RoundLine.session == voting.session, RoundLine.round == voting.number)
        .order_by(col(SessionLine.position))
    )
    return [(row, line) for row, line in rows]


def is_live(row: RoundLine, line: Nomination) -> bool:
    """Say whether a round is still about a line: not voided, not withdrawn."""
    return row.voided_at is None and line.state is not LineState.WITHDRAWN


def lines_in(session: Session, voting: VotingRound) -> Rows:
    """List the lines that a round is still about."""
    return [pair for pair in all_lines_in(session, voting) if is_live(*pair)]


def standing_rows(session: Session, key: str) -> dict[UUID, RoundLine]:
    """Find, for each line of a session, its row in the last round that stands."""
    rows = session.exec(
        select(RoundLine)
        .where(RoundLine.session == key, col(RoundLine.voided_at).is_(None))
        .order_by(col(RoundLine.round))
    )
    return {row.line: row for row in rows}


def casters(session: Session, voting: VotingRound) -> list[str]:
    """List who has cast in a round."""
    query = select(BallotCast.person).where(
        BallotCast.session == voting.session, BallotCast.round == voting.number
    )
    return list(session.exec(query.order_by(BallotCast.person)))


def by_sheet(rows: Iterable[tuple[RoundLine, Nomination]]) -> Rows:
    """Keep the lines that are voted on by sealed sheets."""
    return [(row, line) for row, line in rows if row.method is Method.SHEETS]


def awaited(
    voting: VotingRound,
    rows: Iterable[tuple[RoundLine, Nomination]],
    cast: Collection[str],
) -> list[str]:
    """List who may still cast a sheet in a round and has not."""
    sheets = by_sheet(rows)
    return [
        person
        for person in voting.roll
        if person not in cast and any(person not in row.recused for row, _ in sheets)
    ]


def awaited_in(session: Session, key: str) -> list[str]:
    """List who may still cast a sheet in any open round of a session."""
    people = {
        person
        for voting in open_rounds(session, key)
        for person in awaited(
            voting, lines_in(session, voting), casters(session, voting)
        )
    }
    return sorted(people)
