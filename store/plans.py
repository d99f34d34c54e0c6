"""The plan and the rules that a campaign was launched under, from its own rows."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache

from sqlmodel import Session, col, select

from domain import ids
from domain.calendar import WorkingCalendar, end_of, local_day
from domain.deadlines import DeadlineKind, kind_of
from domain.rules.rulepack import RulePack
from intake.phases import PlannedPhase
from intake.plans import Plan
from intake.rulepacks import from_data
from store.calendars import calendar_around, calendar_with
from store.database import now
from store.tables import Campaign, Deadline, Phase


def plan_of(session: Session, campaign: str) -> Plan:
    """Read a campaign's plan."""
    row = session.get_one(Campaign, campaign)
    return Plan.model_validate(row.plan)


def phase_plan(plan: Plan, phase: Phase) -> PlannedPhase:
    """Find what the plan says of one phase."""
    return plan.phases[phase.number - 1]


def pack_of(session: Session, phase: Phase) -> RulePack:
    """Read the rules that a phase is judged by: the campaign's own snapshot."""
    campaign = session.get_one(Campaign, phase.campaign)
    return _pack(json.dumps(campaign.packs[phase.pack]))


@lru_cache(maxsize=32)
def _pack(snapshot: str) -> RulePack:
    # Every act of every department asks for it, and it takes milliseconds.
    return from_data(json.loads(snapshot))


def calendar_of(session: Session, campaign: str) -> WorkingCalendar:
    """Build the working calendar from a campaign's year to the present one.

    A campaign that ends years late still counts its working days from today.
    """
    year = session.get_one(Campaign, campaign).year
    return calendar_around(session, year, local_day(now(session)).year)


def calendar_with_days(
    session: Session, campaign: str, own: Mapping[str, bool]
) -> WorkingCalendar:
    """Build the calendar of a campaign as if the office had entered these days."""
    year = session.get_one(Campaign, campaign).year
    return calendar_with(own, year, local_day(now(session)).year)


def ends_of(
    plan: Plan, calendar: WorkingCalendar, part: PlannedPhase
) -> dict[DeadlineKind, datetime]:
    """Turn the days of a phase's deadlines into their moments, rolled."""
    return {kind: rolled(plan, calendar, day) for kind, day in part.dates().items()}


def ends_in(session: Session, phase: str) -> dict[DeadlineKind, datetime]:
    """Read when each deadline ends that runs for the whole phase."""
    rows = session.exec(
        select(Deadline.name, Deadline.due_at).where(
            Deadline.owner == str(ids.phase(phase)), col(Deadline.closed_at).is_(None)
        )
    )
    return {kind_of(name): due_at for name, due_at in rows}


def rolled(plan: Plan, calendar: WorkingCalendar, day: date) -> datetime:
    """Turn a due day of the plan into its exclusive moment, rolled as it says."""
    return end_of(calendar.roll(day, plan.roll))
