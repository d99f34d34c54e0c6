"""What a session that is convened can come to, read from the rows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from domain.calendar import local_day
from domain.council.forecast import Muster, Prospect
from domain.refusals import Refusal
from domain.rules.rulepack import CouncilRules
from domain.states import LineState, SessionState
from store.database import among, only_read
from store.findings.conflicts import conflicts, in_the_chair, nominee
from store.office import people
from store.plans import pack_of
from store.tables import (
    CouncilSession,
    Nomination,
    Phase,
    SessionLine,
    SessionMember,
)
from store.voting import StandingRows


@dataclass(frozen=True)
class Forecast:
    """Who is expected, whether they are enough, and what each line can come to.

    *replaceable_until* is when the vote is to open: until then the council is as its
    seats say, and whoever has a seat by then votes.
    """

    members: tuple[str, ...]
    absent: tuple[str, ...]
    short: Refusal | None
    replaceable_until: datetime
    lines: tuple[tuple[Nomination, Prospect], ...]

    @property
    def lost(self) -> list[tuple[Nomination, Prospect]]:
        """List the lines that cannot pass any more."""
        return [each for each in self.lines if not each[1].can_pass]


def forecast(
    session: Session, council: CouncilSession, asked: Collection[UUID] | None = None
) -> Forecast:
    """Look ahead to a session, with the council as it sits on the day it meets.

    Whoever has not said anything is expected to come. Of all lines, or of those *asked*
    about.
    """
    pack = pack_of(session, session.get_one(Phase, council.phase))
    muster = _muster(session, council, pack.council)
    lines = _lines(session, council.id, asked)
    day = local_day(council.meets_at)
    near = conflicts(session, council.id, pack, lines, day)
    coming = len(muster.seated) - len(muster.absent)
    found = []
    for line in lines:
        vote = pack.title(line.title).vote
        prospect = muster.prospect(
            near[line.id], vote.threshold, vote.ballot, nominee(line)
        )
        found.append((line, prospect))
    return Forecast(
        members=tuple(muster.seated),
        absent=tuple(muster.absent),
        short=pack.council.quorum.missing(coming, len(muster.seated)),
        replaceable_until=council.meets_at,
        lines=tuple(found),
    )


def flagged_in(
    session: Session,
    councils: Collection[CouncilSession],
    lines: Collection[UUID],
    standing: StandingRows,
) -> dict[str, dict[UUID, list[str]]]:
    """Name, by session, who votes on some lines though they stand near to them.

    As it is written when the vote opens; until then as it is foreseen, of the one
    session that a phase may have convened.
    """
    found = {
        key: {line: row.flagged for line, row in rows.items()}
        for key, rows in standing.items()
    }
    for council in councils:
        if council.state is SessionState.CONVENED:
            seen = forecast(session, council, lines).lines
            found[council.id] = {line.id: list(each.flagged) for line, each in seen}
    return found


def _muster(session: Session, council: CouncilSession, rules: CouncilRules) -> Muster:
    seats = people.seats(session, local_day(council.meets_at))
    declined = select(SessionMember.person).where(
        SessionMember.session == council.id, col(SessionMember.confirmed).is_(False)
    )
    away = set(session.exec(declined))
    return Muster(
        seated=[seat.person for seat in seats],
        absent=[seat.person for seat in seats if seat.person in away],
        chairs=in_the_chair(seats),
        casting=rules.chair_breaks_open_tie.allowed,
        written=rules.written_ballot.allowed,
    )


def _lines(
    session: Session, key: str, asked: Collection[UUID] | None
) -> list[Nomination]:
    query = (
        select(Nomination)
        .join(SessionLine, col(SessionLine.line) == col(Nomination.id))
        .where(
            SessionLine.session == key,
            among(Nomination.id, asked),
            Nomination.state != LineState.WITHDRAWN,
        )
        .order_by(col(SessionLine.position))
    )
    return only_read(session, query)
