"""What time it is: by the database's own clock, or where a rehearsal stands.

Which of the two, one row says to every process whenever it asks: none is told.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import Session, delete, select, update

from store.database import ReadingSession
from store.tables import SteppedClock

# Where a rehearsal stands; in a query that asks more, null where life goes on.
_STANDS: Any = select(SteppedClock.moment)
STANDS_AT: Any = _STANDS.scalar_subquery()


class _OwnClock(FunctionElement[datetime]):
    """The database's own clock, when it is looked at; not the transaction's start."""

    type = STANDS_AT.type
    inherit_cache = True


@compiles(_OwnClock)
def _of_sqlite(_clock: _OwnClock, _compiler: SQLCompiler, **_more: Any) -> str:
    return "strftime('%Y-%m-%d %H:%M:%f', 'now')"


@compiles(_OwnClock, "postgresql")
def _of_postgres(_clock: _OwnClock, _compiler: SQLCompiler, **_more: Any) -> str:
    return "clock_timestamp()"


# In a query that asks more: the real clock, and the campaigns'.
REAL_NOW: Any = _OwnClock()
NOW: Any = func.coalesce(STANDS_AT, REAL_NOW)
_REAL, _CAMPAIGNS = select(REAL_NOW), select(NOW)


class NotARehearsal(Exception):
    """The database goes by its own clock; nobody may step it."""


def now(session: Session) -> datetime:
    """Ask the campaigns' clock: a rehearsal's where there is one, else the real one.

    Not the transaction's start: whoever waited for a lock gets the later moment. One
    that only reads sees one moment, when it first asks.
    """
    return _ask(session, _CAMPAIGNS)


def real_now(session: Session) -> datetime:
    """Ask the database's own clock what time it is."""
    return _ask(session, _REAL)


def stands_at(session: Session) -> datetime:
    """Return the moment at which a rehearsal stands. Raises NotARehearsal."""
    told: datetime | None = session.connection().execute(_STANDS).scalar()
    if told is None:
        raise NotARehearsal
    return told


def _ask(session: Session, clock: Any) -> datetime:
    told: datetime | None = session.info.get(clock)
    if told is None:
        told = session.connection().execute(clock).scalar_one()
        if isinstance(session, ReadingSession):
            session.info[clock] = told
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
