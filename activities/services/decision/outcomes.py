"""Who is told what has become of a line: its department, and the person it is on."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlmodel import Session, col, select

from activities.addressing import desks, line_names
from activities.deed import Deed
from domain.grouping import grouped
from domain.rules.criteria import CommendationType
from domain.states import LineState
from papers.terms import AD_HOC
from store.database import one_of
from store.office.posthumous import posthumous
from store.plans import pack_of
from store.tables import DecisionLine, Nomination, Phase, SessionLine, SubjectKind


class News(NamedTuple):
    """A line and what to say of it; *facts* are beside its subject and its award.

    Of one that is still to be moved, so many *moves*, it is told as after these.
    """

    line: Nomination
    kind: str
    facts: Mapping[str, Any] = {}
    moves: int = 0


def tell_line(deed: Deed, line: Nomination, kind: str, **facts: Any) -> None:
    """Tell them of one line."""
    tell_lines(deed, [News(line, kind, facts)])


def tell_lines(deed: Deed, news: Sequence[News]) -> None:
    """Tell them, whoever stands behind each line; all is looked up at once."""
    if not news:
        return
    lines = [each.line for each in news]
    at_desk = desks(deed, {line.department for line in lines})
    names, reasons = line_names(deed.session, lines), _reasons(deed.session, lines)
    late = posthumous(deed.session, lines)
    phases = {key: deed.session.get_one(Phase, key) for key in {x.phase for x in lines}}
    packs = {key: pack_of(deed.session, phase) for key, phase in phases.items()}
    for line, kind, facts, moves in news:
        alive = line.kind is SubjectKind.INDIVIDUAL and line.id not in late
        deed.notify(
            f"line/{line.id}",
            kind,
            [*at_desk[line.department], *([line.subject] if alive else ())],
            version=line.moves + moves,
            phase=_occasion(line, phases[line.phase]),
            subject=names[line.id],
            award=packs[line.phase].title(line.title).name_vi,
            **{"reason": "; ".join(reasons[line.id]), **facts},
        )


def _occasion(line: Nomination, phase: Phase) -> str:
    return AD_HOC if line.commendation_type is CommendationType.AD_HOC else phase.name


def _reasons(session: Session, lines: Iterable[Nomination]) -> dict[UUID, list[str]]:
    """Find why the director ruled so on each line, if it was said."""
    rows = session.exec(
        select(DecisionLine.line, DecisionLine.reason).where(
            one_of(col(DecisionLine.line), [line.id for line in lines])
        )
    )
    return grouped((line, reason) for line, reason in rows if reason)


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
        select(SessionLine.reason, Nomination)
        .join(Nomination, col(Nomination.id) == col(SessionLine.line))
        .where(
            SessionLine.session == session,
            col(Nomination.state).in_(_LEFT_OUT),
        )
        .order_by(col(SessionLine.position))
    )
    news = [
        News(line, _LEFT_OUT[line.state], {"reason": reason}) for reason, line in rows
    ]
    tell_lines(deed, news)
