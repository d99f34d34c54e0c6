"""What is owed to the council's sessions: to come, to vote, to count, to sign."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import col, exists, or_, select

from domain import ids
from domain.acts import DEADLINES
from domain.calendar import local_day
from domain.council.ballots import Method
from domain.deadlines import DeadlineKind
from domain.grouping import grouped
from domain.roles import Role
from domain.states import SessionState
from duties.agenda import Agenda
from duties.ballots import Ballots, ballots_of
from duties.duty import Duty
from store.findings.kept import Kept, kept
from store.tables import (
    Council,
    CouncilSeat,
    CouncilSession,
    RoundLine,
    Seat,
    SessionLine,
    SessionMember,
)

_K = DeadlineKind
_OPEN = (SessionState.CONVENED, SessionState.VOTING, SessionState.COUNTED)
# An act, the deadline that it hangs on, and who owes it where that is not by role.
_Owed = tuple[str, DeadlineKind, frozenset[str] | None]


@dataclass(frozen=True)
class _Sitting:
    """A session that is open, with all that says who owes it something."""

    row: CouncilSession
    roll: Sequence[SessionMember]
    seated: frozenset[str]
    ballots: Ballots
    by_hand: bool

    def among(self, people: Mapping[str, frozenset[str]]) -> frozenset[str]:
        """Pick this session's people."""
        return people.get(self.row.id, frozenset())


def of_sessions(agenda: Agenda) -> Iterator[Duty]:
    """Find what members, tellers, secretary and chair owe to the sessions."""
    for sitting in _sittings(agenda):
        for act, kind, named in _acts(agenda, sitting):
            if _asks(agenda, act, kind, named):
                yield _duty(agenda, sitting.row, act, kind, named)


def _asks(
    agenda: Agenda, act: str, kind: DeadlineKind, named: frozenset[str] | None
) -> bool:
    """Say whether it is worth while to look who owes it: there may be many sessions."""
    if named is not None:
        return agenda.asks_any(named)
    roles = DEADLINES[kind].owed[act]
    return bool(agenda.holders.signing) or any(map(agenda.asks, roles))


def _acts(agenda: Agenda, sitting: _Sitting) -> Iterator[_Owed]:
    match sitting.row.state:
        case SessionState.CONVENED:
            yield from _to_come(agenda, sitting)
            yield "open_voting", _K.MEETING, None
        case SessionState.VOTING:
            yield "cast", _K.BALLOTS, sitting.among(sitting.ballots.to_cast)
            tellers = sitting.among(sitting.ballots.to_count)
            yield "record_paper_count", _K.COUNCIL, tellers
            act = "record_show_of_hands" if sitting.by_hand else "close_voting"
            yield act, _K.COUNCIL, None
        case SessionState.COUNTED:
            attesting = sitting.among(sitting.ballots.to_attest)
            yield "attest_count", _K.MINUTES, attesting
            if not attesting:
                yield "sign_minutes", _K.MINUTES, _signers(sitting)


def _to_come(agenda: Agenda, sitting: _Sitting) -> Iterator[_Owed]:
    """Whoever sits says whether they come; who opens the vote is there for that."""
    said = {m.person: m.confirmed for m in sitting.roll if m.confirmed is not None}
    coming = {person for person in sitting.seated if said.get(person)}
    keeper = agenda.holders.of(Role.COUNCIL_SECRETARY)
    yield "confirm_attendance", _K.MEETING, sitting.seated - said.keys()
    yield "attend", _K.MEETING, frozenset(coming) - keeper


def _signers(sitting: _Sitting) -> frozenset[str]:
    """The secretary signs, and who presided: the chair, or else a vice chair.

    Where none of them was there, as in a poll in writing, any of them may have.
    """
    row, roll, signers = sitting.row, sitting.roll, set[str]()
    if row.signed_by_secretary is None:
        signers |= {m.person for m in roll if m.seat is Seat.SECRETARY}
    if row.signed_by_chair is None:
        leading = [m for m in roll if m.seat in (Seat.CHAIR, Seat.VICE_CHAIR)]
        presiding = [m for m in leading if m.present] or leading
        chairs = {m.person for m in presiding if m.seat is Seat.CHAIR}
        signers |= chairs or {m.person for m in presiding}
    return frozenset(signers)


def _duty(
    agenda: Agenda,
    meeting: CouncilSession,
    act: str,
    kind: DeadlineKind,
    named: frozenset[str] | None,
) -> Duty:
    target, phase = ids.council(meeting.id), agenda.phases[meeting.phase]
    owner = ids.phase(phase.id) if kind is _K.COUNCIL else target
    duty = agenda.duty(act, target, phase, kind, owner=owner, named=named)
    return replace(duty, due_at=meeting.meets_at) if kind is _K.MEETING else duty


def _sittings(agenda: Agenda) -> Iterator[_Sitting]:
    query = select(CouncilSession).where(
        col(CouncilSession.phase).in_(agenda.open_phases),
        col(CouncilSession.state).in_(_OPEN),
    )
    rows = agenda.session.exec(query.order_by(CouncilSession.id)).all()
    if not rows:
        return
    keys = [row.id for row in rows]
    members, seats = _members(agenda, rows), _seats(agenda, rows)
    ballots = ballots_of(agenda.session, keys, agenda.person)
    by_hand = _by_hand(agenda, keys)
    for row in rows:
        day = local_day(row.meets_at)
        yield _Sitting(
            row,
            roll=members[row.id],
            seated=frozenset(
                seat.person
                for seat in seats
                if seat.starts <= day and (seat.ends is None or seat.ends > day)
            ),
            ballots=ballots,
            by_hand=row.id in by_hand,
        )


def _members(
    agenda: Agenda, meetings: Sequence[CouncilSession]
) -> Mapping[str, Sequence[SessionMember]]:
    """Read who is invited or there; while they vote, nobody asks."""
    keys = [row.id for row in meetings if row.state is not SessionState.VOTING]
    query = select(SessionMember).where(col(SessionMember.session).in_(keys))
    rows = agenda.session.exec(query.order_by(SessionMember.person))
    return grouped((row.session, row) for row in rows)


def _seats(agenda: Agenda, meetings: Sequence[CouncilSession]) -> Sequence[CouncilSeat]:
    """Read the council's seats that are not over when the first of them meets."""
    today = local_day(agenda.moment)
    first = min((local_day(row.meets_at) for row in meetings), default=today)
    return agenda.session.exec(
        select(CouncilSeat).where(
            CouncilSeat.council == Council.EMULATION,
            or_(col(CouncilSeat.ends).is_(None), col(CouncilSeat.ends) > first),
        )
    ).all()


def _by_hand(agenda: Agenda, keys: Sequence[str]) -> frozenset[str]:
    """Name the sessions that have still to count the hands on a line."""
    return kept(
        agenda.session, Kept.BY_HAND, tuple(keys), lambda: _uncounted(agenda, keys)
    )


def _uncounted(agenda: Agenda, keys: Sequence[str]) -> frozenset[str]:
    uncounted = exists().where(
        col(SessionLine.session) == col(RoundLine.session),
        col(SessionLine.line) == col(RoundLine.line),
        col(SessionLine.yes).is_(None),
    )
    query = select(RoundLine.session).where(
        col(RoundLine.session).in_(keys),
        RoundLine.method == Method.HANDS,
        col(RoundLine.voided_at).is_(None),
        uncounted,
    )
    return frozenset(agenda.session.exec(query.distinct()))
