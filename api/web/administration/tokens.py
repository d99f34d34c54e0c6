"""One's own tokens on a page: made, with what opens shown once, and ended."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from fastapi import Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from api.accounts import tokens as token_routes
from api.accounts.front import FrontDep
from api.accounts.sessions import PasswordBody, confirm_password
from api.accounts.tokens import TokenIn
from api.admission import does, reads
from api.deps import DatabaseDep, Reading
from api.identity import Own, Signed
from api.problems import told
from api.statuses import status_of
from api.web.posted import Posted
from api.web.rendering import render
from api.web.visiting import pages
from domain.accounts.lifetimes import TOKEN_DAYS
from domain.accounts.scopes import Scope
from domain.refusals import Refused, in_words
from store.accounts.asking import Found
from store.database import Database
from store.tables import UserSession

PAGE = "/quan-tri/ma-truy-cap"
_MANY = 200

router = pages()


@router.get(PAGE, dependencies=[reads("own_account")])
def mine(session: Reading, signed: Signed) -> Response:
    """Show one's own tokens."""
    found = token_routes.my_tokens(signed, session, _MANY, None).items
    return _page(signed, found)


@router.post(PAGE, dependencies=[does("change_own_account")])
async def make(
    typed: Posted, database: DatabaseDep, own: Own, signed: Signed, front: FrontDep
) -> Response:
    """Make a token: one's password is given with it, and what opens shown once."""
    scopes = [each for each in Scope if f"scopes.{each}" in typed]
    try:
        body = TokenIn.model_validate(
            {
                "name": typed.get("name", ""),
                "scopes": scopes,
                "campaign": typed.get("campaign") or None,
                "days": typed.get("days", ""),
            }
        )
        password = PasswordBody.model_construct(password=typed.get("_mat_khau", ""))
        await confirm_password(password, front, signed)
        made = await token_routes.make_my_token(body=body, session=database, signed=own)
    except ValidationError as error:
        said, status = " ".join(told(error.errors(), TokenIn).values()), 422
    except Refused as refused:
        said, status = in_words(refused.refusals), status_of(refused.refusals)
    else:
        return render("administration/token.html", visitor=signed.person, made=made)
    found = await run_in_threadpool(_read, database, signed)
    return _page(signed, found, said, HTTPStatus(status))


@router.post(f"{PAGE}/{{key}}/ket-thuc", dependencies=[does("change_own_account")])
async def end(key: UUID, database: DatabaseDep, own: Own, signed: Signed) -> Response:
    """End a token."""
    await token_routes.end_my_token(key=key, session=database, signed=own)
    return RedirectResponse(PAGE, HTTPStatus.SEE_OTHER)


def _read(database: Database, signed: Found[UserSession]) -> Any:
    with database.read() as session:
        return token_routes.my_tokens(signed, session, _MANY, None).items


def _page(
    signed: Found[UserSession],
    found: Any,
    said: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    return render(
        "administration/tokens.html",
        status,
        visitor=signed.person,
        tokens=found,
        scopes=list(Scope),
        most=TOKEN_DAYS,
        said=said,
    )
