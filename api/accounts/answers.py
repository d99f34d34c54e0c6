"""What the routes of accounts answer: never what opens anything, but the first time."""

from datetime import datetime
from uuid import UUID

from api.answers import Answer
from domain.accounts.lifetimes import FRESH
from domain.accounts.scopes import Scope
from store.accounts.asking import Found
from store.tables import ApiToken, UserAccount, UserSession


class SignedInOut(Answer):
    """Who is signed in, until when; and until when as if they just had been.

    A sample's session has no *account*, an administrator of accounts may be no
    *person*.
    """

    id: UUID
    account: str | None
    person: str | None
    administrator: bool
    ends_at: datetime
    fresh_until: datetime | None


class OwnSessionOut(Answer):
    """One of one's own sessions; *current* is the one that asks."""

    id: UUID
    agent: str
    began_at: datetime
    seen_at: datetime
    ends_at: datetime
    current: bool


class AccountOut(Answer):
    """Who may sign in by which name; *invited* has no password yet.

    *subject* is who they are to the provider of single sign-on.
    """

    name: str
    person: str | None
    subject: str | None
    administrator: bool
    shut: bool
    invited: bool


class SlipOut(Answer):
    """A one-time code, which is told once, and a slip with it to hand out.

    One that *waits* opens nothing before somebody has witnessed who got it.
    """

    account: str
    code: str
    ends_at: datetime
    waits: bool
    slip: str


class TokenOut(Answer):
    """A token of one's own, known again by its *prefix*."""

    id: UUID
    name: str
    prefix: str
    scopes: list[Scope]
    campaign: str | None
    made_at: datetime
    ends_at: datetime
    seen_at: datetime | None


class TokenMade(TokenOut):
    """A new token: what opens is told once."""

    token: str


def session_out(found: Found[UserSession]) -> SignedInOut:
    """Show a session to whoever has it."""
    return session_shown(found.shown, found.account)


def session_shown(row: UserSession, account: UserAccount | None) -> SignedInOut:
    """Show a session, of an account or of a sample's person."""
    confirmed = row.confirmed_at
    return SignedInOut(
        id=row.id,
        account=account.name if account else None,
        person=account.person if account else row.person,
        administrator=bool(account and account.administrator),
        ends_at=row.ends_at,
        fresh_until=confirmed + FRESH if confirmed else None,
    )


def account_out(row: UserAccount) -> AccountOut:
    """Show an account, without its password."""
    return AccountOut(
        name=row.name,
        person=row.person,
        subject=row.subject,
        administrator=row.administrator,
        shut=row.shut,
        invited=row.password is None,
    )


def token_out(row: ApiToken) -> TokenOut:
    """Show a token to its owner, without what opens."""
    return TokenOut.model_validate(row)
