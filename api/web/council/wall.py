"""The meeting on the wall of its room: large, and refreshed by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import Response
from sqlmodel import Session, col, func, select

from api.admission import reads
from api.web.council.attendance import COUNTED
from api.web.council.meeting_page import TheMeeting
from api.web.naming import called
from api.web.visiting import pages
from domain.grouping import grouped
from domain.rules.rulepack import RulePack
from domain.states import LineState
from store.tables import CouncilSession, Nomination, SessionLine

router = pages()

# So many names of a title can be read from the other end of a room.
_READ = 40


@dataclass(frozen=True)
class WallResult:
    """What became of the lines on one title: how many, and who has passed."""

    title: str
    counts: Mapping[LineState, int]
    passed: Sequence[str]


@router.get("/hoi-dong/{key}/man-hinh", dependencies=[reads("sessions")])
def wall(page: TheMeeting) -> Response:
    """Show who is there, whether they are enough, the turnout, then the result."""
    counted = page.council.state in COUNTED
    outcomes = _outcomes(page.session, page.council, page.pack) if counted else []
    return page.show("wall", sitting=page.sitting(), outcomes=outcomes)


def _outcomes(
    session: Session, council: CouncilSession, pack: RulePack
) -> list[WallResult]:
    """Tell results by title; of lines on a state secret nothing, whoever looks."""
    told = (
        SessionLine.session == council.id,
        col(SessionLine.outcome).is_not(None),
        col(Nomination.secret).is_(False),
    )
    passed = _passed(session, *told)
    names = called(session, (each for those in passed.values() for each in those))
    return [
        WallResult(
            pack.title(code).name_vi, counts, [names[each] for each in passed[code]]
        )
        for code, counts in _counts(session, *told).items()
    ]


_OF_LINE: Any = col(SessionLine.line) == col(Nomination.id)


def _counts(session: Session, *told: Any) -> Mapping[str, Mapping[LineState, int]]:
    """Count lines by title, in the order of the session, and by what became of them."""
    first = func.min(SessionLine.position)
    rows = session.exec(
        select(Nomination.title, SessionLine.outcome, func.count())
        .join(SessionLine, _OF_LINE)
        .where(*told)
        .group_by(col(Nomination.title), col(SessionLine.outcome))
        .order_by(first)
    )
    return {
        title: dict(those)
        for title, those in grouped(
            (title, (LineState(state), many)) for title, state, many in rows if state
        ).items()
    }


def _passed(session: Session, *told: Any) -> Mapping[str, Sequence[str]]:
    """Name by title the first who have passed, as many as can be read."""
    place = func.row_number().over(
        partition_by=col(Nomination.title), order_by=col(SessionLine.position)
    )
    rows = (
        select(Nomination.title, Nomination.subject, place.label("place"))
        .join(SessionLine, _OF_LINE)
        .where(*told, SessionLine.outcome == LineState.COUNCIL_PASSED)
        .subquery()
    )
    asked = select(rows.c.title, rows.c.subject).where(rows.c.place <= _READ)
    return grouped(session.exec(asked.order_by(rows.c.place)))
