"""What would change if a deadline of a phase fell later: read from the rows only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from domain.calendar import end_of
from domain.ladder import Step
from domain.precedence import Overtaking
from domain.states import (
    SPENT_LINES,
    RegistrationState,
    SessionState,
)
from store.calendars import office_calendar
from store.database import count_by
from store.findings.shifts import shift
from store.knowing.lines import everybodys
from store.plans import plan_of
from store.tables import (
    CouncilSession,
    Deadline,
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


def what_if(
    session: Session, phase: Phase, deadline: Deadline, day: date, *, whole: bool
) -> WhatIf:
    """Answer what moves, who still owes, and what gets in the way.

    Unless the *whole* is for the reader, of lines that everybody may read.
    """
    would_be = end_of(day)
    calendar = office_calendar(session)
    moved = shift(session, deadline, would_be)
    owing = _owing(session, phase, deadline.name)
    return WhatIf(
        due_at=deadline.due_at,
        would_be=would_be,
        dropped=moved.dropped,
        added=moved.added,
        owing=owing,
        day_off=not calendar.is_working(day),
        holidays_known=calendar.knows(day),
        overtaken=moved.overtaken,
        sessions=_sessions(session, phase, would_be),
        reach=_reach(session, phase, owing, () if whole else (everybodys(),)),
    )


def _owing(session: Session, phase: Phase, name: str) -> tuple[str, ...]:
    """Name the departments that the common window still waits for."""
    waiting = Windows(phase.id, name).awaited()
    return tuple(sorted(session.exec(waiting)))


def _sessions(
    session: Session, phase: Phase, would_be: datetime
) -> tuple[datetime, ...]:
    meetings = select(CouncilSession.meets_at).where(
        CouncilSession.phase == phase.id,
        col(CouncilSession.state).in_(_PLANNED),
        CouncilSession.meets_at < would_be,
    )
    return tuple(session.exec(meetings.order_by(col(CouncilSession.meets_at))))


def _reach(
    session: Session, phase: Phase, owing: Sequence[str], where: Iterable[Any]
) -> tuple[Reach, ...]:
    """Count, for each title of a target, the live lines and what is registered."""
    sent = count_by(
        session,
        Nomination.title,
        Nomination.phase == phase.id,
        col(Nomination.state).not_in(SPENT_LINES),
        *where,
    )
    owed = count_by(
        session,
        Registration.title,
        Registration.campaign == phase.campaign,
        col(Registration.department).in_(owing),
        Registration.state != RegistrationState.WITHDRAWN,
    )
    titles = [aim.title for aim in plan_of(session, phase.campaign).targets]
    return tuple(
        Reach(title, sent[title], sent[title] + owed[title])
        for title in dict.fromkeys(titles)
        if title in phase.titles
    )
