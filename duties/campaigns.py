"""What is owed to campaigns: the pact's signatures, the launch, the closing."""

from collections.abc import Iterator
from datetime import date, datetime

from domain import ids
from domain.calendar import end_of
from domain.deadlines import DEADLINES, DeadlineKind
from domain.roles import Role
from domain.states import CampaignState
from duties.agenda import OVER, Agenda
from duties.duty import Duty, Until, worded
from store.tables import Campaign

# The day that a plan names for an act, as long as no deadline runs for it.
_PLANNED = {
    DeadlineKind.PACT: "pact_signing_by",
    DeadlineKind.CLOSING: "final_review_by",
}


def of_campaigns(agenda: Agenda) -> Iterator[Duty]:
    """Find what the director and the union owe to the campaigns at work."""
    for campaign in agenda.campaigns.values():
        match campaign.state:
            case CampaignState.DRAFT | CampaignState.PENDING_UNION:
                yield from _signatures(agenda, campaign)
            case CampaignState.PACT_SIGNED:
                yield _duty(agenda, campaign, "launch", DeadlineKind.LAUNCH)
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
            yield _duty(agenda, campaign, "sign_pact", DeadlineKind.PACT, side, but)


def _duty(
    agenda: Agenda,
    campaign: Campaign,
    act: str,
    kind: DeadlineKind,
    side: Role | None = None,
    but: frozenset[str] = frozenset(),
) -> Duty:
    target = ids.campaign(campaign.id)
    until = Until(str(target), kind)
    return Duty(
        act,
        target,
        campaign.id,
        worded(act, campaign),
        until,
        agenda.dues.get(until) or _planned(campaign, kind),
        DEADLINES[kind].owed[act] if side is None else frozenset({side}),
        but=but,
    )


def _all_ended(agenda: Agenda, campaign: Campaign) -> bool:
    phases = [p for p in agenda.phases.values() if p.campaign == campaign.id]
    return bool(phases) and all(phase.state in OVER for phase in phases)


def _planned(campaign: Campaign, kind: DeadlineKind) -> datetime | None:
    field = _PLANNED.get(kind)
    day = (campaign.plan.get("follow_up") or {}).get(field) if field else None
    return end_of(date.fromisoformat(day)) if day else None
