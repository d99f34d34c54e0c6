"""Which lines somebody may read: one on a state secret is for few (E37)."""

from typing import Any
from uuid import UUID

from sqlalchemy import not_, or_, true
from sqlmodel import Session, col, select

from domain.refusals import unknown
from domain.roles import Role
from store.office.standing import standing_of
from store.tables import Nomination

_EVERY_LINE = frozenset({Role.SECRETARIAT, Role.DIRECTOR, Role.COUNCIL_MEMBER})


def readable(session: Session, person: str) -> Any:
    """Make the condition that a line may be read by *person*.

    One on a state secret is for its nominee, the desk of its department, secretariat,
    council, director and whoever decides for him.
    """
    standing = standing_of(session, person)
    if standing.roles & _EVERY_LINE:
        return true()
    decides = [campaign for campaign, kind in standing.signs if kind == "decide"]
    return or_(
        col(Nomination.secret).is_(False),
        col(Nomination.subject) == person,
        col(Nomination.department).in_(standing.desks),
        col(Nomination.campaign).in_(decides),
    )


def line_for(session: Session, line: UUID, person: str) -> Nomination:
    """Find a line that *person* may read. Raises Refused (`unknown_line`)."""
    found = session.exec(
        select(Nomination).where(Nomination.id == line, readable(session, person))
    ).first()
    if found is None:
        raise unknown("line", line)
    return found


def closed_lines(session: Session, campaign: str, person: str) -> frozenset[str]:
    """List the lines of a campaign that *person* may not read."""
    rows = session.exec(
        select(Nomination.id).where(
            Nomination.campaign == campaign,
            col(Nomination.secret),  # no other is closed, and few are
            not_(readable(session, person)),
        )
    )
    return frozenset(str(line) for line in rows)
