"""What people and collectives were granted before, beside what was granted here."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import or_
from sqlmodel import Session, col, select

from domain.rules.criteria import CommendationType
from domain.states import AWARDED_LINES, SPENT_LINES
from store.database import among
from store.tables import Nomination, PastAward

# To whom, what, and of which year: nobody has that twice.
Place = tuple[str, str, int]
Asked = Collection[str] | None  # by their codes; None is everybody


def place_of(row: PastAward) -> Place:
    """Say what somebody has once."""
    return row.subject, row.title, row.year


def granted_before(session: Session, asked: Asked, *where: Any) -> list[PastAward]:
    """List what subjects were granted before, the last year first."""
    theirs = or_(among(PastAward.person, asked), among(PastAward.department, asked))
    query = select(PastAward).where(theirs, *where)
    order = (col(PastAward.year).desc(), col(PastAward.title), col(PastAward.id))
    return list(session.exec(query.order_by(*order)))


def granted_here(session: Session, asked: Asked, *where: Any) -> set[Place]:
    """Find what was granted here for merit.

    What was given for something else than merit supports no merit award.
    """
    return _merits(session, asked, col(Nomination.state).in_(AWARDED_LINES), *where)


def standing_here(session: Session, asked: Asked) -> set[Place]:
    """Find what was granted here for merit, or may still be."""
    return _merits(session, asked, col(Nomination.state).not_in(SPENT_LINES))


def _merits(session: Session, asked: Asked, *where: Any) -> set[Place]:
    rows = session.exec(
        select(Nomination.subject, Nomination.title, col(Nomination.achieved_to)).where(
            Nomination.commendation_type == CommendationType.MERIT,
            among(Nomination.subject, asked),
            *where,
        )
    )
    return {(subject, title, until.year) for subject, title, until in rows}
