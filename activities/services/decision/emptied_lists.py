"""A list that has nobody left on it: nothing is decided, numbered or issued on it."""

from collections.abc import Mapping

from sqlmodel import col, select

from activities.addressing import secretariat_desk
from activities.deed import Deed
from activities.services.calendar.deadlines import close_deadlines
from activities.services.decision.decisions import number_of, occasion_of
from activities.services.progress.phase_progress import settle
from activities.stages import reach
from domain import ids
from domain.deadlines import DeadlineKind
from domain.states import DecisionState, LineState
from store.database import lock
from store.office import people
from store.tables import Decision, DecisionLine, Nomination, Office, Phase

_S = DecisionState
# What has its number keeps it, void: no other decision takes it.
_ENDS: Mapping[DecisionState, DecisionState] = {
    _S.PENDING: _S.RETURNED,
    _S.DECIDED: _S.RETURNED,
    _S.NUMBERED: _S.RESCINDED,
}
_HELD = "Đề nghị cuối cùng của quyết định được tạm giữ để xác minh theo quy định."


def go_on_without(deed: Deed, line: Nomination) -> None:
    """Let the decisions and the phase of a line go on that is gone from them."""
    decisions = select(DecisionLine.decision).where(DecisionLine.line == line.id)
    for key in deed.session.exec(decisions.order_by(DecisionLine.decision)):
        end_if_empty(deed, key)
    settle(deed, lock(deed.session, Phase, Phase.id == line.phase)[0])


def end_if_empty(deed: Deed, key: str) -> None:
    """End a decision that has nobody left on it before it is issued.

    Only a hold takes somebody off what is signed; the clerk is told.
    """
    decision = lock(deed.session, Decision, Decision.id == key)[0]
    if decision.state not in _ENDS or _has_somebody(deed, key):
        return
    if decision.state is not _S.PENDING:
        decision.content = {"reason": _HELD}
        _tell_the_clerk(deed, decision)
    reach(deed, decision, _ENDS[decision.state])
    deed.facts.setdefault("emptied", {})[key] = decision.state
    close_deadlines(
        deed, str(ids.decision(key)), DeadlineKind.DECISION, DeadlineKind.ISSUE
    )
    deed.wake.append(str(ids.decision(key)))


def _has_somebody(deed: Deed, key: str) -> bool:
    left = (
        select(DecisionLine.line)
        .join(Nomination, col(Nomination.id) == col(DecisionLine.line))
        .where(
            DecisionLine.decision == key,
            col(DecisionLine.outcome).is_distinct_from(LineState.RETURNED_TO_COUNCIL),
            Nomination.state != LineState.WITHDRAWN,
        )
    )
    return deed.session.exec(left.limit(1)).first() is not None


def _tell_the_clerk(deed: Deed, decision: Decision) -> None:
    clerks = people.holders(deed.session, Office.RECORDS_CLERK, deed.day)
    numbered = decision.number is not None
    deed.notify(
        f"issue/{decision.id}",
        "decision_void",
        [*clerks, *secretariat_desk(deed)],
        phase=occasion_of(deed.session, decision),
        which=f" số {number_of(decision)}" if numbered else "",
        reason=_HELD,
        asked="Số đó không dùng cho quyết định khác." if numbered else "Không vào số.",
    )
