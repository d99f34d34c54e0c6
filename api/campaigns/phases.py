"""Phases, their departments, lines, sessions, decisions and notices: reads only."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel
from sqlalchemy import tuple_
from sqlmodel import Session, col, select

from api.deps import Reading, the_phase
from api.identity import Asking
from api.paging import Cursor, Limit, Page, page, read_cursor
from domain.delegation import Capacity
from domain.rules.criteria import CommendationType
from domain.states import (
    DecisionKind,
    DecisionState,
    LineState,
    SessionState,
    SubmissionState,
)
from intake.acts.decision import Correct
from store.confidential import line_for, readable
from store.findings.conflicts import presiders_of
from store.findings.forecasts import flagged_in
from store.office.posthumous import posthumous
from store.tables import (
    Comment,
    CouncilSession,
    Decision,
    DecisionLine,
    Dissent,
    Nomination,
    NominationMove,
    SessionLine,
    SubjectKind,
    Submission,
)

router = APIRouter(prefix="/api/v1", tags=["reading"])


class FlaggedLineOut(BaseModel):
    """A line that was returned, and what it lacks."""

    line: UUID
    missing: str


class SubmissionOut(BaseModel):
    """How one department stands in a phase."""

    phase: str
    department: str
    state: SubmissionState
    submitted_at: datetime | None
    received_at: datetime | None
    rounds: int
    flagged: list[FlaggedLineOut] | None


class EvidenceOut(BaseModel):
    """What supports a line."""

    achievement: str
    documents: list[str]


class LineOut(BaseModel):
    """One nomination line."""

    id: UUID
    phase: str
    department: str
    kind: SubjectKind
    subject: str
    title: str
    period: str
    achieved_from: date
    achieved_to: date
    commendation_type: CommendationType
    state: LineState
    evidence: EvidenceOut
    secret: bool
    posthumous: bool


class MoveOut(BaseModel):
    """One step in the life of a line."""

    n: int
    from_state: LineState | None
    to_state: LineState
    at: datetime
    reason: str | None


class DissentOut(BaseModel):
    """A member's opinion, kept by name."""

    person: str
    opinion: str


class SessionLineOut(BaseModel):
    """A line before a session: how it was voted on, and what came of it."""

    line: UUID
    position: int
    yes: int | None
    no: int | None
    blank: int | None
    chair_yes: bool | None
    chosen: bool
    outcome: LineState | None
    reason: str | None
    presided_by: str | None
    flagged: list[str]
    dissents: list[DissentOut]


class SessionOut(BaseModel):
    """A council session and its lines."""

    id: str
    phase: str
    number: int
    state: SessionState
    meets_at: datetime
    place: str
    lines: list[SessionLineOut]


class CorrectionOut(Correct):
    """What a correction corrects."""


class RescissionOut(BaseModel):
    """Why an award is undone, and the matter in which that was found."""

    case: UUID
    reason: str


class VoidOut(BaseModel):
    """Why a decision that was signed is not issued."""

    reason: str


class DecisionLineOut(BaseModel):
    """A line of a decision, and when a superior was asked and answered."""

    line: UUID
    outcome: LineState | None
    reason: str | None
    forwarded_at: datetime | None
    answered_at: datetime | None


class DecisionOut(BaseModel):
    """A decision and its lines, what it amends and what amends it."""

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
    lines: list[DecisionLineOut]


class CommentOut(BaseModel):
    """What somebody said of the posted list, or of one line of it."""

    id: UUID
    phase: str
    line: UUID | None
    author: str
    body: str
    at: datetime


@router.get("/phases/{key}/departments")
def departments(key: str, session: Reading, person: Asking) -> list[SubmissionOut]:
    """List how each department stands."""
    the_phase(key, session)
    rows = session.exec(
        select(Submission)
        .where(Submission.phase == key)
        .order_by(Submission.department)
    )
    return [SubmissionOut.model_validate(row, from_attributes=True) for row in rows]


@router.get("/phases/{key}/lines")
def lines(
    key: str,
    session: Reading,
    person: Asking,
    limit: Limit = 100,
    cursor: Cursor = None,
    state: Annotated[LineState | None, Query()] = None,
) -> Page[LineOut]:
    """List a phase's lines by title, department and subject."""
    the_phase(key, session)
    query = select(Nomination).where(
        Nomination.phase == key, readable(session, person.id)
    )
    if state is not None:
        query = query.where(Nomination.state == state)
    if after := read_cursor(cursor, str, str, str, str):
        query = query.where(_row() > tuple(after))
    rows = session.exec(query.order_by(*_ORDER).limit(limit + 1)).all()
    late = posthumous(session, rows)
    return page(rows, limit, _line_key, lambda row: _line(row, late))


_ORDER = (
    col(Nomination.title),
    col(Nomination.department),
    col(Nomination.subject),
    col(Nomination.id),
)


def _row() -> Any:

    return tuple_(*_ORDER)


def _line_key(row: Nomination) -> list[str]:
    return [row.title, row.department, row.subject, str(row.id)]


def _line(row: Nomination, late: frozenset[UUID]) -> LineOut:
    return LineOut.model_validate({**row.model_dump(), "posthumous": row.id in late})


@router.get("/lines/{line}")
def line(line: UUID, session: Reading, person: Asking) -> LineOut:
    """Read one line."""
    found = line_for(session, line, person.id)
    return _line(found, posthumous(session, [found]))


@router.get("/lines/{line}/moves")
def moves(line: UUID, session: Reading, person: Asking) -> list[MoveOut]:
    """Read what happened to one line."""
    line_for(session, line, person.id)
    rows = session.exec(
        select(NominationMove)
        .where(NominationMove.line == line)
        .order_by(col(NominationMove.n))
    )
    return [MoveOut.model_validate(row, from_attributes=True) for row in rows]


@router.get("/phases/{key}/council-sessions")
def sessions(key: str, session: Reading, person: Asking) -> list[SessionOut]:
    """List a phase's council sessions, each with its lines."""
    the_phase(key, session)
    rows = session.exec(
        select(CouncilSession)
        .where(CouncilSession.phase == key)
        .order_by(col(CouncilSession.number))
    ).all()
    lines = _session_lines(session, rows)
    return [
        SessionOut.model_validate({**row.model_dump(), "lines": lines[row.id]})
        for row in rows
    ]


def _session_lines(
    session: Session, councils: Sequence[CouncilSession]
) -> dict[str, list[SessionLineOut]]:
    keys = [council.id for council in councils]
    presiding, flagged = presiders_of(session, keys), flagged_in(session, councils)
    dissents = _dissents(session, keys)
    rows = session.exec(
        select(SessionLine)
        .where(col(SessionLine.session).in_(keys))
        .order_by(col(SessionLine.position))
    )
    found: dict[str, list[SessionLineOut]] = defaultdict(list)
    for row in rows:
        found[row.session].append(
            SessionLineOut(
                **row.model_dump(exclude={"session"}),
                presided_by=presiding[row.session][row.line],
                flagged=flagged[row.session].get(row.line, []),
                dissents=dissents[row.session, row.line],
            )
        )
    return found


def _dissents(
    session: Session, keys: Sequence[str]
) -> dict[tuple[str, UUID], list[DissentOut]]:
    query = select(Dissent).where(col(Dissent.session).in_(keys))
    found: dict[tuple[str, UUID], list[DissentOut]] = defaultdict(list)
    for row in session.exec(query.order_by(Dissent.person)):
        said = DissentOut(person=row.person, opinion=row.opinion)
        found[row.session, row.line].append(said)
    return found


@router.get("/phases/{key}/decisions")
def decisions(key: str, session: Reading, person: Asking) -> list[DecisionOut]:
    """List a phase's decisions, each with its lines."""
    the_phase(key, session)
    rows = session.exec(
        select(Decision).where(Decision.phase == key).order_by(col(Decision.ordinal))
    ).all()
    lines = _decision_lines(session, [row.id for row in rows])
    return [
        DecisionOut.model_validate(
            {
                **row.model_dump(),
                "amended_by": [r.id for r in rows if r.amends == row.id],
                "lines": lines[row.id],
            }
        )
        for row in rows
    ]


def _decision_lines(
    session: Session, keys: Sequence[str]
) -> dict[str, list[DecisionLineOut]]:
    rows = session.exec(
        select(DecisionLine)
        .where(col(DecisionLine.decision).in_(keys))
        .order_by(col(DecisionLine.line))
    )
    found: dict[str, list[DecisionLineOut]] = defaultdict(list)
    for row in rows:
        said = DecisionLineOut.model_validate(row, from_attributes=True)
        found[row.decision].append(said)
    return found


@router.get("/phases/{key}/comments")
def comments(key: str, session: Reading, person: Asking) -> list[CommentOut]:
    """List what was said of the posted list."""
    the_phase(key, session)
    rows = session.exec(
        select(Comment).where(Comment.phase == key).order_by(col(Comment.at))
    )
    return [CommentOut.model_validate(row, from_attributes=True) for row in rows]
