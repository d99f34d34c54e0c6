"""The council sessions of a phase, each with its lines: reads only."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from api.admission import reads
from api.answers import Answer
from api.campaigns.ballots import TheSession
from api.deps import Reading, ThePhase
from api.headers import Router
from api.identity import Asking
from api.paging import Cursor, Limit, Order, Page, fitting, page
from domain.grouping import grouped
from domain.refusals import refuse
from domain.states import LineState, SessionState
from store.database import count_by, one_of
from store.findings.appraisers import self_appraised
from store.findings.conflicts import presiders_of
from store.findings.forecasts import flagged_in, forecast
from store.knowing.lines import closed_lines, known_among
from store.plans import pack_of
from store.tables import CouncilSession, Dissent, Person, SessionLine
from store.voting import standing_rows_of

router = Router(prefix="/api/v1", tags=["reading"])


class DissentOut(Answer):
    """A member's opinion, kept by name."""

    person: str
    opinion: str


class SessionLineOut(Answer):
    """A line before a session: how it was voted on, and what came of it.

    *reason* is for who may know why, and a line on a state secret for few at all.
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
    """A council session and its lines, with what the rules warn of.

    *many* is how many lines there are: of a long list the first stand here, and all
    are under `council-sessions/{key}/lines`.
    """

    id: str
    phase: str
    number: int
    state: SessionState
    meets_at: datetime
    place: str
    many: int
    lines: list[SessionLineOut]
    warning: str | None


class ProspectOut(Answer):
    """What one line can come to: of whom, who can agree, and how many it takes.

    *flagged* are those who vote on it and head its department, or are its nominee.
    *missing* is how many votes more it takes: so many who stay away are to be replaced.
    """

    line: UUID
    subject: str
    title: str
    stepping_out: list[str]
    flagged: list[str]
    presided_by: str | None
    electors: int
    voters: int
    needed: int
    missing: int
    can_pass: bool


class ForecastOut(Answer):
    """Who sits, who has said not to come, and what stands in the way of a quorum.

    Until *replaceable_until*, when the vote is to open, somebody else may be seated.
    """

    members: list[str]
    absent: list[str]
    short: str | None
    replaceable_until: datetime
    lines: list[ProspectOut]
    next: str | None


_SESSIONS = Order(CouncilSession, ("number",))
_SESSION_LINES = Order(SessionLine, ("position", "line"))
# How many lines a page may come to together.
_LINES = 300


@router.get("/phases/{key}/council-sessions", dependencies=[reads("sessions")])
def sessions(
    phase: ThePhase,
    session: Reading,
    person: Asking,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[SessionOut]:
    """List a phase's council sessions, each with its lines.

    A page ends early where it has many lines.
    """
    warning = pack_of(session, phase).warning_vi
    query = select(CouncilSession).where(CouncilSession.phase == phase.id)
    rows = _SESSIONS.rows(session, query, limit, cursor)
    open_to = col(SessionLine.line).not_in(
        closed_lines(session, phase.campaign, person.id)
    )
    theirs = col(SessionLine.session).in_([row.id for row in rows])
    many = count_by(session, SessionLine.session, theirs, open_to)
    most = min(limit, fitting((many[row.id] for row in rows), _LINES))
    lines = _first_lines(session, rows[:most], person.id, open_to)
    return page(
        rows,
        most,
        _SESSIONS.place,
        lambda row: SessionOut.model_validate(
            {
                **row.model_dump(),
                "many": many[row.id],
                "lines": lines[row.id],
                "warning": warning,
            }
        ),
    )


@router.get("/council-sessions/{key}/lines", dependencies=[reads("sessions")])
def lines(
    council: TheSession,
    session: Reading,
    person: Asking,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[SessionLineOut]:
    """List the lines of a session, in their order."""
    query = known_lines(session, council, person)
    rows = _SESSION_LINES.rows(session, query, limit, cursor)
    read = shown(session, [council], rows[:limit], person.id)
    found = {each.line: each for each in read}
    return page(rows, limit, _SESSION_LINES.place, lambda row: found[row.line])


@router.get(
    "/council-sessions/{key}/forecast",
    summary="Dự báo phiên họp",
    responses={409: {}},
    dependencies=[reads("forecast")],
)
def look_ahead(
    council: TheSession,
    session: Reading,
    person: Asking,
    limit: Limit = 500,
    cursor: Cursor = None,
) -> ForecastOut:
    """Say who is expected, and whether each line can pass with those who are left."""
    if council.state is not SessionState.CONVENED:
        raise refuse(
            "no_forecast", "Chỉ có dự báo khi phiên họp đã triệu tập, chưa biểu quyết."
        )
    query = known_lines(session, council, person)
    rows = _SESSION_LINES.rows(session, query, limit, cursor)
    seen = forecast(session, council, [row.line for row in rows[:limit]])
    return ForecastOut(
        members=list(seen.members),
        absent=list(seen.absent),
        short=seen.short.detail if seen.short else None,
        replaceable_until=seen.replaceable_until,
        lines=[
            ProspectOut(
                line=line.id,
                subject=line.subject,
                title=line.title,
                **asdict(prospect),
            )
            for line, prospect in seen.lines
        ],
        next=page(rows, limit, _SESSION_LINES.place, lambda row: row.line).next,
    )


def known_lines(session: Session, council: CouncilSession, person: Person) -> Any:
    """Select the lines of a session that somebody may know of."""
    closed = closed_lines(session, council.campaign, person.id)
    return select(SessionLine).where(
        SessionLine.session == council.id, col(SessionLine.line).not_in(closed)
    )


def _first_lines(
    session: Session, councils: Sequence[CouncilSession], person: str, open_to: Any
) -> dict[str, list[SessionLineOut]]:
    """Show the lines of sessions: of one that has more than are shown, the first."""
    rows = session.exec(
        select(SessionLine)
        .where(
            col(SessionLine.session).in_([council.id for council in councils]), open_to
        )
        .order_by(col(SessionLine.position))
        .limit(_LINES)
    ).all()
    found = shown(session, councils, rows, person)
    return grouped((row.session, each) for row, each in zip(rows, found, strict=True))


def shown(
    session: Session,
    councils: Sequence[CouncilSession],
    rows: Sequence[SessionLine],
    person: str,
) -> list[SessionLineOut]:
    """Show some lines of sessions as *person* may know them."""
    keys = [council.id for council in councils]
    asked = {row.line for row in rows}
    standing = standing_rows_of(session, keys, asked)
    presiding = presiders_of(session, rows, standing)
    flagged = flagged_in(session, councils, asked, standing)
    dissents = _dissents(session, keys, rows)
    own = self_appraised(session, asked)
    known = known_among(session, asked, person)
    return [
        SessionLineOut(
            **row.model_dump(exclude={"session", "reason"}),
            reason=row.reason if row.line in known else None,
            presided_by=presiding[row.session, row.line],
            flagged=flagged[row.session].get(row.line, []),
            self_appraised_by=own.get(row.line),
            dissents=dissents[row.session, row.line],
        )
        for row in rows
    ]


def _dissents(
    session: Session, keys: Sequence[str], lines: Sequence[SessionLine]
) -> dict[tuple[str, UUID], list[DissentOut]]:
    query = select(Dissent).where(
        col(Dissent.session).in_(keys),
        one_of(col(Dissent.line), [row.line for row in lines]),
    )
    rows = session.exec(query.order_by(Dissent.person))
    return grouped(
        ((row.session, row.line), DissentOut.model_validate(row)) for row in rows
    )
