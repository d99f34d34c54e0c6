"""Changes that wait for a second pair of eyes: written, listed, and ended once."""

from collections.abc import Collection
from datetime import date, datetime

from sqlmodel import Session, col, select

from domain.posts import POSTS, PostCode
from domain.refusals import Refused
from intake.office.refusals import (
    PROPOSAL_ENDED,
    nobody_confirms,
    unknown_proposal,
)
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
    for other in list_proposals(session, open_only=True):
        if _same(other, proposal):
            return other, asked
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
    who: str,
    at: datetime,
    outcome: ProposalEnd,
    reason: str | None = None,
) -> None:
    """End a proposal that waits."""
    proposal.outcome, proposal.reason = outcome, reason
    proposal.ended_by, proposal.ended_at = who, at
    session.add(proposal)
    session.flush()


def _same(one: Proposal, other: Proposal) -> bool:
    names = ("about", "key", "verb", "said", "version", "person")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _nobody(posts: Collection[str]) -> Refused:
    return nobody_confirms([POSTS[PostCode(post)].name for post in sorted(posts)])
