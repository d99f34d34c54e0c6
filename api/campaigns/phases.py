"""Phases, their departments, lines and comments: reads only."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from sqlmodel import col, select

from api.answers import Answer, RefusalOut
from api.deps import Reading, ThePhase
from api.headers import Router
from api.identity import SIGNED_IN, Asking
from api.paging import Cursor, Limit, Order, Page, page
from domain.rules.criteria import CommendationType
from domain.states import LineState, SubmissionState
from store.confidential import line_for, readable
from store.database import one_of
from store.office.posthumous import posthumous
from store.tables import Comment, Nomination, NominationMove, SubjectKind, Submission

router = Router(prefix="/api/v1", tags=["reading"], dependencies=SIGNED_IN)


class FlaggedLineOut(Answer):
    """A line that was returned, and what it lacks."""

    line: UUID
    missing: str


class SubmissionOut(Answer):
    """How one department stands in a phase."""

    phase: str
    department: str
    state: SubmissionState
    submitted_at: datetime | None
    received_at: datetime | None
    rounds: int
    flagged: list[FlaggedLineOut] | None


class EvidenceOut(Answer):
    """What supports a line."""

    achievement: str
    documents: list[str]


class LineOut(Answer):
    """One nomination line; *against* is why it was found ineligible, rule by rule."""

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
    against: list[RefusalOut]


class MoveOut(Answer):
    """One step in the life of a line, and what rules spoke against it."""

    n: int
    from_state: LineState | None
    to_state: LineState
    at: datetime
    reason: str | None
    refusals: list[RefusalOut] | None


class CommentOut(Answer):
    """What somebody said of the posted list, or of one line of it."""

    id: UUID
    phase: str
    line: UUID | None
    author: str
    body: str
    at: datetime


_DEPARTMENTS = Order(Submission, ("department",))
_LINES = Order(Nomination, ("title", "department", "subject", "id"))
_MOVES = Order(NominationMove, ("n",))
_COMMENTS = Order(Comment, ("at", "id"))


@router.get("/phases/{key}/departments")
def departments(
    phase: ThePhase, session: Reading, limit: Limit = 100, cursor: Cursor = None
) -> Page[SubmissionOut]:
    """List how each department stands."""
    query = select(Submission).where(Submission.phase == phase.id)
    return _DEPARTMENTS.page(
        session, query, limit, cursor, SubmissionOut.model_validate
    )


@router.get("/phases/{key}/lines")
def lines(
    phase: ThePhase,
    session: Reading,
    person: Asking,
    limit: Limit = 100,
    cursor: Cursor = None,
    state: Annotated[LineState | None, Query()] = None,
) -> Page[LineOut]:
    """List a phase's lines by title, department and subject."""
    query = select(Nomination).where(
        Nomination.phase == phase.id, readable(session, person.id)
    )
    if state is not None:
        query = query.where(Nomination.state == state)
    rows = _LINES.rows(session, query, limit, cursor)
    read = _lines(session, rows)
    return page(rows, limit, _LINES.place, lambda row: read[row.id])


def _lines(session: Reading, rows: Sequence[Nomination]) -> dict[UUID, LineOut]:
    late = posthumous(session, rows)
    stopped = [row.id for row in rows if row.state is LineState.INELIGIBLE]
    found = session.exec(
        select(NominationMove.line, NominationMove.refusals)
        .join(Nomination, col(Nomination.id) == col(NominationMove.line))
        .where(
            one_of(col(Nomination.id), stopped),
            col(NominationMove.n) == col(Nomination.moves),
        )
    )
    against = dict(found.all())
    return {
        row.id: LineOut.model_validate(
            {
                **row.model_dump(),
                "posthumous": row.id in late,
                "against": against.get(row.id) or [],
            }
        )
        for row in rows
    }


@router.get("/lines/{line}")
def line(line: UUID, session: Reading, person: Asking) -> LineOut:
    """Read one line."""
    found = line_for(session, line, person.id)
    return _lines(session, [found])[found.id]


@router.get("/lines/{line}/moves")
def moves(
    line: UUID,
    session: Reading,
    person: Asking,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[MoveOut]:
    """Read what happened to one line."""
    line_for(session, line, person.id)
    query = select(NominationMove).where(NominationMove.line == line)
    return _MOVES.page(session, query, limit, cursor, MoveOut.model_validate)


@router.get("/phases/{key}/comments")
def comments(
    phase: ThePhase, session: Reading, limit: Limit = 100, cursor: Cursor = None
) -> Page[CommentOut]:
    """List what was said of the posted list."""
    query = select(Comment).where(Comment.phase == phase.id)
    return _COMMENTS.page(session, query, limit, cursor, CommentOut.model_validate)
