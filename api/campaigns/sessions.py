"""The council sessions of a phase, each with its lines: reads only."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from fastapi import APIRouter
from sqlmodel import Session, col, func, select

from api.answers import Answer
from api.deps import Reading, ThePhase
from api.identity import SIGNED_IN
from api.paging import Cursor, Limit, Order, Page, fitting, page
from domain.grouping import grouped
from domain.states import LineState, SessionState
from store.findings.appraisers import self_appraised
from store.findings.conflicts import presiders_of
from store.findings.forecasts import flagged_in
from store.plans import pack_of
from store.tables import CouncilSession, Dissent, SessionLine

router = APIRouter(prefix="/api/v1", tags=["reading"], dependencies=SIGNED_IN)


class DissentOut(Answer):
    """A member's opinion, kept by name."""

    person: str
    opinion: str


class SessionLineOut(Answer):
    """A line before a session: how it was voted on, and what came of it.

    *self_appraised_by* is who appraised it though of the department that nominated it.
    """

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
    self_appraised_by: str | None
    dissents: list[DissentOut]


class SessionOut(Answer):
    """A council session and its lines, with what the rules warn of."""

    id: str
    phase: str
    number: int
    state: SessionState
    meets_at: datetime
    place: str
    lines: list[SessionLineOut]
    warning: str | None


_SESSIONS = Order(CouncilSession, ("number",))
# How many lines a page may come to together.
_LINES = 300


@router.get("/phases/{key}/council-sessions")
def sessions(
    phase: ThePhase, session: Reading, limit: Limit = 100, cursor: Cursor = None
) -> Page[SessionOut]:
    """List a phase's council sessions, each with its lines.

    A page ends early where it has many lines.
    """
    warning = pack_of(session, phase).warning_vi
    query = select(CouncilSession).where(CouncilSession.phase == phase.id)
    rows = _SESSIONS.rows(session, query, limit, cursor)
    many = _many(session, [row.id for row in rows])
    most = min(limit, fitting((many[row.id] for row in rows), _LINES))
    lines = _session_lines(session, rows[:most])
    return page(
        rows,
        most,
        _SESSIONS.place,
        lambda row: SessionOut.model_validate(
            {**row.model_dump(), "lines": lines[row.id], "warning": warning}
        ),
    )


def _many(session: Session, keys: Sequence[str]) -> Counter[str]:
    """Count the lines of each session."""
    many = select(SessionLine.session, func.count()).group_by(SessionLine.session)
    return Counter(
        dict(session.exec(many.where(col(SessionLine.session).in_(keys))).all())
    )


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
    ).all()
    own = self_appraised(session, {row.line for row in rows})
    return grouped(
        (
            row.session,
            SessionLineOut(
                **row.model_dump(exclude={"session"}),
                presided_by=presiding[row.session][row.line],
                flagged=flagged[row.session].get(row.line, []),
                self_appraised_by=own.get(row.line),
                dissents=dissents[row.session, row.line],
            ),
        )
        for row in rows
    )


def _dissents(
    session: Session, keys: Sequence[str]
) -> dict[tuple[str, UUID], list[DissentOut]]:
    query = select(Dissent).where(col(Dissent.session).in_(keys))
    rows = session.exec(query.order_by(Dissent.person))
    return grouped(
        ((row.session, row.line), DissentOut.model_validate(row)) for row in rows
    )
