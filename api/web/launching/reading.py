"""Plans as they are read: all campaigns, one plan, and its year before it is signed."""

from typing import Annotated

from fastapi import Query, Response
from sqlmodel import Session

from api.admission import reads
from api.campaigns import campaigns as campaign_routes
from api.deps import Reading, TheCampaign
from api.identity import Asking
from api.tasks import my_tasks
from api.web.launching.staging import can_rehearse
from api.web.launching.years import year_of
from api.web.rendering import render
from api.web.tasks import where
from api.web.visiting import pages
from domain.policy import EDITS
from domain.states import CampaignState
from store.office.standing import roles_today
from store.tables import Person

PAGE = "/phat-dong"
_MANY, _TASKS = 50, 200
_KINDS = frozenset({"sign_pact", "launch"})

router = pages()


@router.get(PAGE, dependencies=[reads("campaigns")])
def every(
    session: Reading,
    visitor: Asking,
    sau: Annotated[str | None, Query(max_length=500)] = None,
) -> Response:
    """Show every campaign, and from where a plan may be begun."""
    found = campaign_routes.campaigns(session, _MANY, sau)
    return render(
        "launching/every.html",
        visitor=visitor,
        campaigns=found.items,
        following=found.next,
        drafts=may_draft(session, visitor),
    )


@router.get(f"{PAGE}/{{code}}", dependencies=[reads("plan")])
def one(campaign: TheCampaign, session: Reading, visitor: Asking) -> Response:
    """Show a plan, how far it is from the launch, and what the visitor may do of it."""
    mine = my_tasks(session, visitor, _TASKS, None).items
    draft = campaign.state is CampaignState.DRAFT
    return render(
        "launching/plan.html",
        visitor=visitor,
        campaign=campaign,
        plan=campaign_routes.plan(campaign),
        tasks=[
            (each.title, where(each))
            for each in mine
            if each.campaign == campaign.id and each.kind in _KINDS
        ],
        rehearses=may_draft(session, visitor) and can_rehearse(),
        corrects=draft and may_draft(session, visitor),
    )


@router.get(f"{PAGE}/{{code}}/lich-ca-nam", dependencies=[reads("plan")])
def year(campaign: TheCampaign, visitor: Asking) -> Response:
    """Show every deadline and notice of the plan, as if nothing had happened yet."""
    plan = campaign_routes.plan(campaign)
    return render(
        "launching/year.html", visitor=visitor, campaign=campaign, days=year_of(plan)
    )


def may_draft(session: Session, visitor: Person) -> bool:
    """Say whether somebody may draft campaigns."""
    return bool(roles_today(session, visitor.id) & EDITS["campaign_draft"].who)
