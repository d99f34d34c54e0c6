"""Phases, their departments, lines and comments: reads only."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query
from sqlmodel import Session, col, select

from api.admission import reads, require_known
from api.answers import Answer, RefusalOut
from api.campaigns.registrations import OfDepartment
from api.deps import Reading, ThePhase
from api.headers import Router
from api.identity import Asking
from api.paging import Cursor, Limit, Order, Page, page
from domain.policy.restricted import KNOWN_TO, Restricted
from domain.rules.criteria import CommendationType
from domain.states import LineState, SubmissionState
from store.database import one_of
from store.knowing.lines import (
    as_told,
    known_among,
    knows_all,
    line_for,
    readable,
    stands,
)
from store.office.posthumous import posthumous
from store.office.standing import standing_of
from store.tables import Comment, Nomination, NominationMove, SubjectKind, Submission

router = Router(prefix="/api/v1", tags=["reading"])


class FlaggedLineOut(Answer):
    """A line that was returned, and what it lacks."""

    line: UUID
    missing: str


class SubmissionOut(Answer):
    """How one department stands in a phase; what it lacks, for who is to know."""

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
    """One nomination line; *against* is why it was found ineligible, rule by rule.

    That is told to those alone who are to know, and that a line is held.
    """

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


@router.get("/phases/{key}/departments", dependencies=[reads("departments_in_phase")])
def departments(
    phase: ThePhase,
    session: Reading,
    person: Asking,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[SubmissionOut]:
    """List how each department stands."""
    knows = knows_all(session, person.id, KNOWN_TO[Restricted.REASONS])
    desks = () if knows else standing_of(session, person.id).desks

    def read(row: Submission) -> SubmissionOut:
        found = SubmissionOut.model_validate(row)
        if knows or row.department in desks:
            return found
        return found.model_copy(update={"flagged": None})

    query = select(Submission).where(Submission.phase == phase.id)
    return _DEPARTMENTS.page(session, query, limit, cursor, read)


@router.get("/phases/{key}/lines", dependencies=[reads("lines")])
def lines(
    phase: ThePhase,
    session: Reading,
    person: Asking,
    limit: Limit = 100,
    cursor: Cursor = None,
    state: Annotated[LineState | None, Query()] = None,
    department: OfDepartment = None,
) -> Page[LineOut]:
    """List a phase's lines by title, department and subject."""
    query = select(Nomination).where(
        Nomination.phase == phase.id, readable(session, person.id)
    )
    if state is not None:
        query = query.where(stands(session, person.id, state))
    if department is not None:
        query = query.where(Nomination.department == department)
    rows = _LINES.rows(session, query, limit, cursor)
    read = shown_lines(session, person.id, rows)
    return page(rows, limit, _LINES.place, lambda row: read[row.id])


def shown_lines(
    session: Reading, person: str, rows: Sequence[Nomination]
) -> dict[UUID, LineOut]:
    """Show lines that *person* may read, as far as they may know of each."""
    late = posthumous(session, rows)
    known = known_among(session, [row.id for row in rows], person)
    ended = [row.id for row in rows if row.state is LineState.INELIGIBLE]
    against = _refusals(session, known.intersection(ended))
    return {
        row.id: LineOut.model_validate(
            {
                **row.model_dump(),
                "state": row.state if row.id in known else as_told(row),
                "posthumous": row.id in late,
                "against": against.get(row.id) or [],
            }
        )
        for row in rows
    }


def _refusals(session: Session, lines: Collection[UUID]) -> Mapping[UUID, Any]:
    """Read what was against lines when they were moved last."""
    found = session.exec(
        select(NominationMove.line, NominationMove.refusals)
        .join(Nomination, col(Nomination.id) == col(NominationMove.line))
        .where(
            one_of(col(Nomination.id), lines),
            col(NominationMove.n) == col(Nomination.moves),
        )
    )
    return dict(found.all())


@router.get("/lines/{line}", dependencies=[reads("line")])
def line(line: UUID, session: Reading, person: Asking) -> LineOut:
    """Read one line."""
    found = line_for(session, line, person.id)
    return shown_lines(session, person.id, [found])[found.id]


@router.get("/lines/{line}/moves", dependencies=[reads("moves")])
def moves(
    line: UUID,
    session: Reading,
    person: Asking,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[MoveOut]:
    """Read what happened to one line."""
    line_for(session, line, person.id)
    require_known(session, line, person.id, "moves")
    query = select(NominationMove).where(NominationMove.line == line)
    return _MOVES.page(session, query, limit, cursor, MoveOut.model_validate)


@router.get("/phases/{key}/comments", dependencies=[reads("comments")])
def comments(
    phase: ThePhase, session: Reading, limit: Limit = 100, cursor: Cursor = None
) -> Page[CommentOut]:
    """List what was said of the posted list."""
    query = select(Comment).where(Comment.phase == phase.id)
    return _COMMENTS.page(session, query, limit, cursor, CommentOut.model_validate)
