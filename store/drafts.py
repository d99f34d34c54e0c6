"""A campaign's first row: a plan that nobody has signed yet."""

from typing import Any

from sqlmodel import Session

from intake.plans import Plan
from store import record
from store.tables import Campaign


def draft_campaign(session: Session, plan: Plan, **sent: Any) -> Campaign:
    """Write a plan as a draft, with the chain of its record still empty.

    What is *sent* with it says by whom, and under which key.
    """
    campaign = Campaign(
        id=plan.code,
        title=plan.title,
        kind=plan.kind,
        year=plan.year,
        plan=plan.model_dump(mode="json"),
        **sent,
    )
    session.add(campaign)
    session.flush()
    record.begin_chain(session, campaign.id)
    return campaign
