"""Calendar feeds: whose a secret address is."""

from datetime import datetime

from sqlmodel import Session, select

from domain.calendar import local_day
from store.accounts.asking import serves
from store.accounts.secrets import digest, new_secret
from store.clock import now
from store.database import insert_or_update
from store.tables import CalendarFeed, UserAccount


def make(session: Session, person: str, at: datetime) -> str:
    """Make somebody's address, in place of one before; what opens is known only now."""
    secret = new_secret()
    row = {"person": person, "digest": digest(secret), "made_at": at}
    insert_or_update(session, CalendarFeed, [row])
    return secret


def end(session: Session, person: str) -> None:
    """End somebody's address."""
    row = session.get(CalendarFeed, person)
    if row is not None:
        session.delete(row)


def since(session: Session, person: str) -> datetime | None:
    """Say since when somebody has an address."""
    row = session.get(CalendarFeed, person)
    return row.made_at if row else None


def owner(session: Session, secret: str) -> str | None:
    """Find whose an address is; nobody's, once their account is shut or they left."""
    query = select(CalendarFeed.person).where(CalendarFeed.digest == digest(secret))
    person = session.exec(query).first()
    shut = select(UserAccount.id).where(UserAccount.person == person, UserAccount.shut)
    if person is None or session.exec(shut).first() is not None:
        return None
    return person if serves(session, person, local_day(now(session))) else None
