"""From the council to the director and back: where a phase stands after each."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, select

from activities.addressing import deciders
from activities.council import lines_of
from activities.deadlines import close_deadlines, in_working_days, set_deadline
from activities.decisions import awards_of, write_decision
from activities.deed import Deed
from activities.moving import move
from activities.stages import reach
from domain.states import DecisionState, LineState, PhaseState
from engine import ids
from store import people
from store.plans import calendar_of, pack_of, phase_plan, plan_of, rolled
from store.tables import (
    CouncilSession,
    Decision,
    Nomination,
    Office,
    Phase,
)

_DECISION_DAYS = "director_decision"
_COUNCIL_DAYS = "council_decision"
_SETTLED = (DecisionState.ISSUED, DecisionState.RETURNED, DecisionState.RESCINDED)


def freeze(deed: Deed, phase: Phase, session: CouncilSession) -> list[Nomination]:
    """Move every line to its outcome and hand the frozen list to the director."""
    rows = lines_of(deed.session, session.id)
    for row, line in rows:
        assert row.outcome is not None  # noqa: S101 - counted sessions only
        move(deed, [line], row.outcome, row.reason)
    passed = [line for row, line in rows if row.outcome is LineState.COUNCIL_PASSED]
    close_deadlines(deed, str(ids.council(session.id)), "meeting", "minutes")
    close_deadlines(deed, str(ids.phase(phase.id)), "council")
    if passed:
        _hand_over(deed, phase, session, passed)
    else:
        settle(deed, phase)
    return passed


def _hand_over(
    deed: Deed, phase: Phase, session: CouncilSession, passed: Sequence[Nomination]
) -> None:
    """Write a decision on the list, and another on what the director is named for."""
    directors = people.holders(deed.session, Office.DIRECTOR, deed.day)
    others = [line for line in passed if line.subject not in directors]
    own = [[line for line in passed if line.subject == each] for each in directors]
    reach(deed, phase, PhaseState.DIRECTOR_REVIEW)
    for lines in (others, *own):
        if lines:
            ask_to_decide(deed, phase, session.id, lines)
    deed.wake.append(str(ids.phase(phase.id)))


def ask_to_decide(
    deed: Deed, phase: Phase, session: str, lines: Sequence[Nomination]
) -> Decision:
    """Write a decision on lines of a session, and ask whoever may decide them."""
    decision = write_decision(deed, phase.id, session, lines)
    due_at = _decision_due(deed, phase)
    owner = str(ids.decision(decision.id))
    set_deadline(deed, owner, "decision", due_at)
    asked = deciders(deed, decision.id)
    deed.notify(
        f"decision/{decision.id}",
        "own_decision_waits" if asked.own else "decision_waits",
        asked.people,
        phase=phase.name,
        count=len(lines),
        until=due_at,
    )
    return decision


def _decision_due(deed: Deed, phase: Phase) -> datetime:
    """The plan's own date, or the usual working days after a council that was late."""
    calendar = calendar_of(deed.session, phase.campaign)
    plan = plan_of(deed.session, phase.campaign)
    days = pack_of(deed.session, phase).sla(_DECISION_DAYS).days
    usual = in_working_days(deed, days)
    return max(rolled(plan, calendar, phase_plan(plan, phase).director_due), usual)


_BACK = frozenset({LineState.RETURNED_TO_COUNCIL, LineState.DEFERRED})
_UNDECIDED = _BACK | {
    LineState.ELIGIBLE,
    LineState.ON_BALLOT,
    LineState.COUNCIL_PASSED,
}


def settle(deed: Deed, phase: Phase) -> None:
    """Find where a phase stands once a session or a decision has ended."""
    states = _line_states(deed.session, phase.id)
    if states & _BACK:
        if phase.state is not PhaseState.COUNCIL_REVIEW:
            _back_to_the_council(deed, phase)
    elif _all_decided(deed, phase, states):
        reach(deed, phase, PhaseState.DECIDED)
    deed.wake.append(str(ids.phase(phase.id)))


def _back_to_the_council(deed: Deed, phase: Phase) -> None:
    phase.round += 1
    reach(deed, phase, PhaseState.COUNCIL_REVIEW)
    days = pack_of(deed.session, phase).sla(_COUNCIL_DAYS).days
    owner = str(ids.phase(phase.id))
    set_deadline(deed, owner, "council", in_working_days(deed, days))


def _line_states(session: Session, phase: str) -> frozenset[str]:
    query = select(Nomination.state).where(Nomination.phase == phase).distinct()
    return frozenset(session.exec(query))


def _all_decided(deed: Deed, phase: Phase, states: frozenset[str]) -> bool:
    decisions = awards_of(deed.session, phase.id)
    issued = all(decision.state in _SETTLED for decision in decisions)
    return issued and not states & _UNDECIDED
