"""Somebody's deadlines in all campaigns, as a calendar that their programs read."""

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session, col, select

from domain.states import CampaignState
from duties.calendar import Entry, of_campaign
from duties.outgoing.writing import entered
from duties.subjects import subjects_in
from duties.viewers import Viewer, viewer_of
from papers.ics import Entered, calendar_file
from store.tables import Campaign

# Of one campaign; no office has so many deadlines for one person.
_MOST = 1000
_NAME = "Thi đua, khen thưởng"
_SHOWN = (
    CampaignState.PENDING_UNION,
    CampaignState.PACT_SIGNED,
    CampaignState.RUNNING,
    CampaignState.CLOSED,
)


def feed_of(session: Session, person: str, at: datetime, link: str = "") -> bytes:
    """Write the deadlines that somebody is reminded of, in all campaigns."""
    viewer = viewer_of(session, person, None)
    shown = select(Campaign).where(col(Campaign.state).in_(_SHOWN))
    campaigns = session.exec(shown.order_by(Campaign.id)).all()
    entries = [
        entry
        for campaign in campaigns
        for entry in _of(session, campaign, person, viewer)
    ]
    return calendar_file(entries, at, link=link, name=_NAME)


def _of(
    session: Session, campaign: Campaign, person: str, viewer: Viewer | None
) -> Iterator[Entered]:
    found = of_campaign(session, campaign, person, viewer, None, _MOST)
    theirs = [entry for entry in found if _is_of(entry)]
    about = subjects_in(session, campaign, [entry.owner for entry in theirs])
    for entry in theirs:
        yield entered(
            entry.owner, entry.name, entry.version, entry.due_at, about[entry.owner]
        )


def _is_of(entry: Entry) -> bool:
    """Leave out what time alone does, of which nobody is reminded."""
    return bool(entry.reminders) or entry.running
