"""The plan and the rules that a campaign was launched under, from its own rows."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlmodel import Session, col, select

from domain import ids
from domain.acts import kind_of, rule_of
from domain.calendar import WorkingCalendar
from domain.ids import Kind
from domain.ladder import Rung, Step, climb
from domain.roles import HEAD, head_signing, own_words
from domain.rules.rulepack import RulePack
from domain.rules.titles import Title
from intake.phases import PlannedPhase
from intake.plans import Plan
from intake.rulepacks import from_data
from store.tables import Campaign, Deadline, Phase


def plan_of(session: Session, campaign: str) -> Plan:
    """Read a campaign's plan."""
    return _plan(_text(_Same(session.get_one(Campaign, campaign).plan)))


def phase_plan(plan: Plan, phase: Phase) -> PlannedPhase:
    """Find what the plan says of one phase."""
    return plan.phases[phase.number - 1]


def pack_of(session: Session, phase: Phase) -> RulePack:
    """Read the rules that a phase is judged by: the campaign's own snapshot."""
    campaign = session.get_one(Campaign, phase.campaign)
    return _of_campaign(campaign, phase.pack)


def is_yearly(campaign: Campaign, phase: Phase) -> bool:
    """Say whether a phase looks back on the whole year."""
    return campaign.kind == "regular" and phase.final


def period_of(campaign: Campaign, phase: Phase) -> str:
    """Name the time that the lines of a phase are for; a title is had once in it."""
    return str(campaign.year) if is_yearly(campaign, phase) else phase.id


def _of_campaign(campaign: Campaign, pack: str) -> RulePack:
    return _pack(_text(_Same(campaign.packs[pack])), head_of(campaign.plan))


def head_of(plan: Mapping[str, Any]) -> str:
    """Tell how an agency calls its head, from a plan as it is kept."""
    return head_signing(plan["signatory"])


def heads_of(session: Session) -> dict[str, str]:
    """Tell of every campaign how its agency calls its head."""
    signs = col(Campaign.plan)["signatory"].as_string()
    rows = session.exec(select(Campaign.id, signs))
    return {code: head_signing(signatory or HEAD) for code, signatory in rows}


def packs_of(campaign: Campaign) -> list[RulePack]:
    """List all rules that a campaign goes by."""
    return [_of_campaign(campaign, pack) for pack in campaign.packs]


def titles_of(campaign: Campaign) -> list[Title]:
    """List the titles of all rules that a campaign goes by."""
    return [title for pack in packs_of(campaign) for title in pack.titles]


def warnings_of(campaign: Campaign, pack: str | None = None) -> list[str]:
    """Say what the rules of a campaign warn of: one pack of them, or all."""
    packs = campaign.packs.values() if pack is None else [campaign.packs.get(pack, {})]
    said = dict.fromkeys(each.get("warning_vi") for each in packs)
    return [warning for warning in said if warning]


@dataclass(frozen=True, eq=False)
class _Same:
    """What a campaign keeps as JSON, told from others by itself, not by all it says.

    A long text is read once (`store.database.opening`), and nobody changes what was.
    """

    said: Mapping[str, Any]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.said is self.said

    def __hash__(self) -> int:
        return id(self.said)


@lru_cache(maxsize=64)
def _text(kept: _Same) -> str:
    return json.dumps(kept.said, ensure_ascii=False)


# Every act of every department asks for them, and each takes milliseconds.
@lru_cache(maxsize=32)
def _plan(snapshot: str) -> Plan:
    return Plan.model_validate(json.loads(snapshot))


@lru_cache(maxsize=32)
def _pack(snapshot: str, head: str) -> RulePack:
    quoted = json.dumps(head, ensure_ascii=False)[1:-1]
    return from_data(json.loads(own_words(snapshot, quoted)))


def ends_in(session: Session, phase: str) -> dict[str, datetime]:
    """Read when each deadline ends that runs for the whole phase."""
    rows = session.exec(
        select(Deadline.name, Deadline.due_at).where(
            Deadline.owner == str(ids.phase(phase)), col(Deadline.closed_at).is_(None)
        )
    )
    return {kind_of(name): due_at for name, due_at in rows}


def steps_ahead(
    deadline: Deadline,
    rungs: Sequence[Rung],
    calendar: WorkingCalendar,
    since: datetime,
    *,
    new: bool = False,
) -> tuple[Step, ...]:
    """Plan what goes out for a deadline from a moment on.

    The opening of a window for everybody is told; that of a *new* one, which is open
    already, is told from now on. What time alone ends is never late.
    """
    rule, opens = rule_of(deadline.name), max(since, deadline.opens_at or since)
    common = ids.read(deadline.owner).kind is Kind.PHASE
    steps = climb(
        rungs,
        deadline.due_at,
        calendar,
        not_before=opens,
        period_end=deadline.period_end,
        invites=(opens if new else deadline.opens_at)
        if rule.invites and common
        else None,
    )
    return tuple(s for s in steps if rule.ended_by or s.at < deadline.due_at)
