"""Tokens of programs: made for an account, and ended."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, delete, select

from store.accounts.secrets import digest, new_token
from store.tables import ApiToken

_SHOWN = 12  # of a token, so that its owner knows it again


def make_token(
    session: Session,
    account: int,
    name: str,
    scopes: Sequence[str],
    campaign: str | None,
    at: datetime,
    ends_at: datetime,
) -> tuple[str, ApiToken]:
    """Make a token; what opens is known only now."""
    token = new_token()
    row = ApiToken(
        digest=digest(token),
        prefix=token[:_SHOWN],
        account=account,
        name=name,
        scopes=list(scopes),
        campaign=campaign,
        made_at=at,
        ends_at=ends_at,
    )
    session.add(row)
    session.flush()
    return token, row


def end_token(session: Session, account: int, key: UUID) -> ApiToken | None:
    """End one token of an account; return what it was."""
    own = (ApiToken.account == account, ApiToken.id == key)
    found = session.exec(select(ApiToken).where(*own)).first()
    if found is not None:
        session.delete(found)
    return found


def end_tokens(session: Session, account: int) -> None:
    """End every token of an account."""
    session.exec(delete(ApiToken).where(col(ApiToken.account) == account))
