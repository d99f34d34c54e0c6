"""Which campaign a page is of when none is named: the one that goes on."""

from fastapi import Response
from sqlmodel import Session, case, col, select

from api.web.rendering import render
from domain.states import CampaignState
from store.tables import Campaign, Person

_OTHERS = 20
# Those that go on come first, and the whole year's before what is on one theme.
_ORDER = (
    case((col(Campaign.state) == CampaignState.RUNNING, 0), else_=1),
    col(Campaign.year).desc(),
    case((col(Campaign.kind) == "regular", 0), else_=1),
    col(Campaign.id),
)


def no_campaign(visitor: Person, title: str) -> Response:
    """Say on a page that there is no campaign yet."""
    return render("year/none.html", visitor=visitor, title=title)


def current_campaign(session: Session) -> Campaign | None:
    """Find the campaign that goes on now, or the last one."""
    return session.exec(select(Campaign).order_by(*_ORDER).limit(1)).first()


def other_campaigns(session: Session, campaign: Campaign) -> list[Campaign]:
    """List campaigns beside one, those that go on first; no more than are read."""
    query = select(Campaign).where(Campaign.id != campaign.id).order_by(*_ORDER)
    return list(session.exec(query.limit(_OTHERS)))
