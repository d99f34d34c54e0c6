"""Who changes something by a browser does so from our own pages, and no others."""

import re
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.problems import problem

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_OURS = frozenset({"same-origin", "none"})
_NO_NAME = re.compile(r"(localhost|[0-9.]+|\[[0-9a-f:.]+\])(:[0-9]+)?")


class SameOrigin:
    """Turns away what a browser sends for somebody else's page.

    Browsers tell by Sec-Fetch-Site whose page it is, but not to a plain http host of
    an intranet: there the Origin has to be the Host, or the *public* origin where a
    proxy stands before us. Who is no browser tells neither, and no page can make a
    browser send a token.

    Where anybody may be played (*unnamed*) it is asked for by an address or localhost
    only: another site may lead a name of its own here, and be ours to a browser.
    """

    def __init__(self, app: ASGIApp, public: str, *, unnamed: bool) -> None:
        self._app, self._public, self._unnamed = app, public, unnamed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or say why not before its body is read."""
        foreign = scope["type"] == "http" and not self._is_ours(scope)
        await (_refusal() if foreign else self._app)(scope, receive, send)

    def _is_ours(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        if self._unnamed and not _NO_NAME.fullmatch(headers.get("host", "").lower()):
            return False
        if scope["method"] in _READING or _has_token(headers):
            return True
        if (site := headers.get("sec-fetch-site")) is not None:
            return site in _OURS
        if (origin := headers.get("origin")) is None:
            return True
        if self._public:
            return origin.lower() == self._public
        _, _, host = origin.lower().partition("://")
        return host != "" and host == headers.get("host", "").lower()


def _has_token(headers: Headers) -> bool:
    return headers.get("authorization", "").lower().startswith("bearer ")


def _refusal() -> ASGIApp:
    return problem(
        HTTPStatus.FORBIDDEN,
        "foreign_origin",
        "Yêu cầu này đến từ trang của một nơi khác; hãy mở trang của hệ thống và làm "
        "lại ở đó.",
    )
