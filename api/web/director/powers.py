"""Who may sign for the director just now, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from api.web.acting.paths import page_of
from api.web.naming import called
from api.web.offered import Offer
from domain import ids
from domain.acts import ACTS, may
from domain.calendar import ONE_DAY
from domain.delegation import CAPACITIES
from domain.states import CampaignState
from store.office.master import today
from store.office.standing import Standing
from store.tables import Campaign, Delegation

_MANY, _HERE = 50, "/quyet-dinh"


@dataclass(frozen=True)
class PowerShown:
    """A power that stands or will: whose, in what capacity, for what, until when."""

    delegate: str
    capacity: str
    acts: Sequence[str]
    starts: date
    last: date
    basis: str
    revoking: str | None


def powers_today(session: Session) -> list[PowerShown]:
    """List the powers that are not over and not revoked."""
    rows = session.exec(
        select(Delegation)
        .where(col(Delegation.revoked_at).is_(None), Delegation.ends > today(session))
        .order_by(col(Delegation.starts), Delegation.id)
        .limit(_MANY)
    ).all()
    names = called(session, (row.delegate for row in rows))
    return [
        PowerShown(
            delegate=names[row.delegate],
            capacity=CAPACITIES[row.capacity].name,
            acts=[ACTS[kind].summary for kind in row.acts],
            starts=row.starts,
            last=row.ends - ONE_DAY,
            basis=row.basis,
            revoking=page_of(
                "revoke_delegation",
                ids.campaign(row.campaign),
                _HERE,
                delegation=row.id,
            ),
        )
        for row in rows
    ]


def offers_to_delegate(session: Session, standing: Standing) -> list[Offer]:
    """Lead whoever may give a power to where it is given, in each running campaign."""
    if not may("delegate", standing.roles):
        return []
    running = select(Campaign).where(Campaign.state == CampaignState.RUNNING)
    rows = session.exec(running.order_by(Campaign.id).limit(_MANY))
    return [Offer("delegate", row.title, ids.campaign(row.id), _HERE) for row in rows]
