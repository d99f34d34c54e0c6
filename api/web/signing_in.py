"""Signing in and out, on a page."""

from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import Annotated

from fastapi import Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError

from api.accounts.front import FrontDep
from api.accounts.sample_sessions import WhomToPlay, play
from api.accounts.sessions import SignInBody, sign_in, sign_out
from api.admission import does, reads
from api.deps import DatabaseDep
from api.identity import Own
from api.statuses import status_of
from api.web.acting.paths import inside as inside
from api.web.posted import Posted
from api.web.rendering import render
from api.web.visiting import KEPT, LOOK, SIGN_IN, held, pages
from api.web.words import gettext
from domain.refusals import Refused, in_words

router = pages()

_BOTH, _PASSWORD = "lam", "mat_khau"
_WRONG = gettext("Hãy nhập tên đăng nhập và mật khẩu.")
_BACK = gettext("Bạn đã đăng nhập lại. Xem lại nội dung đã nhập rồi gửi.")


def _page(
    request: Request,
    status: HTTPStatus = HTTPStatus.OK,
    said: str | None = None,
    typed: Mapping[str, str] | None = None,
    wanted: str = "/",
) -> Response:
    typed = typed or {}
    return render(
        "sign_in.html",
        status,
        visitor=None,
        said=said,
        name=typed.get("ten", ""),
        wanted=wanted,
        sample=request.app.state.sample,
        by_password=_PASSWORD in typed,
        kept={x: text for x, text in typed.items() if x.startswith(KEPT)},
    )


@router.get(SIGN_IN, dependencies=[reads("sign_in_page")])
async def ask(request: Request, den: Annotated[str, Query()] = "/") -> Response:
    """Ask who somebody is."""
    return _page(request, wanted=inside(den))


@router.post(SIGN_IN, dependencies=[does("sign_in")])
async def begin(request: Request, typed: Posted, front: FrontDep) -> Response:
    """Sign in, and go on to the page that was wanted, with what was typed there."""
    name, wanted = typed.get("ten", ""), inside(typed.get("den", "/"))
    if chosen := typed.get(_BOTH):  # by one button: whom, and the page to go on to
        name, _, page = chosen.partition(" ")
        wanted = inside(page)
    answer = _onward(wanted, typed)
    try:
        if request.app.state.sample and _PASSWORD not in typed:
            await play(WhomToPlay(person=name), front, answer)
        else:
            said = SignInBody(name=name, password=typed.get(_PASSWORD, ""))
            await sign_in(said, front, answer)
    except ValidationError:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _page(request, status, _WRONG, typed, wanted)
    except Refused as refused:
        status, said_so = status_of(refused.refusals), in_words(refused.refusals)
        return _page(request, status, said_so, typed, wanted)
    return answer


def _onward(wanted: str, typed: Mapping[str, str]) -> Response:
    """Lead to the page that was wanted; what was typed there is shown there first."""
    kept = {
        name.removeprefix(KEPT): text
        for name, text in typed.items()
        if name.startswith(KEPT)
    }
    if not kept:
        return RedirectResponse(wanted, 303)
    return held(wanted, {**kept, LOOK: "1"}, _BACK)


@router.post("/dang-xuat", dependencies=[does("change_own_account")])
async def end(database: DatabaseDep, own: Own) -> Response:
    """Sign out; a session that is over already has nothing to end."""
    answer = RedirectResponse(SIGN_IN, 303)
    with suppress(Refused):
        await sign_out(session=database, signed=own, response=answer)
    return answer
