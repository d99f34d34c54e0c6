"""What a session that is convened can come to, read from the rows."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from domain.calendar import local_day
from domain.forecast import Muster, Prospect
from domain.refusals import Refusal
from domain.rulepack import Title
from domain.states import LineState
from store import people
from store.plans import pack_of
from store.tables import (
    CouncilSession,
    Nomination,
    Phase,
    Recusal,
    Seat,
    SessionLine,
    SessionMember,
    SubjectKind,
)


@dataclass(frozen=True)
class Forecast:
    """Who is expected, whether they are enough, and what each line can come to."""

    members: tuple[str, ...]
    absent: tuple[str, ...]
    short: Refusal | None
    lines: tuple[tuple[Nomination, Prospect], ...]

    @property
    def lost(self) -> list[Nomination]:
        """List the lines that cannot pass any more."""
        return [line for line, prospect in self.lines if not prospect.can_pass]


def forecast(session: Session, council: CouncilSession) -> Forecast:
    """Look ahead to a session, with the council as it sits on the day it meets.

    Whoever has not said anything is expected to come.
    """
    pack = pack_of(session, session.get_one(Phase, council.phase))
    muster = _muster(session, council, written=pack.council.written_ballot.allowed)
    declared = declared_in(session, council.id)
    coming = len(muster.seated) - len(muster.absent)
    found = []
    for line in _lines(session, council.id):
        title = pack.title(line.title)
        out = nominees(title, line) | declared.get(line.id, set())
        vote = title.vote
        found.append((line, muster.prospect(out, vote.threshold, vote.ballot)))
    return Forecast(
        members=tuple(muster.seated),
        absent=tuple(muster.absent),
        short=pack.council.quorum.missing(coming, len(muster.seated)),
        lines=tuple(found),
    )


def _muster(session: Session, council: CouncilSession, *, written: bool) -> Muster:
    seats = people.seats(session, local_day(council.meets_at))
    declined = select(SessionMember.person).where(
        SessionMember.session == council.id, col(SessionMember.confirmed).is_(False)
    )
    away = set(session.exec(declined))
    chairs = (seat.person for seat in seats if seat.seat is Seat.CHAIR)
    return Muster(
        seated=[seat.person for seat in seats],
        absent=[seat.person for seat in seats if seat.person in away],
        chair=next(chairs, None),
        written=written,
    )


def _lines(session: Session, key: str) -> list[Nomination]:
    rows = session.exec(
        select(Nomination)
        .join(SessionLine, col(SessionLine.line) == col(Nomination.id))
        .where(SessionLine.session == key, Nomination.state != LineState.WITHDRAWN)
        .order_by(col(SessionLine.position))
    )
    return list(rows)


def nominees(title: Title, line: Nomination) -> set[str]:
    """A nominee does not vote on the own line, where the rule says so (E5)."""
    own = line.kind is SubjectKind.INDIVIDUAL and not title.vote.nominee_votes
    return {line.subject} if own else set()


def declared_in(session: Session, key: str) -> Mapping[UUID, set[str]]:
    """Find who has declared not to vote on which line of a session."""
    found: defaultdict[UUID, set[str]] = defaultdict(set)
    for row in session.exec(select(Recusal).where(Recusal.session == key)):
        found[row.line].add(row.person)
    return found
