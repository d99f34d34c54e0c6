"""What concerns a whole campaign: its phases, its workflows, and everybody in it."""

from typing import Any

from sqlmodel import Session

from activities.addressing import everybody
from activities.deed import Deed
from engine.open_workflows import open_in
from store.database import lock
from store.tables import Campaign, Phase


def tell_all(deed: Deed, campaign: Campaign, kind: str, **facts: Any) -> None:
    """Tell everybody of the office what has become of the campaign."""
    deed.notify(
        f"{kind}/{campaign.id}",
        kind,
        everybody(deed),
        again=True,
        title=campaign.title,
        **facts,
    )


def wake_all(deed: Deed) -> None:
    """Let every workflow of the campaign that is open look at its rows again."""
    deed.wake += open_in(deed.session, deed.campaign)


def phases_of(session: Session, campaign: str) -> list[Phase]:
    """List a campaign's phases, locked."""
    return lock(session, Phase, Phase.campaign == campaign)
