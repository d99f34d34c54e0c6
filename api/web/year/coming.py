"""What comes next for somebody, of all campaigns that go on."""

from sqlmodel import Session, col, select

from api.campaigns import calendar as calendar_routes
from api.campaigns.calendar import EntryOut
from domain.states import CampaignState
from store.clock import now
from store.tables import Campaign, Person

# What is past and still owed stands first in a calendar.
_CAMPAIGNS, _LOOKED_AT, _ENTRIES = 5, 20, 3


def what_comes(session: Session, person: Person) -> list[EntryOut]:
    """List the next deadlines that concern somebody."""
    running = (
        select(Campaign)
        .where(Campaign.state == CampaignState.RUNNING)
        .order_by(col(Campaign.year).desc(), Campaign.kind, Campaign.id)
    )
    moment = now(session)
    found = [
        entry
        for campaign in session.exec(running.limit(_CAMPAIGNS)).all()
        for entry in calendar_routes.calendar(
            campaign, session, person, person=person.id, limit=_LOOKED_AT
        ).items
        if entry.due_at > moment
    ]
    return sorted(found, key=lambda entry: entry.due_at)[:_ENTRIES]
