"""The meeting on the wall of its room: large, and refreshed by itself."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import Response
from sqlmodel import Session, col, select

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
    rows = session.exec(
        select(Nomination.title, Nomination.subject, SessionLine.outcome)
        .join(SessionLine, col(SessionLine.line) == col(Nomination.id))
        .where(
            SessionLine.session == council.id,
            col(SessionLine.outcome).is_not(None),
            col(Nomination.secret).is_(False),
        )
        .order_by(col(SessionLine.position))
    ).all()
    names = called(session, (subject for _, subject, _ in rows))
    by_title = grouped(
        (title, (names[subject], state)) for title, subject, state in rows
    )
    return [
        _result(pack.title(code).name_vi, lines) for code, lines in by_title.items()
    ]


def _result(title: str, lines: Sequence[tuple[str, str | None]]) -> WallResult:
    passed = [name for name, state in lines if state == LineState.COUNCIL_PASSED]
    counts = Counter(LineState(state) for _, state in lines if state)
    return WallResult(title, counts, passed[:_READ])
