"""How the office calls itself: in the words of its newest plan."""

from sqlmodel import Session, col, select

from domain.roles import HEAD
from store.plans import head_of
from store.tables import Campaign


def head_in(session: Session) -> str:
    """Tell how the agency calls its head; as the house does until it has a plan."""
    newest = (
        select(Campaign.plan)
        .where(Campaign.kind == "regular")
        .order_by(col(Campaign.year).desc(), col(Campaign.id).desc())
        .limit(1)
    )
    plan = session.exec(newest).first()
    return head_of(plan) if plan else HEAD
