"""Who is told what has become of a line: its department, and the person it is on."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col, select

from activities.addressing import desk, line_name
from activities.deed import Deed
from domain.states import LineState
from store.office.posthumous import is_posthumous
from store.plans import pack_of
from store.tables import DecisionLine, Nomination, Phase, SessionLine, SubjectKind


def tell_line(deed: Deed, line: Nomination, kind: str, **facts: Any) -> None:
    """Tell them; *facts* are what the text names besides subject and award."""
    told = desk(deed, line.department)
    if line.kind is SubjectKind.INDIVIDUAL and not is_posthumous(deed.session, line):
        told = [*told, line.subject]
    phase = deed.session.get_one(Phase, line.phase)
    deed.notify(
        f"line/{line.id}",
        kind,
        told,
        version=line.moves,
        phase=phase.name,
        subject=line_name(deed.session, line),
        award=pack_of(deed.session, phase).title(line.title).name_vi,
        **{"reason": _reason_of(deed, line), **facts},
    )


def _reason_of(deed: Deed, line: Nomination) -> str:
    reason = deed.session.exec(
        select(DecisionLine.reason).where(DecisionLine.line == line.id)
    ).all()
    return "; ".join(text for text in reason if text)


_LEFT_OUT: Mapping[LineState, str] = {
    LineState.COUNCIL_FAILED: "not_passed",
    LineState.COUNCIL_DOWNGRADED: "downgraded",
}


def tell_left_out(deed: Deed, session: str | None) -> None:
    """Tell whom a session did not pass, and why.

    Only once there is a decision, or nothing left to decide: until then what the
    council said is nobody's to know.
    """
    rows = deed.session.exec(
        select(SessionLine, Nomination)
        .join(Nomination, col(Nomination.id) == col(SessionLine.line))
        .where(
            SessionLine.session == session,
            col(Nomination.state).in_(_LEFT_OUT),
        )
        .order_by(col(SessionLine.position))
    )
    for row, line in rows:
        tell_line(deed, line, _LEFT_OUT[line.state], reason=row.reason)
