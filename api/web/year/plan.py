"""*Kế hoạch*: the plan as it stands, who has signed its pact, and who may sign yet."""

from fastapi import Response
from sqlmodel import Session, col, select

from api.admission import reads
from api.campaigns import campaigns as campaign_routes
from api.deps import Packs, Reading, TheCampaign
from api.identity import Asking
from api.web.naming import called, in_words
from api.web.offered import offered
from api.web.papers import papers_on
from api.web.visiting import pages
from api.web.year.showing import show
from domain import ids
from domain.states import PhaseState
from papers.official.kinds import PaperOf
from store.office.standing import standing_of
from store.tables import Campaign, Phase

router = pages()

# What is done on the plan itself, of all that is done on a campaign.
_ON_THE_PLAN = ("sign_pact", "launch", "amend")


@router.get("/ke-hoach/{code}", dependencies=[reads("plan")])
def plan(
    campaign: TheCampaign, session: Reading, visitor: Asking, packs: Packs
) -> Response:
    """Show a plan, section by section, as its paper has it."""
    standing = standing_of(session, visitor.id)
    target, back = ids.campaign(campaign.id), f"/ke-hoach/{campaign.id}"
    acts = offered(standing, target, campaign.id, campaign.state, back)
    signed = (campaign.signed_by_director, campaign.signed_by_union)
    return show(
        session,
        visitor,
        campaign,
        "year/plan.html",
        plan=campaign_routes.plan(campaign),
        state=in_words(campaign.state),
        titles={title.code: title.name_vi for pack in packs for title in pack.titles},
        names=called(session, signed),
        acts=[act for act in acts if act.kind in _ON_THE_PLAN],
        posted=_posted(session, campaign) if standing.roles else [],
        papers=papers_on(back, session, visitor, PaperOf.CAMPAIGN, campaign),
    )


def _posted(session: Session, campaign: Campaign) -> list[Phase]:
    """List the phases of which a list is posted for comments now."""
    where = Phase.campaign == campaign.id, Phase.state == PhaseState.PUBLIC_NOTICE
    return list(session.exec(select(Phase).where(*where).order_by(col(Phase.number))))
