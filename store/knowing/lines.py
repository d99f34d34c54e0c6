"""Which lines somebody may read, by the policy table: posted ones, or their own."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import and_, false, func, not_, or_, true
from sqlmodel import Session, col, select

from domain.policy.declaring import Relation, Who
from domain.policy.restricted import (
    KNOWN_TO,
    MAYBE_POSTED,
    NEVER_POSTED,
    POSTED_PHASES,
    Restricted,
)
from domain.refusals import unknown
from domain.roles import DESK, Role
from domain.states import LineState
from store.database import one_of
from store.office.standing import Standing, roles_today, standing_of
from store.tables import Nomination, Phase

# Roles that are held in one department: of another's lines they say nothing.
_OF_DEPARTMENT = DESK | {Role.DEPARTMENT_STAFF}
_SECRET, _REASONS = KNOWN_TO[Restricted.SECRET_LINE], KNOWN_TO[Restricted.REASONS]


def knows_all(session: Session, person: str, who: Who = _SECRET) -> bool:
    """Say whether *person* is among *who* know something, whatever line it is of."""
    return bool(roles_today(session, person) & (who - _OF_DEPARTMENT))


def readable(session: Session, person: str) -> Any:
    """Make the condition that a line may be read by *person*.

    What is posted is for everybody in the office; before that, and if it is on a
    state secret, it is for those who need it.
    """
    if knows_all(session, person):
        return true()
    standing = standing_of(session, person)
    posted = _posted() if standing.roles else false()
    dossier = or_(posted, _knows(standing, KNOWN_TO[Restricted.DOSSIER]))
    return or_(
        and_(col(Nomination.secret).is_(False), dossier),
        _knows(standing, _SECRET),
    )


def _as_told() -> Any:
    """Give where everybody finds a line: one that is held, where it was before."""
    return func.coalesce(col(Nomination.held_from), col(Nomination.state))


def _posted() -> Any:
    """Make the condition that a line was posted: it is past that, or its list is."""
    state = _as_told()
    there = select(Phase.id).where(col(Phase.state).in_(POSTED_PHASES))
    return and_(
        state.not_in(NEVER_POSTED),
        or_(state.not_in(MAYBE_POSTED), col(Nomination.phase).in_(there)),
    )


def everybodys() -> Any:
    """Make the condition that a line is one that everybody in the office may read."""
    return and_(col(Nomination.secret).is_(False), _posted())


def _knows(standing: Standing, who: Who) -> Any:
    """Make the condition that they stand to a line as one of *who* know does."""
    if standing.roles & (who - _OF_DEPARTMENT):
        return true()
    decides = [campaign for campaign, kind in standing.signs if kind == "decide"]
    ways: dict[Relation | Role, Any] = {
        Relation.OWN: col(Nomination.subject) == standing.person,
        Relation.SIGNER: col(Nomination.campaign).in_(decides),
        Role.DEPARTMENT_HEAD: col(Nomination.department).in_(standing.desks),
        Role.DEPARTMENT_STAFF: col(Nomination.department) == standing.home,
    }
    return or_(*(way for relation, way in ways.items() if relation in who))


def line_for(session: Session, line: UUID, person: str) -> Nomination:
    """Find a line that *person* may read. Raises Refused (`unknown_line`)."""
    found = session.exec(
        select(Nomination).where(Nomination.id == line, readable(session, person))
    ).first()
    if found is None:
        raise unknown("line", line)
    return found


def known_among(
    session: Session, lines: Iterable[UUID], person: str, who: Who = _REASONS
) -> frozenset[UUID]:
    """Keep of *lines* those of which *person* is among *who* know: why it went so."""
    asked = list(lines)
    if knows_all(session, person, who) or not asked:
        return frozenset(asked)
    theirs = _knows(standing_of(session, person), who)
    found = select(Nomination.id).where(one_of(col(Nomination.id), asked), theirs)
    return frozenset(session.exec(found))


def closed_lines(session: Session, campaign: str, person: str) -> frozenset[UUID]:
    """List the lines on a state secret that *person* may not read: there are few.

    No other that a council or the director has before them is closed to anybody in
    the office.
    """
    if knows_all(session, person):
        return frozenset()
    rows = session.exec(
        select(Nomination.id).where(
            Nomination.campaign == campaign,
            col(Nomination.secret),
            not_(readable(session, person)),
        )
    )
    return frozenset(rows)


def stands(session: Session, person: str, state: LineState) -> Any:
    """Make the condition that a line stands so, as far as *person* may know.

    That it is held, while something is verified, is for few; others find it where it
    was.
    """
    told = false() if state is LineState.ON_HOLD else _as_told() == state
    theirs = _knows(standing_of(session, person), _REASONS)
    return or_(and_(theirs, col(Nomination.state) == state), and_(not_(theirs), told))


def as_told(line: Nomination) -> LineState:
    """Say where everybody finds a line: one that is held, where it was before."""
    return line.held_from or line.state
