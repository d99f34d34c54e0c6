"""What a phase writes when its time comes: rows, deadlines, windows, stages."""

from datetime import date, datetime

from sqlmodel import col

from activities.deed import Deed
from activities.services.calendar.deadlines import running, set_deadline
from activities.services.progress.departments import follow_departments, give_envelopes
from activities.services.progress.lapsed_registrations import lapse
from activities.services.progress.phase_progress import go_on
from activities.stages import begin, reach, reach_all
from domain import ids
from domain.acts import rule_of
from domain.calendar import start_of
from domain.deadlines import DeadlineKind
from domain.refusals import refuse
from domain.rules.rulepack import RulePack
from domain.states import PhaseState, WindowState
from intake.phases import PlannedPhase
from intake.plans import Plan
from intake.schedule import Scheduled, phase_schedule
from papers.wording import due
from store.calendars import office_calendar
from store.office import people
from store.tables import Phase, Window

_K = DeadlineKind


def write_phase(deed: Deed, plan: Plan, part: PlannedPhase, pack: RulePack) -> None:
    """Write one phase of a launched plan, with its deadlines and their ladders."""
    phase = Phase(
        id=ids.phase_key(deed.campaign, part.number),
        campaign=deed.campaign,
        number=part.number,
        name=part.name,
        final=part.final,
        period_start=part.period_start,
        period_end=part.period_end,
        pack=pack.code,
        titles=list(part.titles),
    )
    deed.session.add(phase)
    deed.session.flush()
    begin(deed, phase.state, phase.id)
    schedule(deed, plan, part)
    deed.start.append(str(ids.phase(phase.id)))


def schedule(deed: Deed, plan: Plan, part: PlannedPhase) -> None:
    """Set every deadline of a phase from the plan; a changed one gets a new version."""
    for each in phase_schedule(plan, part, office_calendar(deed.session)):
        if each.kind is not _K.DECISION:
            set_deadline(
                deed, each.owner, each.kind, each.due_at, each.opens_at, each.period_end
            )


def open_phase(deed: Deed, phase: Phase) -> None:
    """Give every department of the day its envelope and its windows."""
    departments = people.collectives(deed.session, deed.day)
    codes = [department.code for department in departments]
    give_envelopes(deed, phase, codes)
    ends = running(deed.session, str(ids.phase(phase.id)))
    registering = _K.REGISTRATION in ends
    phase.opened_at = deed.at
    opened = PhaseState.REGISTRATION_OPEN if registering else PhaseState.RUNNING
    reach(deed, phase, opened)
    deed.start.append(str(ids.departments(phase.id)))
    deed.facts |= {"phase": phase.id, "departments": codes}


def enter(deed: Deed, phase: Phase, stage: PhaseState) -> None:
    """Let a phase enter a stage whose time has come."""
    reach(deed, phase, stage)
    lapse(deed, phase)
    follow_departments(deed, phase)
    if stage is PhaseState.COUNCIL_REVIEW:
        go_on(deed, phase)  # what was posted may have been withdrawn, or held


def reschedule(deed: Deed, before: Plan, plan: Plan, phase: Phase) -> None:
    """Follow a changed plan: what it moved gets a new version, the rest stays.

    Deadlines that are closed, and windows of one department's own, are left.
    """
    old, new = before.phases[phase.number - 1], plan.phases[phase.number - 1]
    phase.name, phase.titles = new.name, list(new.titles)
    deed.session.add(phase)
    ends = running(deed.session, str(ids.phase(phase.id)))
    calendar = office_calendar(deed.session)
    stood = {x.kind: x for x in phase_schedule(before, old, calendar)}
    for now in phase_schedule(plan, new, calendar):
        was, runs = stood.get(now.kind), ends.get(now.kind)
        if was is None or runs is None or (was.day, was.opens_at) == _dated(now):
            continue
        due_at, opens_at = runs.due_at, now.opens_at or start_of(now.day)
        if now.day != was.day:
            due_at = now.due_at
            _require_ahead(deed, now.kind, due_at)
        set_deadline(deed, now.owner, now.kind, due_at, opens_at)
        _follow_windows(deed, phase, now.kind, opens_at, due_at)


def _dated(each: Scheduled) -> tuple[date, datetime | None]:
    return each.day, each.opens_at


def _require_ahead(deed: Deed, name: str, due_at: datetime) -> None:
    if due_at <= deed.at:
        raise refuse(
            "date_past",
            f"Hạn «{rule_of(name).name_vi}» không dời về ngày đã qua ({due(due_at)}).",
        )


def _follow_windows(
    deed: Deed, phase: Phase, kind: str, opens_at: datetime, due_at: datetime
) -> None:
    reach_all(
        deed,
        Window,
        WindowState.OPEN,
        col(Window.phase) == phase.id,
        col(Window.kind) == kind,
        col(Window.own).is_(False),
        col(Window.state) != WindowState.CLOSED,
        opens_at=opens_at,
        due_at=due_at,
    )
