"""What departments owe: their launch, registrations, lists, and a word on who left."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sqlmodel import col, select

from domain import ids
from domain.deadlines import DeadlineKind
from domain.states import SubmissionState
from domain.submissions import BEFORE_THE_END
from duties.agenda import Agenda
from duties.duty import Duty
from store.tables import Department, Phase, Submission, Window
from store.waiting import awaited

_K = DeadlineKind


def of_departments(agenda: Agenda) -> Iterator[Duty]:
    """Find what the departments looked for owe in the phases that are open."""
    if not agenda.desks or not agenda.open_phases:
        return
    envelopes = _envelopes(agenda)
    launched = _launched(agenda)
    for (phase_id, department), (envelope, name) in envelopes.items():
        phase = agenda.phases[phase_id]
        mark = (phase.campaign, department)
        if phase.state in BEFORE_THE_END and mark not in launched:
            yield _duty(agenda, envelope, name, "launch_department", None)
    for kind in (_K.REGISTRATION, _K.SUBMISSION):
        for window in _windows(agenda, kind):
            envelope, name = envelopes[window.phase, window.department]
            act = "register" if kind is _K.REGISTRATION else _next_of(envelope)
            yield _duty(agenda, envelope, name, act, kind, window)


def _next_of(envelope: Submission) -> str:
    """Find the next thing that a department does about a list that it owes."""
    if envelope.state is SubmissionState.OVERDUE:
        return "request_late"
    return "submit" if envelope.peer_review is not None else "record_peer_review"


def _duty(
    agenda: Agenda,
    envelope: Submission,
    name: str,
    act: str,
    kind: DeadlineKind | None,
    window: Window | None = None,
) -> Duty:
    phase = agenda.phases[envelope.phase]
    target = ids.department(phase.id, envelope.department)
    duty = agenda.duty(
        act,
        target,
        phase,
        kind,
        owner=target if window is None or window.own else ids.phase(phase.id),
        about=name,
        department=envelope.department,
    )
    return replace(duty, due_at=window.due_at) if window else duty


def _envelopes(
    agenda: Agenda,
) -> Mapping[tuple[str, str], tuple[Submission, str]]:
    rows = agenda.session.exec(
        select(Submission, Department.name)
        .join(Department, col(Department.code) == col(Submission.department))
        .where(
            col(Submission.phase).in_(agenda.open_phases),
            col(Submission.department).in_(agenda.desks),
        )
        .order_by(Submission.phase, Submission.department)
    )
    return {(row.phase, row.department): (row, name) for row, name in rows}


def _launched(agenda: Agenda) -> frozenset[tuple[str, str]]:
    """Pair campaigns with the departments that have launched them, in any phase."""
    rows = agenda.session.exec(
        select(Phase.campaign, Submission.department)
        .join(Submission, col(Submission.phase) == col(Phase.id))
        .where(
            col(Phase.campaign).in_(agenda.campaigns),
            col(Submission.department).in_(agenda.desks),
            col(Submission.launched_at).is_not(None),
        )
    )
    return frozenset((campaign, department) for campaign, department in rows)


def _windows(agenda: Agenda, kind: DeadlineKind) -> Sequence[Window]:
    found: Sequence[Window] = agenda.session.exec(
        awaited(kind).where(
            col(Window.phase).in_(agenda.open_phases),
            col(Window.department).in_(agenda.desks),
            col(Window.opens_at) <= agenda.moment,
        )
    ).all()
    return found
