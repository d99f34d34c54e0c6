"""A password set by its owner, by the one-time code of a slip."""

from http import HTTPStatus
from typing import Any

from fastapi import Response
from pydantic import ValidationError

from api.accounts.codes import PasswordByCode, set_password
from api.accounts.front import FrontDep
from api.admission import does, reads
from api.statuses import status_of
from api.web.posted import Posted
from api.web.rendering import render
from api.web.visiting import SIGN_IN, pages
from api.web.words import gettext
from domain.refusals import Refused, in_words

PAGE = f"{SIGN_IN}/mat-khau"

router = pages()


@router.get(PAGE, dependencies=[reads("sign_in_page")])
async def ask() -> Response:
    """Ask for the code and the new password."""
    return _page()


@router.post(PAGE, dependencies=[does("sign_in")])
async def use(typed: Posted, front: FrontDep) -> Response:
    """Set the password: with it one signs in."""
    code, password = typed.get("ma", "").strip(), typed.get("mat_khau", "")
    if password != typed.get("lap_lai"):
        return _page(gettext("Hai lần nhập mật khẩu không giống nhau."), code)
    try:
        await set_password(PasswordByCode(code=code, password=password), front)
    except ValidationError:
        return _page(gettext("Hãy nhập mã trên phiếu và mật khẩu mới."), code)
    except Refused as refused:
        said = in_words(refused.refusals)
        return _page(said, code, status_of(refused.refusals))
    return _page(done=True)


def _page(
    said: str = "",
    code: str = "",
    status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY,
    *,
    done: bool = False,
) -> Response:
    facts: dict[str, Any] = {"visitor": None, "said": said, "code": code, "done": done}
    return render("password.html", status if said else HTTPStatus.OK, **facts)
