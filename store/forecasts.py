"""What a session that is convened can come to, read from the rows."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from domain.calendar import local_day
from domain.forecast import Muster, Prospect
from domain.refusals import Refusal
from domain.rulepack import CouncilRules
from domain.states import LineState
from store import people
from store.plans import pack_of
from store.tables import (
    CouncilSession,
    Nomination,
    Phase,
    Seat,
    SessionLine,
    SessionMember,
)
from store.voting import stepping_out


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
    muster = _muster(session, council, pack.council)
    lines = _lines(session, council.id)
    out = stepping_out(session, council.id, pack, lines)
    coming = len(muster.seated) - len(muster.absent)
    found = []
    for line in lines:
        vote = pack.title(line.title).vote
        prospect = muster.prospect(out[line.id], vote.threshold, vote.ballot)
        found.append((line, prospect))
    return Forecast(
        members=tuple(muster.seated),
        absent=tuple(muster.absent),
        short=pack.council.quorum.missing(coming, len(muster.seated)),
        lines=tuple(found),
    )


def _muster(session: Session, council: CouncilSession, rules: CouncilRules) -> Muster:
    seats = people.seats(session, local_day(council.meets_at))
    declined = select(SessionMember.person).where(
        SessionMember.session == council.id, col(SessionMember.confirmed).is_(False)
    )
    away = set(session.exec(declined))
    casting = rules.chair_breaks_open_tie.allowed
    chairs = (s.person for s in seats if casting and s.seat is Seat.CHAIR)
    return Muster(
        seated=[seat.person for seat in seats],
        absent=[seat.person for seat in seats if seat.person in away],
        chair=next(chairs, None),
        written=rules.written_ballot.allowed,
    )


def _lines(session: Session, key: str) -> list[Nomination]:
    rows = session.exec(
        select(Nomination)
        .join(SessionLine, col(SessionLine.line) == col(Nomination.id))
        .where(SessionLine.session == key, Nomination.state != LineState.WITHDRAWN)
        .order_by(col(SessionLine.position))
    )
    return list(rows)
