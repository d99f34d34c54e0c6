"""What is owed to a phase: lists appraised and posted, a council."""

from collections.abc import Iterator

from sqlmodel import col, select

from domain import ids
from domain.deadlines import DeadlineKind
from domain.roles import Role
from domain.states import PhaseState, SessionState, SubmissionState
from domain.submissions import READY, SILENT
from duties.agenda import Agenda
from duties.duty import Duty
from store.tables import CouncilSession, Department, Submission

_S, _K = SubmissionState, DeadlineKind
_NEXT = {_S.SUBMITTED: "receive", _S.RECEIVED: "appraise", _S.RESUBMITTED: "appraise"}
_MEETING = (SessionState.CONVENED, SessionState.VOTING, SessionState.COUNTED)


def of_phases(agenda: Agenda) -> Iterator[Duty]:
    """Find what the secretariat owes to the phases that are open."""
    if not agenda.asks(Role.SECRETARIAT):
        return
    yield from _lists(agenda)
    unsettled = _unsettled(agenda)
    met = _met(agenda)
    for phase in agenda.phases.values():
        target = ids.phase(phase.id)
        if phase.state is PhaseState.APPRAISAL and phase.id not in unsettled:
            yield agenda.duty("publish", target, phase, _K.APPRAISAL)
        if phase.state is PhaseState.COUNCIL_REVIEW and phase.id not in met:
            yield agenda.duty("convene", target, phase, _K.COUNCIL)


def _lists(agenda: Agenda) -> Iterator[Duty]:
    rows = agenda.session.exec(
        select(Submission, Department.name)
        .join(Department, col(Department.code) == col(Submission.department))
        .where(
            col(Submission.phase).in_(agenda.open_phases),
            col(Submission.state).in_(_NEXT),
        )
        .order_by(Submission.phase, Submission.department)
    )
    for envelope, name in rows:
        phase, act = agenda.phases[envelope.phase], _NEXT[envelope.state]
        target = ids.department(phase.id, envelope.department)
        yield agenda.duty(
            act, target, phase, _K.APPRAISAL, owner=ids.phase(phase.id), about=name
        )


def _unsettled(agenda: Agenda) -> frozenset[str]:
    """Name the phases in which somebody has still to say something of a list."""
    rows = agenda.session.exec(
        select(Submission.phase)
        .where(
            col(Submission.phase).in_(agenda.open_phases),
            col(Submission.state).not_in(READY | SILENT),
        )
        .distinct()
    )
    return frozenset(rows)


def _met(agenda: Agenda) -> frozenset[str]:
    """Name the phases whose council is convened, or sits."""
    rows = agenda.session.exec(
        select(CouncilSession.phase).where(
            col(CouncilSession.phase).in_(agenda.open_phases),
            col(CouncilSession.state).in_(_MEETING),
        )
    )
    return frozenset(rows)
