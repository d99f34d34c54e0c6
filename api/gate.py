"""The gate before all routes: whole JSON comes in, and an answer always goes out."""

import logging
import re
from collections.abc import Sequence
from http import HTTPStatus
from math import isfinite
from uuid import uuid4

from pydantic_core import ErrorDetails, from_json
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import invalid, problem, unforeseen
from store.faults import told

_MOST = 16 * 2**20  # bytes: a thousand lines with all the text that they may have
_NO_JSON: ErrorDetails = {
    "type": "json_invalid",
    "loc": ("body",),
    "msg": "",
    "input": None,
}
# What comes to pages are forms, which they read for themselves.
FORMS = re.compile(r"/(?!api/).*")
_JSON = re.compile(r"application/(.+\+)?json")
_log = logging.getLogger(__name__)


class BrokenOff(Exception):
    """An answer that had begun cannot go on: the server ends the connection."""


class Gate:
    """Answers what no route could read, and what no route has foreseen.

    What is sent to *unread* paths is no JSON: those read for themselves what comes.
    """

    def __init__(self, app: ASGIApp, unread: Sequence[re.Pattern[str]]) -> None:
        self._app, self._unread = app, unread

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through; HEAD is a GET that keeps its content to itself."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        bare, begun = scope["method"] == "HEAD", False
        asked = {**scope, "method": "GET"} if bare else scope

        async def answer(message: Message) -> None:
            nonlocal begun
            begun = True
            silent = bare and message["type"] == "http.response.body"
            await send({**message, "body": b""} if silent else message)

        try:
            streams = any(each.fullmatch(scope["path"]) for each in self._unread)
            body = b"" if streams else await _read(Request(scope, receive))
            app = _refusal(scope, body) or self._app
            received = receive if streams else _once_more(body, receive)
            await app(asked, received, answer)
        except ClientDisconnect:
            return
        except Exception as error:  # noqa: BLE001 - it is told
            incident, route = str(uuid4()), getattr(asked.get("route"), "path", "")
            said = incident, scope["method"], route, told(error)
            _log.error("%s: %s %s: %s", *said)
            if begun:
                raise BrokenOff from None
            await unforeseen(incident)(scope, receive, answer)


async def _read(request: Request) -> bytes:
    """Read what is sent, but not much more than is taken."""
    read = bytearray()
    if request.method in ("POST", "PUT"):
        async for part in request.stream():
            read += part
            if len(read) > _MOST:
                break
    return bytes(read)


def _once_more(body: bytes, receive: Receive) -> Receive:
    """Hand out what was read, and then whatever else comes."""
    parts: list[Message] = [{"type": "http.request", "body": body}]

    async def again() -> Message:
        return parts.pop() if parts else await receive()

    return again


def _refusal(scope: Scope, body: bytes) -> Response | None:
    """Say why a request cannot be read; None when it can."""
    if "\0" in scope["path"]:
        # No key has it, and PostgreSQL cannot be asked.
        return problem(HTTPStatus.NOT_FOUND, "not_found", "Không tìm thấy.")
    if len(body) > _MOST:
        return problem(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            "too_large",
            f"Nội dung gửi lên dài quá {_MOST // 2**20} MiB.",
        )
    if not body:
        return None
    kind, _, _ = Headers(scope=scope).get("content-type", "").partition(";")
    if not _JSON.fullmatch(kind.strip().lower()):
        return problem(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "not_json",
            "Nội dung gửi lên phải là JSON (Content-Type: application/json).",
        )
    return None if _is_kept(body) else invalid([_NO_JSON])


def _is_kept(body: bytes) -> bool:
    """Say whether a text is JSON that either database can keep as it is."""
    try:
        read = from_json(body, allow_inf_nan=False)
    except ValueError:
        return False
    after_a_comma = b"," + body  # as any number stands after something
    doubtful = any(each.search(after_a_comma) for each in _DOUBTFUL)
    return not doubtful or _has_only_kept(read)


# As each is written that a database does not keep: no character, and too great a
# number. What is long and has neither need not be gone through. They are three, since
# a pattern of several that begin otherwise is looked for three times slower.
_DOUBTFUL = [
    re.compile(rb"\\u0000"),
    re.compile(rb"[\[:,\s]-?[0-9.]+[eE]"),
    re.compile(rb"[0-9]{300}"),
]


def _has_only_kept(value: object) -> bool:
    match value:
        case dict():
            return all(_has_only_kept(each) for pair in value.items() for each in pair)
        case list():
            return all(map(_has_only_kept, value))
        case str():
            return "\0" not in value
        case float():
            return isfinite(value)
    return True
