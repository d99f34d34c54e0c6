"""Who visits a page; what cannot be done is told on a page too."""

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute

from api.deps import DatabaseDep
from api.identity import Shown, asking
from api.statuses import status_of, title_of
from api.web.bar import lay
from api.web.rendering import render
from domain.refusals import Refused, in_words
from store.tables import Person

SIGN_IN = "/dang-nhap"
_STRANGERS = frozenset({"not_signed_in", "unknown_person", "no_person"})


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
            except Refused as refused:
                if refused.refusals[0].code in _STRANGERS:
                    wanted = quote(request.url.path)
                    return RedirectResponse(f"{SIGN_IN}?den={wanted}", 303)
                status = status_of(refused.refusals)
                return _said(status, in_words(refused.refusals))

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


def pages() -> APIRouter:
    """Make a router of pages; other programs are not told of them."""
    return APIRouter(route_class=PageRoute, include_in_schema=False)
