"""A day of the office's own calendar: taken back, and followed by what runs."""

from datetime import date
from uuid import uuid4

from sqlmodel import Session, col, select

from domain import ids
from domain.states import CampaignState
from intake.office.refusals import as_published
from store import commands
from store.calendars import own_days
from store.commands import Intent
from store.tables import CalendarOverride, Campaign

_RUNS = (CampaignState.RUNNING, CampaignState.SUSPENDED)


def require_entered(session: Session, day: date) -> CalendarOverride:
    """Find what the office entered of a day. Raises Refused (`unknown_record`)."""
    row = session.get(CalendarOverride, day)
    if row is None:
        raise as_published(day)
    return row


def take_back(session: Session, row: CalendarOverride) -> None:
    """Let a day be again what the published calendar says of it."""
    session.delete(row)
    session.flush()


def campaigns_that_run(session: Session) -> list[Campaign]:
    """List the campaigns whose deadlines run, or rest."""
    running = col(Campaign.state).in_(_RUNS)
    return list(session.exec(select(Campaign).where(running).order_by(Campaign.id)))


def ask_to_roll(session: Session, person: str, reason: str) -> None:
    """Write down, for each campaign that stands by other days, that it is to follow.

    Whoever dispatches what waits sends these acts; they hold what is entered now.
    """
    session.flush()
    days = own_days(session)
    for campaign in campaigns_that_run(session):
        if campaign.own_days != days:
            intent = Intent(
                actor=person,
                kind="roll_deadlines",
                campaign=campaign.id,
                target=str(ids.campaign(campaign.id)),
                body={"reason": reason},
                key=uuid4().hex,
            )
            commands.receive(session, intent)
