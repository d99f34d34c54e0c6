"""When each step of a phase ended, from the rows that its acts have left."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, or_, select

from domain import ids
from domain.deadlines import DeadlineKind
from domain.ids import Kind
from domain.reports.steps import PhaseStep, TimedStep, timed
from store.tables import CouncilSession, Deadline, Decision, Phase, Submission

# The deadline by which a step is due.
_DUE_BY = {
    PhaseStep.SUBMISSION: DeadlineKind.SUBMISSION,
    PhaseStep.APPRAISAL: DeadlineKind.APPRAISAL,
    PhaseStep.PUBLIC_NOTICE: DeadlineKind.PUBLIC_NOTICE,
    PhaseStep.MEETING: DeadlineKind.COUNCIL,
    PhaseStep.MINUTES: DeadlineKind.MINUTES,
    PhaseStep.DECISION: DeadlineKind.DECISION,
    PhaseStep.ISSUE: DeadlineKind.ISSUE,
}


def steps_of(session: Session, phase: Phase) -> list[TimedStep]:
    """Time the steps of a phase, in six statements; one that was repeated ends last.

    What a single act of the secretariat ends is told by its deadline's row, the rest by
    what was written when it happened. Time alone ends the public notice.
    """
    deadlines = _deadlines(session, phase)
    ends = _acts(session, phase) | {
        PhaseStep.APPRAISAL: _last(deadlines, DeadlineKind.APPRAISAL, "closed_at"),
        PhaseStep.PUBLIC_NOTICE: _last(deadlines, DeadlineKind.PUBLIC_NOTICE, "due_at"),
        PhaseStep.MINUTES: _last(deadlines, DeadlineKind.MINUTES, "closed_at"),
    }
    begins = _last(deadlines, DeadlineKind.SUBMISSION, "opens_at")
    dues = {step: _last(deadlines, kind, "due_at") for step, kind in _DUE_BY.items()}
    return timed(begins, ends, dues)


def _acts(session: Session, phase: Phase) -> dict[PhaseStep, datetime | None]:
    """Read when the last list was sent, the last vote held, and so on."""
    asked = (
        (PhaseStep.SUBMISSION, Submission.submitted_at, Submission.phase),
        (PhaseStep.MEETING, CouncilSession.opened_at, CouncilSession.phase),
        (PhaseStep.VOTE, CouncilSession.counted_at, CouncilSession.phase),
        (PhaseStep.DECISION, Decision.decided_at, Decision.phase),
        (PhaseStep.ISSUE, Decision.issued_at, Decision.phase),
    )
    return {
        step: session.exec(
            select(func.max(col(at))).where(col(of) == phase.id, *_by_council(step))
        ).one()
        for step, at, of in asked
    }


def _by_council(step: PhaseStep) -> Iterable[Any]:
    """Leave out what was decided without the council: it is no step of the phase."""
    if step in (PhaseStep.DECISION, PhaseStep.ISSUE):
        yield col(Decision.session).is_not(None)


def _deadlines(session: Session, phase: Phase) -> list[Deadline]:
    of_council = f"{Kind.COUNCIL}:{phase.id}-"
    of_decisions = f"{Kind.DECISION}:{phase.id}-"
    owner = col(Deadline.owner)
    return list(
        session.exec(
            select(Deadline).where(
                Deadline.campaign == phase.campaign,
                col(Deadline.name).in_(_DUE_BY.values()),
                or_(
                    owner == str(ids.phase(phase.id)),
                    owner.startswith(of_council, autoescape=True),
                    owner.startswith(of_decisions, autoescape=True),
                ),
            )
        )
    )


def _last(
    deadlines: Iterable[Deadline], kind: DeadlineKind, field: str
) -> datetime | None:
    found = (getattr(row, field) for row in deadlines if row.name == kind)
    return max((at for at in found if at is not None), default=None)
