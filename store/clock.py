"""What time it is: by the database's own clock, or where a rehearsal stands.

Which of the two, one row says to every process whenever it asks: none is told.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, literal_column
from sqlmodel import Session, delete, select, update

from store.tables import Campaign, SteppedClock

# Where a rehearsal stands; in a query that asks more, null where life goes on.
_STANDS: Any = select(SteppedClock.moment)
STANDS_AT: Any = _STANDS.scalar_subquery()
_OWN = {
    "sqlite": literal_column("strftime('%Y-%m-%d %H:%M:%f', 'now')", STANDS_AT.type),
    "postgresql": literal_column("clock_timestamp()", STANDS_AT.type),
}
_REAL: Any = {name: select(own) for name, own in _OWN.items()}
_NOW: Any = {name: select(func.coalesce(STANDS_AT, own)) for name, own in _OWN.items()}
_CAMPAIGN_NOW: Any = {
    name: select(Campaign, func.coalesce(STANDS_AT, own)).where(
        Campaign.id == bindparam("id")
    )
    for name, own in _OWN.items()
}


def both_clocks(dialect: str) -> tuple[Any, Any]:
    """Give the campaigns' clock and the real one, as columns of a query."""
    own = _OWN[dialect]
    return func.coalesce(STANDS_AT, own), own


class NotARehearsal(Exception):
    """The database goes by its own clock; nobody may step it."""


def now(session: Session) -> datetime:
    """Ask the campaigns' clock: a rehearsal's where there is one, else the real one.

    Not the transaction's start: whoever waited for a lock gets the later moment.
    """
    return _ask(session, _NOW)


def campaign_now(session: Session, campaign: str) -> tuple[Campaign, datetime]:
    """Read a campaign, and what time it is by the campaigns' clock, in one question."""
    asked = _CAMPAIGN_NOW[session.get_bind().dialect.name]
    row: tuple[Campaign, datetime] = session.exec(asked, params={"id": campaign}).one()
    return row[0], row[1]


def real_now(session: Session) -> datetime:
    """Ask the database's own clock what time it is."""
    return _ask(session, _REAL)


def stands_at(session: Session) -> datetime:
    """Return the moment at which a rehearsal stands. Raises NotARehearsal."""
    told: datetime | None = session.connection().execute(_STANDS).scalar()
    if told is None:
        raise NotARehearsal
    return told


def _ask(session: Session, clocks: Mapping[str, Any]) -> datetime:
    asked = clocks[session.get_bind().dialect.name]
    told: datetime = session.connection().execute(asked).scalar_one()
    return told


def stand_still(session: Session, at: datetime) -> None:
    """Make a database a rehearsal's: from now on its clock stands still."""
    session.add(SteppedClock(moment=at))


def step(session: Session, to: datetime) -> None:
    """Set a rehearsal's clock. Raises NotARehearsal."""
    if not session.exec(update(SteppedClock).values(moment=to)).rowcount:
        raise NotARehearsal


def go_on(session: Session) -> None:
    """End a rehearsal: from now on the database goes by its own clock."""
    session.exec(delete(SteppedClock))
