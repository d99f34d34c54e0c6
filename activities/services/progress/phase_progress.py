"""Where a phase stands once its council or its director has spoken."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from activities.deed import Deed
from activities.services.calendar.deadlines import (
    by_sla,
    close_deadlines,
    running,
    set_deadline,
)
from activities.services.council.convening import adjourn_unheld
from activities.services.decision.decisions import awards_of, write_decision
from activities.stages import reach
from domain import ids
from domain.deadlines import DeadlineKind
from domain.states import (
    DecisionState,
    LineState,
    PhaseState,
    SessionState,
)
from domain.submissions import IN_APPRAISAL
from duties.duty import Until
from duties.reminders import owing_at
from intake.schedule import rolled
from store.calendars import office_calendar
from store.database import lock
from store.plans import pack_of, phase_plan, plan_of
from store.tables import (
    CouncilSession,
    Decision,
    Nomination,
    Phase,
    Submission,
)

_DECISION_DAYS = "director_decision"
COUNCIL_DAYS = "council_decision"
_SETTLED = (DecisionState.ISSUED, DecisionState.RETURNED, DecisionState.RESCINDED)


def ask_to_decide(
    deed: Deed, phase: Phase, session: str | None, lines: Sequence[Nomination]
) -> Decision:
    """Write a decision on lines of a session, and ask whoever may decide them."""
    decision = write_decision(deed, phase.id, session, lines)
    due_at = _decision_due(deed, phase)
    owner = str(ids.decision(decision.id))
    set_deadline(deed, owner, DeadlineKind.DECISION, due_at)
    asked = owing_at(deed.session, deed.campaign, Until(owner, DeadlineKind.DECISION))
    deed.notify(
        f"decision/{decision.id}",
        "own_decision_waits" if asked.set_aside else "decision_waits",
        asked.people,
        phase=phase.name,
        count=len(lines),
        until=due_at,
    )
    return decision


def _decision_due(deed: Deed, phase: Phase) -> datetime:
    """The plan's own date, or the usual time after a council that was late."""
    calendar = office_calendar(deed.session)
    plan = plan_of(deed.session, phase.campaign)
    usual = by_sla(deed, pack_of(deed.session, phase).sla(_DECISION_DAYS), deed.day)
    return max(rolled(plan, calendar, phase_plan(plan, phase).director_due), usual)


_BACK = frozenset({LineState.RETURNED_TO_COUNCIL, LineState.DEFERRED})
_UNDECIDED = _BACK | {
    LineState.ELIGIBLE,
    LineState.ON_BALLOT,
    LineState.COUNCIL_PASSED,
}


def settle(deed: Deed, phase: Phase) -> None:
    """Find where a phase stands once something has ended that it waited for."""
    go_on(deed, phase)
    deed.wake.append(str(ids.phase(phase.id)))


def go_on(deed: Deed, phase: Phase) -> None:
    """Bring a phase to where its lines are: before the council again, or decided."""
    states = _line_states(deed.session, phase.id)
    if states & _BACK:
        if phase.state is not PhaseState.COUNCIL_REVIEW:
            phase.round += 1
            back_to_the_council(deed, phase)
    elif _left_over(deed, phase, states):
        back_to_the_council(deed, phase)
    elif phase.state in _IN_HAND and _all_decided(deed, phase, states):
        adjourn_unheld(deed, phase)
        reach(deed, phase, PhaseState.DECIDED)


_IN_HAND = (PhaseState.COUNCIL_REVIEW, PhaseState.DIRECTOR_REVIEW)


def back_to_the_council(deed: Deed, phase: Phase) -> None:
    """Let a phase wait for the council once more, and say until when."""
    reach(deed, phase, PhaseState.COUNCIL_REVIEW)
    sla = pack_of(deed.session, phase).sla(COUNCIL_DAYS)
    due_at = by_sla(deed, sla, deed.day)
    set_deadline(deed, str(ids.phase(phase.id)), DeadlineKind.COUNCIL, due_at)


def _left_over(deed: Deed, phase: Phase, states: frozenset[str]) -> bool:
    """Say whether a line waits for a council that has met without it.

    It was held then, or still being appraised.
    """
    if LineState.ELIGIBLE not in states:
        return False
    if phase.state is PhaseState.COUNCIL_REVIEW:
        return DeadlineKind.COUNCIL not in running(
            deed.session, str(ids.phase(phase.id))
        )
    decided = phase.state is PhaseState.DIRECTOR_REVIEW
    return decided and _all_decided(deed, phase, states - {LineState.ELIGIBLE})


def _line_states(session: Session, phase: str) -> frozenset[str]:
    query = select(Nomination.state).where(Nomination.phase == phase).distinct()
    return frozenset(session.exec(query))


def _all_decided(deed: Deed, phase: Phase, states: frozenset[str]) -> bool:
    if states & _UNDECIDED or _sits(deed.session, phase.id):
        return False
    decisions = awards_of(deed.session, phase.id)
    issued = all(decision.state in _SETTLED for decision in decisions)
    return issued and not _appraising(deed.session, phase.id)


def _sits(session: Session, phase: str) -> bool:
    """Say whether a council has begun to vote and not signed its minutes."""
    sitting = select(CouncilSession.id).where(
        CouncilSession.phase == phase,
        col(CouncilSession.state).in_((SessionState.VOTING, SessionState.COUNTED)),
    )
    return session.exec(sitting.limit(1)).first() is not None


def _appraising(session: Session, phase: str) -> bool:
    """Say whether a line is being appraised: one that was held when the others were."""
    waiting = (
        select(Nomination.id)
        .join(
            Submission,
            (col(Submission.phase) == col(Nomination.phase))
            & (col(Submission.department) == col(Nomination.department)),
        )
        .where(
            Nomination.phase == phase,
            Nomination.state == LineState.NOMINATED,
            col(Submission.state).in_(IN_APPRAISAL),
        )
    )
    return session.exec(waiting.limit(1)).first() is not None


def appraised_late(deed: Deed, phase: Phase) -> None:
    """Go on with what was appraised only after its phase had been posted."""
    late = phase.state in (PhaseState.PUBLIC_NOTICE, *_IN_HAND)
    if late and not _appraising(deed.session, phase.id):
        close_deadlines(deed, str(ids.phase(phase.id)), DeadlineKind.APPRAISAL)
        settle(deed, lock(deed.session, Phase, Phase.id == phase.id)[0])
