"""What concerns a whole campaign: its phases, its workflows, and everybody in it."""

from typing import Any

from sqlmodel import Session, col, select

from activities.addressing import everybody
from activities.deed import Deed
from engine import ids
from store.database import lock
from store.tables import Campaign, Deadline, Phase, Window


def tell_all(deed: Deed, campaign: Campaign, kind: str, **facts: Any) -> None:
    """Tell everybody of the office what has become of the campaign."""
    deed.notify(
        f"{kind}/{campaign.id}",
        kind,
        everybody(deed.session),
        again=True,
        title=campaign.title,
        **facts,
    )


def wake_all(deed: Deed) -> None:
    """Let every workflow of the campaign look at its rows again."""
    deed.wake += open_in(deed.session, deed.campaign)


def open_in(session: Session, campaign: str) -> list[str]:
    """List the workflows of a campaign that may be waiting."""
    owners = session.exec(
        select(Deadline.owner).where(Deadline.campaign == campaign).distinct()
    ).all()
    departments = session.exec(
        select(Window.phase, Window.department)
        .join(Phase, col(Phase.id) == col(Window.phase))
        .where(Phase.campaign == campaign)
        .distinct()
    ).all()
    return sorted({*owners, *(str(ids.department(p, d)) for p, d in departments)})


def phases_of(session: Session, campaign: str) -> list[Phase]:
    """List a campaign's phases, locked."""
    return lock(session, Phase, Phase.campaign == campaign)
