"""What would change if a deadline of a phase fell later: read from the rows only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, func, select

from domain.acts import kind_of
from domain.calendar import end_of
from domain.ladder import Addressee, Ladder, Step
from domain.precedence import Overtaking, overtakings
from domain.states import (
    SPENT_LINES,
    RegistrationState,
    SessionState,
)
from store.calendars import office_calendar
from store.clock import now
from store.plans import ends_in, plan_of, steps_ahead
from store.tables import (
    CouncilSession,
    Deadline,
    LadderStep,
    Nomination,
    Phase,
    Registration,
)
from store.waiting import Windows

_PLANNED = (SessionState.CONVENED, SessionState.VOTING)


@dataclass(frozen=True)
class Reach:
    """How far a title can come: with what has been sent, and with what is owed too."""

    title: str
    sent: int
    with_owed: int


@dataclass(frozen=True)
class WhatIf:
    """The difference that another due day makes; moments are exclusive ends."""

    due_at: datetime
    would_be: datetime
    dropped: tuple[Step, ...]
    added: tuple[Step, ...]
    owing: tuple[str, ...]
    day_off: bool
    holidays_known: bool
    overtaken: tuple[Overtaking[datetime], ...]
    sessions: tuple[datetime, ...]
    reach: tuple[Reach, ...]


def what_if(session: Session, phase: Phase, deadline: Deadline, day: date) -> WhatIf:
    """Answer what moves, who still owes, and what gets in the way."""
    would_be = end_of(day)
    calendar = office_calendar(session)
    planned = _planned(session, phase, deadline, would_be)
    coming = _coming(session, deadline)
    owing = _owing(session, phase, deadline.name)
    return WhatIf(
        due_at=deadline.due_at,
        would_be=would_be,
        dropped=tuple(step for step in coming if step not in planned),
        added=tuple(step for step in planned if step not in coming),
        owing=owing,
        day_off=not calendar.is_working(day),
        holidays_known=calendar.knows(day),
        overtaken=_overtaken(session, phase, deadline, would_be),
        sessions=_sessions(session, phase, would_be),
        reach=_reach(session, phase, owing),
    )


def _planned(
    session: Session, phase: Phase, deadline: Deadline, would_be: datetime
) -> list[Step]:
    """Plan the ladder as an extension would: from now on, for the new moment."""
    moved = Deadline.model_validate(
        {**deadline.model_dump(), "version": deadline.version + 1, "due_at": would_be}
    )
    rungs = plan_of(session, phase.campaign).ladder(Ladder.DEPARTMENT)
    return list(steps_ahead(moved, rungs, office_calendar(session), now(session)))


def _coming(session: Session, deadline: Deadline) -> list[Step]:
    """List the steps that have still to go out as things stand."""
    rows = session.exec(
        select(LadderStep)
        .where(
            LadderStep.owner == deadline.owner,
            LadderStep.name == deadline.name,
            LadderStep.version == deadline.version,
            col(LadderStep.ended_at).is_(None),
        )
        .order_by(col(LadderStep.at))
    )
    return [Step(row.code, row.at, tuple(map(Addressee, row.to))) for row in rows]


def _owing(session: Session, phase: Phase, name: str) -> tuple[str, ...]:
    """Name the departments that the common window still waits for."""
    waiting = Windows(phase.id, name).awaited()
    return tuple(sorted(session.exec(waiting)))


def _overtaken(
    session: Session, phase: Phase, deadline: Deadline, would_be: datetime
) -> tuple[Overtaking[datetime], ...]:
    """Find what an extension would overtake: it is refused then."""
    latest = {kind_of(deadline.name): would_be}
    return tuple(overtakings(latest, ends_in(session, phase.id), now(session)))


def _sessions(
    session: Session, phase: Phase, would_be: datetime
) -> tuple[datetime, ...]:
    meetings = select(CouncilSession.meets_at).where(
        CouncilSession.phase == phase.id,
        col(CouncilSession.state).in_(_PLANNED),
        CouncilSession.meets_at < would_be,
    )
    return tuple(session.exec(meetings.order_by(col(CouncilSession.meets_at))))


def _reach(session: Session, phase: Phase, owing: Sequence[str]) -> tuple[Reach, ...]:
    """Count, for each title of a target, the live lines and what is registered."""
    sent = _counts(
        session,
        select(Nomination.title, func.count())
        .where(Nomination.phase == phase.id, col(Nomination.state).not_in(SPENT_LINES))
        .group_by(Nomination.title),
    )
    owed = _counts(
        session,
        select(Registration.title, func.count())
        .where(
            Registration.campaign == phase.campaign,
            col(Registration.department).in_(owing),
            Registration.state != RegistrationState.WITHDRAWN,
        )
        .group_by(Registration.title),
    )
    titles = [aim.title for aim in plan_of(session, phase.campaign).targets]
    return tuple(
        Reach(title, sent.get(title, 0), sent.get(title, 0) + owed.get(title, 0))
        for title in dict.fromkeys(titles)
        if title in phase.titles
    )


def _counts(session: Session, query: Any) -> dict[str, int]:
    return dict(session.exec(query).all())
