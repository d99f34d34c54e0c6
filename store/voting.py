"""The rounds of a session's vote: what is open, who has cast, who votes on what."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select as sql
from sqlmodel import Session, col, func, select

from domain.council.ballots import Method
from domain.grouping import grouped
from domain.states import LineState
from store.database import among, one_of, only_read
from store.tables import (
    COUNTED_BY_PEOPLE,
    BallotCast,
    Nomination,
    RoundLine,
    SessionLine,
    VotingRound,
)

Rows = list[tuple[RoundLine, Nomination]]
Casts = Mapping[int, Mapping[str, datetime]]  # by round: who has cast, and when


@dataclass(frozen=True)
class Votes:
    """The rounds of a session, the first one first, and the lines of each.

    A session has several at once where its lines are too many for one sheet. As read
    in two queries: whoever asks several things of it sees one moment.
    """

    rounds: Sequence[VotingRound]
    lines: Mapping[int, Rows]

    @property
    def open(self) -> list[VotingRound]:
        """List the rounds that still take votes."""
        return [each for each in self.rounds if each.closed_at is None]

    def about(self, voting: VotingRound) -> Rows:
        """List the lines that a round is still about."""
        return live(self.lines[voting.number])

    def open_lines(self) -> list[tuple[VotingRound, RoundLine, Nomination]]:
        """List the lines that the rounds which still take votes are about."""
        return [
            (voting, row, line)
            for voting in self.open
            for row, line in self.about(voting)
        ]

    def unvoted(self) -> list[Nomination]:
        """List the lines of which the last vote is void, and was not held again."""
        last = {
            line.id: (row, line)
            for voting in self.rounds
            for row, line in self.lines[voting.number]
        }
        return [
            line
            for row, line in last.values()
            if row.voided_at is not None and line.state is LineState.ON_BALLOT
        ]

    def standing(self) -> dict[UUID, RoundLine]:
        """Find, for each line, its row in the last round that stands."""
        return {
            row.line: row
            for voting in self.rounds
            for row, _ in self.lines[voting.number]
            if row.voided_at is None
        }

    def counted(self) -> dict[UUID, list[RoundLine]]:
        """Find, for each line, its rows in the rounds that were counted."""
        return grouped(
            (row.line, row)
            for voting in self.rounds
            for row, _ in self.lines[voting.number]
            if row.carried is not None
        )

    def awaited(self, cast: Casts) -> list[str]:
        """List who may still cast a sheet in any open round, and has not."""
        return sorted(
            {
                person
                for voting in self.open
                for person in awaited(
                    voting,
                    [row.recused for row, _ in by_sheet(self.about(voting))],
                    cast[voting.number],
                )
            }
        )


def votes_of(session: Session, key: str) -> Votes:
    """Read the rounds of a session, and the lines that each opened on."""
    return Votes(rounds_of(session, key), all_lines_by_round(session, key))


def rounds_of(session: Session, key: str) -> list[VotingRound]:
    """List a session's rounds, the first one first."""
    query = select(VotingRound).where(VotingRound.session == key)
    return list(session.exec(query.order_by(col(VotingRound.number))))


def open_rounds(session: Session, key: str, after: int, most: int) -> list[VotingRound]:
    """List at most so many rounds of a session that are open, *after* one."""
    query = select(VotingRound).where(
        VotingRound.session == key,
        col(VotingRound.closed_at).is_(None),
        VotingRound.number > after,
    )
    return list(session.exec(query.order_by(col(VotingRound.number)).limit(most)))


def all_lines_in(session: Session, voting: VotingRound) -> Rows:
    """List the lines that a round opened on, as the session has them in order."""
    return all_lines_by_round(session, voting.session, [voting.number])[voting.number]


def all_lines_by_round(
    session: Session, key: str, numbers: Collection[int] | None = None
) -> defaultdict[int, Rows]:
    """List the lines that rounds of a session opened on, all or some, in one query."""
    where = [among(RoundLine.round, numbers)]
    rows = session.exec(_in_order(select(RoundLine, Nomination), key, where))
    return grouped((row.round, (row, line)) for row, line in rows)


def _in_order(query: Any, key: str, where: Iterable[Any]) -> Any:
    """Ask it of the lines of a session's rounds, as the session has them in order."""
    return (
        query.join(Nomination, col(Nomination.id) == col(RoundLine.line))
        .join(
            SessionLine,
            (col(SessionLine.session) == col(RoundLine.session))
            & (col(SessionLine.line) == col(RoundLine.line)),
        )
        .where(RoundLine.session == key, *where)
        .order_by(col(SessionLine.position))
    )


class SheetLine(NamedTuple):
    """A line on the sheets of a round; *live* while the round is still about it."""

    line: UUID
    subject: str
    title: str
    recused: Sequence[str]
    live: bool


def sheet_lines(
    session: Session, key: str, numbers: Collection[int]
) -> defaultdict[int, list[SheetLine]]:
    """List, by round, the lines that rounds of a session put on sealed sheets."""
    # The columns alone: whoever casts, or looks, waits for them.
    asked = sql(
        col(RoundLine.round),
        col(RoundLine.line),
        col(Nomination.subject),
        col(Nomination.title),
        col(RoundLine.recused),
        col(RoundLine.voided_at),
        col(Nomination.state) == LineState.WITHDRAWN,
    )
    on_sheets = RoundLine.method == Method.SHEETS
    of_rounds = one_of(col(RoundLine.round), numbers)
    rows = session.execute(_in_order(asked, key, [of_rounds, on_sheets]))
    return grouped(
        (number, SheetLine(line, subject, title, recused, live=not (voided or out)))
        for number, line, subject, title, recused, voided, out in rows
    )


def is_live(row: RoundLine, line: Nomination) -> bool:
    """Say whether a round is still about a line: not voided, not withdrawn."""
    return row.voided_at is None and line.state is not LineState.WITHDRAWN


def live(rows: Iterable[tuple[RoundLine, Nomination]]) -> Rows:
    """Keep the lines that their round is still about."""
    return [pair for pair in rows if is_live(*pair)]


# By session and line: its row in the last round that stands.
StandingRows = Mapping[str, Mapping[UUID, RoundLine]]


def standing_rows_of(
    session: Session, keys: Collection[str], lines: Collection[UUID] | None = None
) -> StandingRows:
    """Find, in one query, what stands of all lines of sessions, or of some *lines*."""
    # Of some: by these alone, for by its session SQLite would read them all.
    named = col(RoundLine.session).in_(keys)
    wanted = named if lines is None else one_of(col(RoundLine.line), lines)
    query = (
        select(RoundLine)
        .where(wanted, col(RoundLine.voided_at).is_(None))
        .order_by(col(RoundLine.round))
    )
    found: dict[str, dict[UUID, RoundLine]] = {key: {} for key in keys}
    for row in only_read(session, query):
        if row.session in found:
            found[row.session][row.line] = row
    return found


def hands_to_count(session: Session, key: str, most: int) -> list[UUID]:
    """List at most so many lines of a session whose hands are still to be counted."""
    left = (
        RoundLine.method == Method.HANDS,
        COUNTED_BY_PEOPLE,
        col(RoundLine.voided_at).is_(None),
        col(SessionLine.yes).is_(None),
        Nomination.state != LineState.WITHDRAWN,
    )
    # As the index has them: to put a hundred thousand in order takes long.
    by = col(RoundLine.round), col(RoundLine.line)
    query = _in_order(select(RoundLine.line), key, left).order_by(None).order_by(*by)
    return list(session.exec(query.limit(most)))


def session_lines(session: Session, key: str) -> dict[UUID, SessionLine]:
    """Read what a session has come to on each of its lines."""
    rows = session.exec(select(SessionLine).where(SessionLine.session == key))
    return {row.line: row for row in rows}


def counted_rounds(session: Session, key: str) -> dict[UUID, list[RoundLine]]:
    """Find, for each line of a session, its rows in the rounds that were counted."""
    query = (
        select(RoundLine)
        .where(RoundLine.session == key, col(RoundLine.carried).is_not(None))
        .order_by(col(RoundLine.round))
    )
    return grouped((row.line, row) for row in only_read(session, query))


def casts_of(session: Session, key: str) -> defaultdict[int, dict[str, datetime]]:
    """Find who has cast in each round of a session, and when."""
    query = select(BallotCast).where(BallotCast.session == key)
    found: defaultdict[int, dict[str, datetime]] = defaultdict(dict)
    for row in session.exec(query.order_by(BallotCast.person)):
        found[row.round][row.person] = row.at
    return found


def own_casts(
    session: Session, key: str, numbers: Collection[int], person: str
) -> dict[int, datetime]:
    """Find in which of some rounds of a session somebody has cast, and when."""
    query = select(BallotCast.round, BallotCast.at).where(
        BallotCast.session == key,
        one_of(col(BallotCast.round), numbers),
        BallotCast.person == person,
    )
    return dict(session.exec(query).all())


def by_sheet(rows: Iterable[tuple[RoundLine, Nomination]]) -> Rows:
    """Keep the lines that are voted on by sealed sheets."""
    return [(row, line) for row, line in rows if row.method is Method.SHEETS]


def awaited(
    voting: VotingRound,
    stepping_out: Sequence[Collection[str]],
    cast: Collection[str],
) -> list[str]:
    """List who may still cast a sheet in a round and has not.

    *stepping_out* says who does not vote, of each line that is on its sheets.
    """
    return [
        person
        for person in voting.roll
        if person not in cast and any(person not in out for out in stepping_out)
    ]


def turnout(session: Session) -> int:
    """Count who has cast in the rounds that still take votes, of whatever session."""
    cast = (col(BallotCast.session) == col(VotingRound.session)) & (
        col(BallotCast.round) == col(VotingRound.number)
    )
    query = select(func.count()).select_from(VotingRound).join(BallotCast, cast)
    return session.exec(query.where(col(VotingRound.closed_at).is_(None))).one()
