"""Who may decide on which lines: whose they are, and who stands in for a nominee."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from domain.states import LineState
from store.database import one_of
from store.office import people
from store.tables import DecisionLine, Nomination, Office


def sole_nominees(session: Session, decisions: Sequence[str]) -> dict[str, str]:
    """Name whose all the lines are, of decisions on the lines of one subject only."""
    first, last = func.min(Nomination.subject), func.max(Nomination.subject)
    rows = session.exec(
        select(DecisionLine.decision, first)
        .join(Nomination, col(Nomination.id) == col(DecisionLine.line))
        .where(
            one_of(col(DecisionLine.decision), decisions),
            Nomination.state != LineState.WITHDRAWN,
        )
        .group_by(col(DecisionLine.decision))
        .having(first == last)
    )
    return dict(rows.all())


def nominated_director(session: Session, decision: str, day: date) -> str | None:
    """Name the director whose own lines a decision is on: a deputy signs it KT."""
    nominee = sole_nominees(session, [decision]).get(decision)
    directs = nominee in people.holders(session, Office.DIRECTOR, day)
    return nominee if directs else None
