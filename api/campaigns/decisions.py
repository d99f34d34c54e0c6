"""The decisions of a phase, each with its lines: reads only."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Path
from sqlmodel import Session, col, func, select

from api.answers import Answer
from api.deps import Reading, ThePhase, find
from api.headers import Router
from api.identity import SIGNED_IN
from api.paging import Cursor, Limit, Order, Page, fitting, page
from domain.delegation import Capacity
from domain.grouping import grouped
from domain.states import DecisionKind, DecisionState, LineState
from intake.acts.decision import Correct
from intake.fields import Key
from store.plans import pack_of
from store.tables import Decision, DecisionLine, Posting

router = Router(prefix="/api/v1", tags=["reading"], dependencies=SIGNED_IN)


class CorrectionOut(Correct):
    """What a correction corrects."""


class RescissionOut(Answer):
    """Why an award is undone, and the matter in which that was found."""

    case: UUID
    reason: str


class VoidOut(Answer):
    """Why a decision that was signed is not issued."""

    reason: str


class DecisionLineOut(Answer):
    """A line of a decision, and when a superior was asked and answered."""

    line: UUID
    outcome: LineState | None
    reason: str | None
    forwarded_at: datetime | None
    answered_at: datetime | None
    answered_on: date | None
    posting: int | None


class PostingOut(Answer):
    """Where results hang, since when, until when at least; lines name its *number*."""

    number: int
    posted_on: date
    place: str
    on_view_until: date
    taken_down_on: date | None


class HeadOut(Answer):
    """Where a record stood: the place of its last act, and that link's digest."""

    campaign: str
    seq: int
    digest: str


class DecisionOut(Answer):
    """A decision and its lines, what it amends and what amends it.

    *warning* is that of the rules it was made by; *many* is how many lines there are:
    of a long list the first stand here, and all are under `decisions/{key}/lines`.
    """

    id: str
    phase: str
    kind: DecisionKind
    amends: str | None
    amended_by: list[str]
    content: CorrectionOut | RescissionOut | VoidOut | None
    state: DecisionState
    decided_by: str | None
    decided_at: datetime | None
    behalf: str | None
    capacity: Capacity | None
    delegation: str | None
    number: int | None
    number_year: int | None
    series: str | None
    issued_at: datetime | None
    head: HeadOut | None
    many: int
    lines: list[DecisionLineOut]
    postings: list[PostingOut]
    warning: str | None


_DECISIONS = Order(Decision, ("ordinal",))
_DECISION_LINES = Order(DecisionLine, ("line",))
# How many lines a page may come to together.
_LINES = 1000


@router.get("/phases/{key}/decisions")
def decisions(
    phase: ThePhase, session: Reading, limit: Limit = 100, cursor: Cursor = None
) -> Page[DecisionOut]:
    """List a phase's decisions, each with its lines.

    A page ends early where it has many lines.
    """
    warning = pack_of(session, phase).warning_vi
    query = select(Decision).where(Decision.phase == phase.id)
    rows = _DECISIONS.rows(session, query, limit, cursor)
    many = _many(session, [row.id for row in rows])
    most = min(limit, fitting((many[row.id] for row in rows), _LINES))
    keys = [row.id for row in rows[:most]]
    lines, postings = _decision_lines(session, keys), _postings(session, keys)
    amended_by = _amending(session, keys)
    return page(
        rows,
        most,
        _DECISIONS.place,
        lambda row: DecisionOut.model_validate(
            {
                **row.model_dump(),
                "head": _head(row),
                "amended_by": amended_by[row.id],
                "many": many[row.id],
                "lines": lines[row.id],
                "postings": postings[row.id],
                "warning": warning,
            }
        ),
    )


@router.get("/decisions/{key}/lines")
def lines(
    key: Annotated[Key, Path(max_length=80)],
    session: Reading,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[DecisionLineOut]:
    """List the lines of a decision."""
    find(session, Decision, "decision", key)
    query = select(DecisionLine).where(DecisionLine.decision == key)
    return _DECISION_LINES.page(
        session, query, limit, cursor, DecisionLineOut.model_validate
    )


def _head(row: Decision) -> HeadOut | None:
    if row.head_seq is None or row.head_digest is None:
        return None
    return HeadOut(campaign=row.campaign, seq=row.head_seq, digest=row.head_digest)


def _many(session: Session, keys: Sequence[str]) -> Counter[str]:
    """Count the lines of each decision."""
    many = select(DecisionLine.decision, func.count()).group_by(DecisionLine.decision)
    return Counter(
        dict(session.exec(many.where(col(DecisionLine.decision).in_(keys))).all())
    )


def _amending(session: Session, keys: Sequence[str]) -> dict[str, list[str]]:
    rows = session.exec(
        select(Decision.amends, Decision.id)
        .where(col(Decision.amends).in_(keys))
        .order_by(col(Decision.ordinal))
    )
    return grouped((amended or "", key) for amended, key in rows)


def _postings(session: Session, keys: Sequence[str]) -> dict[str, list[PostingOut]]:
    rows = session.exec(
        select(Posting)
        .where(col(Posting.decision).in_(keys))
        .order_by(col(Posting.decision), col(Posting.number))
    )
    return grouped((row.decision, PostingOut.model_validate(row)) for row in rows)


def _decision_lines(
    session: Session, keys: Sequence[str]
) -> dict[str, list[DecisionLineOut]]:
    rows = session.exec(
        select(DecisionLine)
        .where(col(DecisionLine.decision).in_(keys))
        .order_by(col(DecisionLine.line))
        .limit(_LINES)
    )
    return grouped((row.decision, DecisionLineOut.model_validate(row)) for row in rows)
