"""What was granted in a campaign: to people of the office, or to whoever passes by."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, tuple_
from sqlmodel import Session, col, func, select

from domain.states import AWARDED_LINES, DecisionKind, DecisionState, LineState
from store.tables import (
    Campaign,
    Decision,
    DecisionLine,
    Department,
    Nomination,
    Person,
    Posting,
)

# Where a line stands among the others: title, name, id.
Place = tuple[str, str, UUID]


class Granted(NamedTuple):
    """A line that was granted, by which decision; *person* is None of a collective."""

    line: Nomination
    decision: str
    posting: int | None
    person: str | None
    department: str
    name: str


def granted(
    session: Session, campaign: str, after: Place | None, most: int, *, posted: bool
) -> list[Granted]:
    """List at most so many lines by title and name *after* a place.

    With *posted*, of those alone that hang now. Nothing that is a state secret.
    """
    name = func.coalesce(Person.sort_key, Department.name)
    place = tuple_(col(Nomination.title), name, col(Nomination.id))
    columns: tuple[Any, ...] = (
        Nomination,
        DecisionLine.decision,
        DecisionLine.posting,
        Person.name,
        Department.name,
        name,
    )
    query = (
        select(*columns)
        .join(DecisionLine, col(DecisionLine.line) == col(Nomination.id))
        .join(Decision, col(Decision.id) == col(DecisionLine.decision))
        .join(Department, col(Department.code) == col(Nomination.department))
        .outerjoin(Person, col(Person.id) == col(Nomination.subject))
        .where(Decision.campaign == campaign, *is_granted(posted=posted))
    )
    if after is not None:
        query = query.where(place > after)
    rows = session.exec(query.order_by(*place).limit(most))
    return [Granted(*row) for row in rows]


def granted_by_title(
    session: Session, campaign: str, *, posted: bool
) -> dict[str, int]:
    """Count by title what was granted."""
    query = (
        select(Nomination.title, func.count())
        .join(DecisionLine, col(DecisionLine.line) == col(Nomination.id))
        .join(Decision, col(Decision.id) == col(DecisionLine.decision))
        .where(Decision.campaign == campaign, *is_granted(posted=posted))
    )
    return dict(session.exec(query.group_by(col(Nomination.title))).all())


def last_with_honours(session: Session, *, posted: bool) -> Campaign | None:
    """Find the campaign whose results came last."""
    # Of each decision one line will do.
    has_one = (
        select(DecisionLine.line)
        .join(Nomination, col(Nomination.id) == col(DecisionLine.line))
        .where(DecisionLine.decision == Decision.id, *is_granted(posted=posted))
        .correlate(Decision)
        .exists()
    )
    query = (
        select(Campaign)
        .join(Decision, col(Decision.campaign) == col(Campaign.id))
        .where(has_one)
        .order_by(col(Decision.issued_at).desc(), col(Campaign.id))
    )
    return session.exec(query.limit(1)).first()


def is_granted(*, posted: bool) -> Sequence[ColumnElement[bool] | Any]:
    """Make the conditions that a line of a decision is granted, and may be told."""
    hanging = (
        select(Posting.number)
        .where(
            col(Posting.decision) == col(DecisionLine.decision),
            col(Posting.number) == col(DecisionLine.posting),
            col(Posting.taken_down_on).is_(None),
        )
        .exists()
    )
    return (
        col(Nomination.state).in_(AWARDED_LINES),
        col(Nomination.secret).is_(False),
        col(DecisionLine.outcome) == LineState.DIRECTOR_APPROVED,
        col(Decision.kind) == DecisionKind.AWARD,
        col(Decision.state) == DecisionState.ISSUED,
        *((hanging,) if posted else ()),
    )
