"""Sessions: begun by a sign-in, noted when used, and ended for good."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, delete, select, update

from domain.accounts.lifetimes import LONGEST
from store.accounts.secrets import digest, new_secret
from store.database import Database
from store.tables import ApiToken, UserAccount, UserSession


def begin_session(
    session: Session,
    account: UserAccount | None,
    at: datetime,
    agent: str,
    *,
    person: str | None = None,
    confirmed: bool = True,
) -> tuple[str, UserSession]:
    """Begin a session: of an account, or of a sample's *person*.

    Those of the account that are over go with that.
    """
    secret = new_secret()
    key = account.id if account else None
    whose, over = col(UserSession.account) == key, col(UserSession.ends_at) <= at
    if key is not None:
        session.exec(delete(UserSession).where(whose, over))
    row = UserSession(
        digest=digest(secret),
        account=key,
        person=person,
        agent=agent[:200],
        began_at=at,
        seen_at=at,
        ends_at=at + LONGEST,
        confirmed_at=at if confirmed else None,
    )
    session.add(row)
    session.flush()
    return secret, row


def end_session(session: Session, known_as: str) -> None:
    """End a session by its digest, if there is one."""
    session.exec(delete(UserSession).where(col(UserSession.digest) == known_as))


def end_one(session: Session, account: int, key: UUID) -> bool:
    """End one session of an account by its key; say whether there was one."""
    one = (col(UserSession.account) == account, col(UserSession.id) == key)
    return bool(session.exec(delete(UserSession).where(*one)).rowcount)


def end_all(session: Session, account: int) -> None:
    """End every session of an account."""
    session.exec(delete(UserSession).where(col(UserSession.account) == account))


def end_samples(session: Session) -> int:
    """End the sessions of samples; return how many there were."""
    of_samples = col(UserSession.account).is_(None)
    return session.exec(delete(UserSession).where(of_samples)).rowcount


def has_samples(session: Session) -> bool:
    """Say whether somebody is signed in as in a sample office."""
    of_samples = col(UserSession.account).is_(None)
    return session.exec(select(UserSession.id).where(of_samples)).first() is not None


def confirm(session: Session, key: UUID, at: datetime) -> UserSession | None:
    """Note that the password was given once more, unless the session has ended."""
    row = session.get(UserSession, key)
    if row is not None:
        row.confirmed_at = row.seen_at = at
    return row


def note_seen(
    database: Database,
    table: type[UserSession] | type[ApiToken],
    key: UUID,
    at: datetime,
) -> None:
    """Note that a session or a token is used."""
    with database.write() as session:
        session.exec(update(table).where(col(table.id) == key).values(seen_at=at))
