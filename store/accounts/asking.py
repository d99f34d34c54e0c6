"""Whose session or token a request shows: judged by the rows, at each request."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Generic, TypeVar

from sqlalchemy import bindparam, func, or_, select, true
from sqlmodel import Session, col

from domain.accounts.lifetimes import holds, is_fresh
from domain.calendar import local_day
from store.accounts.secrets import digest
from store.clock import NOW, REAL_NOW
from store.database import made_once, one_of
from store.office.in_force import in_service
from store.tables import ApiToken, Person, UserAccount, UserSession

Shown = TypeVar("Shown", UserSession, ApiToken)


@dataclass(frozen=True)
class Found(Generic[Shown]):
    """What a request shows, whose it is, and what time it is by the real clock.

    A sample's session has no account, an administrator of accounts may be no person.
    """

    shown: Shown
    account: UserAccount | None
    person: Person | None
    at: datetime

    @property
    def fresh(self) -> bool:
        """Say whether a password was given just now; a sample's session knows none."""
        if isinstance(self.shown, ApiToken):
            return False
        return self.account is None or is_fresh(self.shown.confirmed_at, self.at)


def find_session(session: Session, secret: str) -> Found[UserSession] | None:
    """Find a session by what its browser keeps, while it holds."""
    found = _find(session, UserSession, secret)
    if found and holds(found.shown.seen_at, found.shown.ends_at, found.at):
        return found
    return None


_CLOCKS = select(NOW, REAL_NOW)


def holding(session: Session, digests: Iterable[str]) -> frozenset[str]:
    """Find which sessions still hold, by their digests: judged as each request is."""
    moment, at = session.execute(_CLOCKS).one()
    whose = func.coalesce(col(UserAccount.person), col(UserSession.person))
    shown: Any = UserSession.digest, UserSession.seen_at, UserSession.ends_at
    query = (
        select(*shown)
        .outerjoin(UserAccount, col(UserAccount.id) == col(UserSession.account))
        .where(
            one_of(col(UserSession.digest), digests),
            col(UserAccount.shut).is_not(true()),
            or_(whose.is_(None), in_service(whose, local_day(moment))),
        )
    )
    rows = session.execute(query)
    return frozenset(one for one, seen, ends in rows if holds(seen, ends, at))


def find_token(session: Session, secret: str) -> Found[ApiToken] | None:
    """Find a token by what its program shows, while it holds."""
    found = _find(session, ApiToken, secret)
    return found if found and found.at < found.shown.ends_at else None


def serves(session: Session, person: str, day: date) -> bool:
    """Say whether a person is alive and has not left on *day*."""
    return bool(_serves(session, person=person, day=day).scalar_one())


@made_once
def _serves(person: Any, day: Any) -> Any:
    return select(in_service(person, day))


def _find(session: Session, table: type[Shown], secret: str) -> Found[Shown] | None:
    """Find what is shown; it opens nothing once its account is shut or who left."""
    query = _query(table)
    row = session.execute(query, {"digest": digest(secret)}).one_or_none()
    if row is None:
        return None
    shown, account, person, moment, at = row
    if account is not None and account.shut:
        return None
    if person is not None and not serves(session, person.id, local_day(moment)):
        return None
    return Found(shown, account, person, at)


@cache  # it is asked at each request, and to make it takes longer than to ask it
def _query(table: type[Shown]) -> Any:
    whose: Any = col(UserAccount.person)
    if table is UserSession:
        whose = func.coalesce(whose, col(UserSession.person))
    return (
        select(table, UserAccount, Person, NOW, REAL_NOW)
        .select_from(table)
        .outerjoin(UserAccount, col(UserAccount.id) == col(table.account))
        .outerjoin(Person, col(Person.id) == whose)
        .where(col(table.digest) == bindparam("digest"))
    )
