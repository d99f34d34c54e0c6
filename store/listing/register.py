"""The register of decisions: every number that was given, by series and year."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from store.knowing.decisions import known_decisions
from store.tables import Campaign, Decision, Person

Registered = tuple[Decision, str, str | None]


def registered(
    session: Session, year: int | None, reader: str | None
) -> Sequence[Registered]:
    """List the numbered decisions of a year, or of all, with campaign and signer.

    As far as the *reader* may know of them, or all where there is none.
    """
    query = (
        select(Decision, Campaign.title, Person.name)
        .join(Campaign, col(Campaign.id) == col(Decision.campaign))
        .outerjoin(Person, col(Person.id) == col(Decision.decided_by))
        .where(col(Decision.number).is_not(None))
        .order_by(col(Decision.number_year), col(Decision.series), col(Decision.number))
    )
    if reader is not None:
        query = query.where(known_decisions(session, reader))
    if year is not None:
        query = query.where(Decision.number_year == year)
    return session.exec(query).all()
