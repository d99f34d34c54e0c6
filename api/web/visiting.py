"""Who visits a page; what cannot be done is told on a page too.

Nothing typed is lost: while the database is away it is kept on the page to be sent
again, and when a session has ended it is kept through signing in.
"""

from collections.abc import Callable, Coroutine, Mapping
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute
from sqlalchemy.exc import OperationalError, TimeoutError
from starlette.concurrency import run_in_threadpool

from api.deps import DatabaseDep
from api.identity import Shown, asking
from api.problems import worded_here
from api.statuses import status_of, title_of
from api.web.bar import lay
from api.web.posted import posted
from api.web.rendering import render
from api.web.words import gettext
from domain.refusals import Refused, in_words
from store.tables import Person

SIGN_IN = "/dang-nhap"
# What is kept through signing in has names like this; to show what is typed first.
KEPT, LOOK = "giu.", "_xem"
_STRANGERS = frozenset({"not_signed_in", "unknown_person"})
# Where somebody goes on who administers accounts and is nobody in the office.
ADMINISTERING = "/quan-tri"
_PASSWORDS = frozenset({"_mat_khau", "mat_khau", "lap_lai"})
_SAVED = gettext("Nội dung bạn đã nhập vẫn còn ở trang này.")
_ENDED = gettext("Phiên làm việc đã hết: hãy đăng nhập lại.")
_AWAY = gettext("Hệ thống tạm thời không trả lời. Hãy thử lại sau ít phút.")


class PageRoute(APIRoute):
    """A route whose refusals are pages; a stranger is asked to sign in first."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Answer, or say on a page why not."""
        answer = super().get_route_handler()

        async def page(request: Request) -> Response:
            try:
                await lay(request)
                return await answer(request)
            except RequestValidationError:
                return _said(HTTPStatus.NOT_FOUND, f"{title_of(HTTPStatus.NOT_FOUND)}.")
            except (OperationalError, TimeoutError):
                return await _away(request)
            except Refused as refused:
                code = refused.refusals[0].code
                if code == "no_person":
                    return RedirectResponse(ADMINISTERING, 303)
                if code in _STRANGERS:
                    return await _strange(request)
                said = await run_in_threadpool(
                    worded_here, request.app.state.database, refused.refusals
                )
                return _said(status_of(refused.refusals), in_words(said))

        return page


def _said(status: HTTPStatus, said: str) -> Response:
    facts = {"visitor": None, "title": title_of(status), "said": said}
    return render("problem.html", status, **facts)


def _visitor_if_any(database: DatabaseDep, shown: Shown) -> Person | None:
    try:
        return asking(database, shown)
    except Refused:
        return None


# Who visits a page that is for strangers too.
VisitorIfAny = Annotated[Person | None, Depends(_visitor_if_any)]


async def _away(request: Request) -> Response:
    """Say that the database does not answer; what was typed can be sent again."""
    status = HTTPStatus.SERVICE_UNAVAILABLE
    if request.method != "POST":
        return _said(status, _AWAY)
    kept = await _kept(request)
    return held(request.url.path, kept, f"{_AWAY} {_SAVED}", status)


async def _strange(request: Request) -> Response:
    """Ask who it is, and keep what they have typed meanwhile."""
    kept = await _kept(request) if request.method == "POST" else {}
    wanted = request.url.path
    if not kept:
        asked = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"{SIGN_IN}?den={quote(f'{wanted}{asked}')}", 303)
    return render(
        "sign_in.html",
        HTTPStatus.UNAUTHORIZED,
        visitor=None,
        said=f"{_ENDED} {_SAVED}",
        name="",
        wanted=wanted,
        sample=request.app.state.sample,
        by_password=False,
        kept={f"{KEPT}{name}": text for name, text in kept.items()},
    )


async def _kept(request: Request) -> Mapping[str, str]:
    """Read what was typed, but for a password."""
    try:
        typed = await posted(request)
    except Refused:
        return {}
    return {name: text for name, text in typed.items() if name not in _PASSWORDS}


def held(
    path: str,
    typed: Mapping[str, str],
    said: str,
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    """Keep on a page what was typed for another one, to be sent there again."""
    return render("held.html", status, visitor=None, path=path, typed=typed, said=said)


def pages() -> APIRouter:
    """Make a router of pages; other programs are not told of them."""
    return APIRouter(route_class=PageRoute, include_in_schema=False)
