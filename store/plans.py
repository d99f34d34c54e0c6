"""The plan and the rules that a campaign was launched under, from its own rows."""

import json
from datetime import date, datetime
from functools import lru_cache

from sqlmodel import Session

from domain.calendar import WorkingCalendar, end_of
from domain.rules.rulepack import RulePack
from intake.phases import PlannedPhase
from intake.plans import Plan
from intake.rulepacks import from_data
from store.tables import Campaign, Phase


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


def rolled(plan: Plan, calendar: WorkingCalendar, day: date) -> datetime:
    """Turn a due day of the plan into its exclusive moment, rolled as it says."""
    return end_of(calendar.roll(day, plan.roll))
