"""The decisions of a phase, each with its lines: reads only."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Path
from sqlmodel import Session, col, select

from api.admission import reads
from api.answers import Answer
from api.deps import Reading, ThePhase
from api.headers import Router
from api.identity import Asking
from api.paging import Cursor, Limit, Order, Page, fitting, page
from domain.delegation import Capacity
from domain.grouping import grouped
from domain.states import DecisionKind, DecisionState, LineState
from intake.acts.decision import Correct
from intake.fields import Key
from store.database import count_by
from store.knowing.decisions import decision_for, known_decisions
from store.knowing.lines import closed_lines, known_among
from store.plans import pack_of
from store.tables import Decision, DecisionLine, Posting

router = Router(prefix="/api/v1", tags=["reading"])


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
    """A line of a decision, and when a superior was asked and answered.

    *reason* is for who may know why, and a line on a state secret for few at all.
    """

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


@router.get("/phases/{key}/decisions", dependencies=[reads("decisions")])
def decisions(
    phase: ThePhase,
    session: Reading,
    person: Asking,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[DecisionOut]:
    """List a phase's decisions, each with its lines.

    A page ends early where it has many lines.
    """
    warning = pack_of(session, phase).warning_vi
    known = known_decisions(session, person.id)
    query = select(Decision).where(Decision.phase == phase.id, known)
    rows = _DECISIONS.rows(session, query, limit, cursor)
    open_to = _open_to(session, phase.campaign, person.id)
    theirs = col(DecisionLine.decision).in_([row.id for row in rows])
    many = count_by(session, DecisionLine.decision, theirs, open_to)
    most = min(limit, fitting((many[row.id] for row in rows), _LINES))
    keys = [row.id for row in rows[:most]]
    lines = _decision_lines(session, keys, person.id, open_to)
    postings = _postings(session, keys)
    amended_by = _amending(session, keys, known)
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


@router.get("/decisions/{key}/lines", dependencies=[reads("decisions")])
def lines(
    key: Annotated[Key, Path(max_length=80)],
    session: Reading,
    person: Asking,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[DecisionLineOut]:
    """List the lines of a decision."""
    found = decision_for(session, key, person.id)
    open_to = _open_to(session, found.campaign, person.id)
    query = select(DecisionLine).where(DecisionLine.decision == key, open_to)
    rows = _DECISION_LINES.rows(session, query, limit, cursor)
    read = {each.line: each for each in shown(session, rows[:limit], person.id)}
    return page(rows, limit, _DECISION_LINES.place, lambda row: read[row.line])


def _head(row: Decision) -> HeadOut | None:
    if row.head_seq is None or row.head_digest is None:
        return None
    return HeadOut(campaign=row.campaign, seq=row.head_seq, digest=row.head_digest)


def _open_to(session: Session, campaign: str, person: str) -> Any:
    """Make the condition that a line of a decision is one that *person* may read."""
    return col(DecisionLine.line).not_in(closed_lines(session, campaign, person))


def _amending(
    session: Session, keys: Sequence[str], known: Any
) -> dict[str, list[str]]:
    rows = session.exec(
        select(Decision.amends, Decision.id)
        .where(col(Decision.amends).in_(keys), known)
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
    session: Session, keys: Sequence[str], person: str, open_to: Any
) -> dict[str, list[DecisionLineOut]]:
    rows = session.exec(
        select(DecisionLine)
        .where(col(DecisionLine.decision).in_(keys), open_to)
        .order_by(col(DecisionLine.line))
        .limit(_LINES)
    ).all()
    read = shown(session, rows, person)
    return grouped((row.decision, each) for row, each in zip(rows, read, strict=True))


def shown(
    session: Session, rows: Sequence[DecisionLine], person: str
) -> list[DecisionLineOut]:
    """Show lines of decisions as *person* may know them."""
    known = known_among(session, [row.line for row in rows], person)
    return [
        DecisionLineOut.model_validate(
            {**row.model_dump(), "reason": row.reason if row.line in known else None}
        )
        for row in rows
    ]
