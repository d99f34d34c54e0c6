"""The deadlines that follow from a plan alone, before anything has happened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from domain import ids
from domain.calendar import WorkingCalendar, end_of, start_of
from domain.deadlines import DeadlineKind
from intake.phases import PlannedPhase
from intake.plans import Plan

_K = DeadlineKind


@dataclass(frozen=True)
class Scheduled:
    """A deadline as a plan sets it: *day* is the plan's own, *due_at* has rolled.

    *owner* is the workflow that the deadline is about; of a decision that does not
    exist yet, its phase.
    """

    owner: str
    kind: DeadlineKind
    day: date
    due_at: datetime
    opens_at: datetime | None = None
    period_end: date | None = None


def schedule_of(plan: Plan, calendar: WorkingCalendar) -> Iterator[Scheduled]:
    """List every deadline that a plan sets, whoever begins to keep it, and when."""
    owner, days = str(ids.campaign(plan.code)), plan.follow_up
    if (day := days.pact_signing_by) is not None:
        yield Scheduled(owner, _K.PACT, day, rolled(plan, calendar, day))
    for part in plan.phases:
        yield from phase_schedule(plan, part, calendar)
    if (day := days.final_review_by) is not None:
        yield Scheduled(owner, _K.CLOSING, day, rolled(plan, calendar, day))


def phase_schedule(
    plan: Plan, part: PlannedPhase, calendar: WorkingCalendar
) -> Iterator[Scheduled]:
    """List a phase's deadlines: those that it keeps from the launch on, and the last.

    That is the director's, which the decision keeps.
    """
    owner = str(ids.phase(ids.phase_key(plan.code, part.number)))

    def until(
        kind: DeadlineKind, day: date, opens_at: datetime | None = None
    ) -> Scheduled:
        due_at = rolled(plan, calendar, day)
        ends = part.period_end if kind is _K.SUBMISSION else None
        return Scheduled(owner, kind, day, due_at, opens_at, ends)

    # The period itself never moves, whatever day it ends on.
    opens = start_of(part.registration_opens or part.period_start)
    end = part.period_end
    yield Scheduled(owner, _K.PHASE, end, end_of(end), opens)
    if part.registration_opens and part.registration_due:
        opens = start_of(part.registration_opens)
        yield until(_K.REGISTRATION, part.registration_due, opens)
    sent = part.submission_due
    yield until(_K.PEER_REVIEW, sent, start_of(part.peer_review_opens))
    submission = until(_K.SUBMISSION, sent, start_of(part.submission_opens))
    yield submission
    appraisal = until(_K.APPRAISAL, part.appraisal_due, submission.due_at)
    yield appraisal
    yield until(_K.COUNCIL, part.council_meeting_by, appraisal.due_at)
    yield until(_K.DECISION, part.director_due)


def rolled(plan: Plan, calendar: WorkingCalendar, day: date) -> datetime:
    """Turn a due day of the plan into its exclusive moment, rolled as it says."""
    return end_of(calendar.roll(day, plan.roll))
