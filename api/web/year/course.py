"""The course of a campaign: its phases, step by step, as planned and as they go."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlmodel import Session, col, select

from api.web.words import gettext
from domain import ids
from domain.acts import DEADLINES
from domain.calendar import ONE_DAY, due_day, local_day
from domain.deadlines import DeadlineKind
from domain.roles import own_words
from domain.states import PhaseState
from intake.phases import PlannedPhase
from intake.schedule import Scheduled, schedule_of
from papers.terms import PHASE_STATES
from store.calendars import office_calendar
from store.database import one_of
from store.office.master import today
from store.plans import head_of, plan_of
from store.tables import Campaign, Deadline, Phase

_K = DeadlineKind
# Where a deadline's own words do not say what is done until then.
_CALLED = {
    _K.PHASE: gettext("thi đua"),
    _K.DECISION: gettext("Chánh Văn phòng quyết định"),
}
_DECIDED = (PhaseState.DECIDED, PhaseState.CLOSED)


class StepStanding(StrEnum):
    """How a step of the year stands today."""

    DONE = "done"
    NOW = "now"
    LATE = "late"
    AHEAD = "ahead"
    OFF = "off"


@dataclass(frozen=True)
class YearStep:
    """A step, from its first day to its last; *planned* was the last one at first."""

    number: int
    name: str
    first: date
    last: date
    planned: date
    standing: StepStanding


@dataclass(frozen=True)
class PhaseCourse:
    """A phase with its steps; *key* is None before the launch."""

    key: str | None
    name: str
    state: PhaseState
    said: str
    steps: Sequence[YearStep]


@dataclass(frozen=True)
class Milestone:
    """A day of the campaign itself."""

    name: str
    day: date
    done: bool


@dataclass(frozen=True)
class YearCourse:
    """A whole campaign: its phases, its own days, and the day on which it is read."""

    today: date
    phases: Sequence[PhaseCourse]
    milestones: Sequence[Milestone]

    @property
    def days(self) -> list[date]:
        """List every day on which something begins or ends."""
        steps = (step for phase in self.phases for step in phase.steps)
        ends = (day for step in steps for day in (step.first, step.last))
        return sorted({*ends, *(each.day for each in self.milestones)})


@dataclass(frozen=True)
class _AsItGoes:
    """What is scheduled, what runs of it, who leads the agency, and today."""

    scheduled: Sequence[Scheduled]
    kept: Mapping[tuple[str, str], Deadline]
    head: str
    today: date

    def of(self, owner: str) -> Iterator[tuple[Scheduled, Deadline | None]]:
        """Pair what a plan sets for an *owner* with the deadline that is kept."""
        for each in self.scheduled:
            if each.owner == owner:
                yield each, self.kept.get((owner, each.kind))

    def named(self, kind: DeadlineKind) -> str:
        """Say what is done until a deadline."""
        name = _CALLED.get(kind) or DEADLINES[kind].name_vi
        return own_words(name[0].upper() + name[1:], self.head)


def course_of(session: Session, campaign: Campaign) -> YearCourse:
    """Read how a campaign goes: by its plan, and where deadlines moved, by these."""
    plan = plan_of(session, campaign.id)
    scheduled = list(schedule_of(plan, office_calendar(session)))
    kept = _kept(session, {each.owner for each in scheduled})
    running = _AsItGoes(scheduled, kept, head_of(campaign.plan), today(session))
    found = session.exec(select(Phase).where(Phase.campaign == campaign.id))
    rows = {row.number: row for row in found}
    return YearCourse(
        running.today,
        [_phase(running, campaign, x, rows.get(x.number)) for x in plan.phases],
        sorted(_milestones(running, campaign), key=lambda each: each.day),
    )


def _kept(
    session: Session, owners: Iterable[str]
) -> Mapping[tuple[str, str], Deadline]:
    rows = session.exec(select(Deadline).where(one_of(col(Deadline.owner), owners)))
    return {(row.owner, row.name): row for row in rows}


def _phase(
    running: _AsItGoes, campaign: Campaign, part: PlannedPhase, row: Phase | None
) -> PhaseCourse:
    state = row.state if row else PhaseState.PLANNED
    owner = str(ids.phase(ids.phase_key(campaign.id, part.number)))
    return PhaseCourse(
        row.id if row else None,
        part.name,
        state,
        PHASE_STATES[state],
        list(_steps(running, owner, part.period_start, state)),
    )


def _steps(
    running: _AsItGoes, owner: str, begins: date, state: PhaseState
) -> Iterator[YearStep]:
    """Follow the steps: one of which no first day is known begins as the last ends."""
    for number, (each, row) in enumerate(running.of(owner), 1):
        opens = row.opens_at if row else each.opens_at
        if each.kind is not _K.PHASE:
            begins = local_day(opens) if opens else begins
        last = due_day(row.due_at if row else each.due_at)
        done = state in _DECIDED or (row is not None and row.closed_at is not None)
        off = state is PhaseState.CANCELLED
        first = min(begins, last)
        yield YearStep(
            number,
            running.named(each.kind),
            first,
            last,
            due_day(row.original_due_at if row else each.due_at),
            StepStanding.OFF if off else _stands(first, last, running.today, done=done),
        )
        begins = last + ONE_DAY


def _stands(first: date, last: date, today: date, *, done: bool) -> StepStanding:
    if done:
        return StepStanding.DONE
    if first > today:
        return StepStanding.AHEAD
    return StepStanding.LATE if last < today else StepStanding.NOW


def _milestones(running: _AsItGoes, campaign: Campaign) -> Iterator[Milestone]:
    for each, row in running.of(str(ids.campaign(campaign.id))):
        ended = row.closed_at if row else None
        day = due_day(row.due_at if row else each.due_at)
        yield Milestone(
            running.named(each.kind),
            local_day(ended) if ended else day,
            done=ended is not None,
        )
    if campaign.launched_at:
        yield Milestone(
            gettext("Phát động"), local_day(campaign.launched_at), done=True
        )
