"""What is owed to campaigns: the pact's signatures, the closing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from domain import ids
from domain.calendar import end_of
from domain.deadlines import DeadlineKind
from domain.roles import Role
from domain.states import CampaignState
from duties.agenda import OVER, Agenda
from duties.duty import Duty
from store.tables import Campaign

# The day that a plan names for an act, as long as no deadline runs for it.
_PLANNED = {
    DeadlineKind.PACT: "pact_signing_by",
    DeadlineKind.CLOSING: "final_review_by",
}


def of_campaigns(agenda: Agenda) -> Iterator[Duty]:
    """Find what is owed to the campaigns at work, and the files of those that ended."""
    for campaign in agenda.campaigns.values():
        match campaign.state:
            case CampaignState.DRAFT | CampaignState.PENDING_UNION:
                yield from _signatures(agenda, campaign)
            case _ if _all_ended(agenda, campaign):
                yield _duty(agenda, campaign, "close", DeadlineKind.CLOSING)


def _signatures(agenda: Agenda, campaign: Campaign) -> Iterator[Duty]:
    """The union's chair signs for the union, even one who directs as well."""
    union = agenda.holders.of(Role.UNION_CHAIR)
    sides = (
        (Role.UNION_CHAIR, campaign.signed_by_union, frozenset[str]()),
        (Role.DIRECTOR, campaign.signed_by_director, union),
    )
    for side, signed, but in sides:
        if signed is None:
            duty = _duty(agenda, campaign, "sign_pact", DeadlineKind.PACT)
            yield replace(duty, roles=frozenset({side}), but=but)


def _duty(agenda: Agenda, campaign: Campaign, act: str, kind: DeadlineKind) -> Duty:
    duty = agenda.duty(act, ids.campaign(campaign.id), campaign, kind)
    return replace(duty, due_at=duty.due_at or _planned(campaign, kind))


def _all_ended(agenda: Agenda, campaign: Campaign) -> bool:
    phases = [p for p in agenda.phases.values() if p.campaign == campaign.id]
    return bool(phases) and all(phase.state in OVER for phase in phases)


def _planned(campaign: Campaign, kind: DeadlineKind) -> datetime | None:
    field = _PLANNED.get(kind)
    day = (campaign.plan.get("follow_up") or {}).get(field) if field else None
    return end_of(date.fromisoformat(day)) if day else None
