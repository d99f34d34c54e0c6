"""Who sits in a meeting, who comes or is there, and who has cast a sheet."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, select

from api.web.naming import called
from domain.calendar import local_day
from domain.names import sort_key
from domain.rules.rulepack import MemberRule, RulePack
from domain.states import SessionState
from duties.ballots import voters_of
from papers.terms import SEATS
from store.knowing.lines import closed_lines
from store.knowing.rounds import rounds_for
from store.office.people import seats
from store.tables import (
    CouncilSeat,
    CouncilSession,
    Person,
    Seat,
    SessionMember,
)

_ORDER = [*SEATS]
# When there is a result.
COUNTED = (SessionState.COUNTED, SessionState.CONCLUDED)


@dataclass(frozen=True)
class Sitter:
    """Somebody who sits: what they said of coming, and whether they are there.

    *cast* says that all their sheets are in; None when they have none to cast.
    """

    person: str
    name: str
    seat: str
    comes: bool | None
    present: bool | None
    cast: bool | None


@dataclass(frozen=True)
class Presence:
    """A meeting's people; *here* is how many come, or are there once it has opened."""

    people: Sequence[Sitter]
    here: int
    needed: int
    voters: int
    cast: int
    open: bool

    @property
    def quorate(self) -> bool:
        """Say whether enough come, or are there."""
        return self.here >= self.needed > 0


@dataclass(frozen=True)
class _Sheets:
    """Who may cast in the rounds that are open, and who has still to."""

    voters: frozenset[str]
    waited_for: frozenset[str]

    def has_cast(self, person: str) -> bool | None:
        """Say whether somebody has cast all their sheets; None who has none."""
        return person not in self.waited_for if person in self.voters else None


def sitting_of(
    session: Session, council: CouncilSession, pack: RulePack, visitor: Person
) -> Presence:
    """Read who sits: as the seats say until the vote opens, then as it was opened."""
    rounds = rounds_for(session, council, visitor.id)
    members = _members(session, council.id)
    by_seat = {each.person: each.seat for each in _seats(session, council)}
    seat_of = {row.person: row.seat for row in members.values()} | by_seat
    sheets = _sheets(session, council, visitor)
    expected = by_seat if council.state is SessionState.CONVENED else members
    on_roll = rounds[-1].roll if rounds else [*expected]
    there = {*rounds[-1].present} if rounds else None
    names = called(session, on_roll)

    def place(person: str) -> tuple[int, str]:
        return _ORDER.index(seat_of.get(person, Seat.MEMBER)), sort_key(names[person])

    people = [
        Sitter(
            person,
            name=names[person],
            seat=SEATS[seat_of.get(person, Seat.MEMBER)],
            comes=members[person].confirmed if person in members else None,
            present=None if there is None else person in there,
            cast=sheets.has_cast(person),
        )
        for person in sorted(on_roll, key=place)
    ]
    return _counted(people, pack.council.quorum, sheets)


def _counted(people: list[Sitter], quorum: MemberRule, sheets: _Sheets) -> Presence:
    here = [one.comes if one.present is None else one.present for one in people]
    return Presence(
        people=people,
        here=sum(one is True for one in here),
        needed=max(quorum.threshold.needed(len(people)), 1),
        voters=len(sheets.voters),
        cast=len(sheets.voters - sheets.waited_for),
        open=bool(sheets.voters),
    )


def _members(session: Session, key: str) -> dict[str, SessionMember]:
    query = select(SessionMember).where(SessionMember.session == key)
    return {row.person: row for row in session.exec(query)}


def _seats(session: Session, council: CouncilSession) -> list[CouncilSeat]:
    return seats(session, local_day(council.meets_at))


def _sheets(session: Session, council: CouncilSession, visitor: Person) -> _Sheets:
    closed = closed_lines(session, council.campaign, visitor.id)
    return _Sheets(*voters_of(session, council.id, closed))
