"""Tokens of one's own, for programs: made, listed, and ended."""

from datetime import timedelta
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field
from sqlmodel import Session, select

from api.accounts.answers import TokenMade, TokenOut, token_out
from api.accounts.owning import account_of_session, begin_deed
from api.admission import does, reads
from api.deps import Reading
from api.headers import Router
from api.identity import Signed
from api.paging import Cursor, Limit, Order, Page
from api.writing import writes
from domain.accounts.lifetimes import TOKEN_DAYS
from domain.accounts.scopes import Scope
from domain.refusals import refuse, unknown
from intake.fields import Body, Code, Name
from intake.lists import Once
from store.accounts.asking import Found
from store.accounts.tokens import end_token, make_token
from store.clock import real_now
from store.tables import ApiToken, Campaign, UserSession

router = Router(prefix="/api/v1/me/tokens", tags=["account"])

_OLDEST_FIRST = Order(ApiToken, ("made_at", "id"))


class TokenIn(Body):
    """What a token is for, in which campaign only, and for how many days."""

    name: Name
    scopes: Annotated[tuple[Scope, ...], Field(min_length=1, max_length=2), Once()]
    campaign: Code | None = None
    days: int = Field(ge=1, le=TOKEN_DAYS)


@router.get("", dependencies=[reads("own_account")])
def my_tokens(
    signed: Signed, session: Reading, limit: Limit = 100, cursor: Cursor = None
) -> Page[TokenOut]:
    """List one's own tokens, the oldest first."""
    account = account_of_session(signed)
    query = select(ApiToken).where(ApiToken.account == account.id)
    return _OLDEST_FIRST.page(session, query, limit, cursor, token_out)


@router.post(
    "",
    status_code=201,
    operation_id="make_token",
    dependencies=[does("change_own_account")],
)
@partial(writes, fresh=True)
def make_my_token(
    body: TokenIn, session: Session, signed: Found[UserSession]
) -> TokenMade:
    """Make a token; what opens is told only now."""
    account = account_of_session(signed)
    if body.campaign and session.get(Campaign, body.campaign) is None:
        raise unknown("campaign", body.campaign)
    deed = begin_deed(session, account)
    at = real_now(session)
    token, row = make_token(
        session,
        account.id or 0,
        body.name,
        body.scopes,
        body.campaign,
        at,
        at + timedelta(days=body.days),
    )
    deed.close("token_made", _told(account.name, row))
    return TokenMade(**token_out(row).model_dump(), token=token)


@router.delete("/{key}", status_code=204, dependencies=[does("change_own_account")])
@writes
def end_my_token(
    key: Annotated[UUID, Path()], session: Session, signed: Found[UserSession]
) -> None:
    """End a token: it opens nothing any more."""
    account = account_of_session(signed)
    deed = begin_deed(session, account)
    row = end_token(session, account.id or 0, key)
    if row is None:
        raise refuse("unknown_token", f"Bạn không có mã truy cập nào mang mã «{key}».")
    deed.close("token_ended", _told(account.name, row))


def _told(account: str, row: ApiToken) -> dict[str, object]:
    """Say in the record which token it is, and nothing that opens."""
    said = {"scopes", "campaign", "prefix", "ends_at"}
    return {"account": account, **row.model_dump(mode="json", include=said)}
