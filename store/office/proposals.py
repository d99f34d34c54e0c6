"""Changes that wait for a second pair of eyes: written, listed, and ended once."""

from collections.abc import Collection
from datetime import date, datetime

from sqlmodel import Session, col, select

from domain.posts import POSTS, PostCode
from domain.proposals import answer_by, next_step
from domain.refusals import Refused
from intake.office.refusals import (
    PROPOSAL_ENDED,
    nobody_confirms,
    unknown_proposal,
)
from store.calendars import office_calendar
from store.office.holding import confirmers
from store.tables import Proposal, ProposalEnd


def propose(
    session: Session, proposal: Proposal, day: date
) -> tuple[Proposal, frozenset[str]]:
    """Write a proposal down and say who may confirm it; the same again is the same.

    Raises Refused (`nobody_confirms`) when nobody stands above it.
    """
    asked = who_confirms(session, proposal, day)
    if not asked:
        raise _nobody(proposal.posts)
    if known := _same(session, proposal):
        return known, asked
    calendar = office_calendar(session)
    proposal.due_at = answer_by(proposal.proposed_at, calendar)
    first = next_step(proposal.due_at, proposal.proposed_at, calendar)
    proposal.next_at = first.at if first else proposal.due_at
    session.add(proposal)
    session.flush()
    return proposal, asked


def who_confirms(session: Session, proposal: Proposal, day: date) -> frozenset[str]:
    """Find who may confirm: neither the proposer nor the person concerned."""
    posts = [PostCode(post) for post in proposal.posts]
    return confirmers(session, posts, day, (proposal.proposed_by, proposal.person))


def list_proposals(
    session: Session, *, open_only: bool, after: int = 0, limit: int | None = None
) -> list[Proposal]:
    """List proposals in the order of time, all or those that wait."""
    query = select(Proposal).where(col(Proposal.id) > after)
    if open_only:
        query = query.where(col(Proposal.outcome).is_(None))
    return list(session.exec(query.order_by(col(Proposal.id)).limit(limit)))


def waiting(session: Session) -> list[Proposal]:
    """List all that waits for an answer, the most urgent first."""
    query = select(Proposal).where(col(Proposal.outcome).is_(None))
    return list(session.exec(query.order_by(col(Proposal.due_at), col(Proposal.id))))


def find_proposal(session: Session, key: int) -> Proposal:
    """Find a proposal. Raises Refused (`unknown_proposal`)."""
    found = session.get(Proposal, key)
    if found is None:
        raise unknown_proposal(key)
    return found


def find_waiting(session: Session, key: int) -> Proposal:
    """Find one that waits. Raises Refused (`unknown_proposal`, `proposal_ended`)."""
    found = find_proposal(session, key)
    if found.outcome is not None:
        raise Refused(PROPOSAL_ENDED)
    return found


def end(
    session: Session,
    proposal: Proposal,
    who: str | None,
    at: datetime,
    outcome: ProposalEnd,
    reason: str | None = None,
) -> None:
    """End a proposal that waits; by nobody where nobody has answered."""
    proposal.outcome, proposal.reason = outcome, reason
    proposal.ended_by, proposal.ended_at, proposal.next_at = who, at, None
    session.add(proposal)
    session.flush()


def _same(session: Session, asked: Proposal) -> Proposal | None:
    """Find the one that waits and says the same of the same row."""
    alike = (
        getattr(Proposal, name).is_not_distinct_from(getattr(asked, name))
        for name in ("about", "key", "verb", "version", "person")
    )
    waits = select(Proposal).where(col(Proposal.outcome).is_(None), *alike)
    rows = session.exec(waits.order_by(col(Proposal.id)))
    return next((row for row in rows if row.said == asked.said), None)


def _nobody(posts: Collection[str]) -> Refused:
    return nobody_confirms([POSTS[PostCode(post)].name for post in sorted(posts)])
