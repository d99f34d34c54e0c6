"""The rounds of a session's vote: what is open, who has cast, who votes on what."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from domain.council.ballots import Method
from domain.grouping import grouped
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
    return _lines(session, voting.session, RoundLine.round == voting.number)


def all_lines_by_round(session: Session, key: str) -> dict[int, Rows]:
    """List the lines that each round of a session opened on, in one query."""
    return grouped((row.round, (row, line)) for row, line in _lines(session, key))


def _lines(session: Session, key: str, *where: Any) -> Rows:
    rows = session.exec(
        select(RoundLine, Nomination)
        .join(Nomination, col(Nomination.id) == col(RoundLine.line))
        .join(
            SessionLine,
            (col(SessionLine.session) == col(RoundLine.session))
            & (col(SessionLine.line) == col(RoundLine.line)),
        )
        .where(RoundLine.session == key, *where)
        .order_by(col(SessionLine.position))
    )
    return [(row, line) for row, line in rows]


def is_live(row: RoundLine, line: Nomination) -> bool:
    """Say whether a round is still about a line: not voided, not withdrawn."""
    return row.voided_at is None and line.state is not LineState.WITHDRAWN


def live(rows: Iterable[tuple[RoundLine, Nomination]]) -> Rows:
    """Keep the lines that their round is still about."""
    return [pair for pair in rows if is_live(*pair)]


def lines_in(session: Session, voting: VotingRound) -> Rows:
    """List the lines that a round is still about."""
    return live(all_lines_in(session, voting))


def open_lines(
    session: Session, key: str
) -> list[tuple[VotingRound, RoundLine, Nomination]]:
    """List the lines that the rounds which still take votes are about."""
    lines = all_lines_by_round(session, key)
    return [
        (voting, row, line)
        for voting in open_rounds(session, key)
        for row, line in live(lines[voting.number])
    ]


def unvoted(session: Session, key: str) -> list[Nomination]:
    """List the lines of which the last vote is void, and was not held again."""
    lines = all_lines_by_round(session, key)
    last = {line.id: (row, line) for n in sorted(lines) for row, line in lines[n]}
    return [
        line
        for row, line in last.values()
        if row.voided_at is not None and line.state is LineState.ON_BALLOT
    ]


def standing_rows(session: Session, key: str) -> dict[UUID, RoundLine]:
    """Find, for each line of a session, its row in the last round that stands."""
    return standing_rows_of(session, [key])[key]


def standing_rows_of(
    session: Session, keys: Collection[str]
) -> dict[str, dict[UUID, RoundLine]]:
    """Find the same for the lines of some sessions, in one query."""
    rows = session.exec(
        select(RoundLine)
        .where(col(RoundLine.session).in_(keys), col(RoundLine.voided_at).is_(None))
        .order_by(col(RoundLine.round))
    )
    found: dict[str, dict[UUID, RoundLine]] = {key: {} for key in keys}
    for row in rows:
        found[row.session][row.line] = row
    return found


def session_lines(session: Session, key: str) -> dict[UUID, SessionLine]:
    """Read what a session has come to on each of its lines."""
    rows = session.exec(select(SessionLine).where(SessionLine.session == key))
    return {row.line: row for row in rows}


def counted_rounds(session: Session, key: str) -> dict[UUID, list[RoundLine]]:
    """Find, for each line of a session, its rows in the rounds that were counted."""
    rows = session.exec(
        select(RoundLine)
        .where(RoundLine.session == key, col(RoundLine.carried).is_not(None))
        .order_by(col(RoundLine.round))
    )
    return grouped((row.line, row) for row in rows)


def casters(session: Session, voting: VotingRound) -> list[str]:
    """List who has cast in a round."""
    return list(casts_of(session, voting.session)[voting.number])


def casts_of(session: Session, key: str) -> dict[int, dict[str, datetime]]:
    """Find who has cast in each round of a session, and when."""
    query = select(BallotCast).where(BallotCast.session == key)
    found: dict[int, dict[str, datetime]] = defaultdict(dict)
    for row in session.exec(query.order_by(BallotCast.person)):
        found[row.round][row.person] = row.at
    return found


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
    lines, cast = all_lines_by_round(session, key), casts_of(session, key)
    people = {
        person
        for voting in open_rounds(session, key)
        for person in awaited(voting, live(lines[voting.number]), cast[voting.number])
    }
    return sorted(people)
