"""The headers that a route cannot do without: asked for before all else."""

from collections.abc import Iterator
from http import HTTPStatus
from types import NoneType
from typing import Any, get_args

from fastapi import APIRouter, Depends, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from api.admission import may_refuse
from api.identity import COOKIE, NOT_SIGNED_IN, credentials, own_session, require_shown
from api.versions import VERSION_MISSING
from domain.refusals import Refusal, Refused

# In the order in which they are asked for, once it is known that somebody asks.
_MISSING = {
    "Idempotency-Key": Refusal(
        "key_missing", "Thiếu tiêu đề Idempotency-Key: mỗi thao tác mang một khóa."
    ),
    "If-Match": VERSION_MISSING,
    "Content-Disposition": Refusal(
        "name_missing",
        "Thiếu tiêu đề Content-Disposition: attachment; filename*=UTF-8''… mang tên "
        "tệp.",
    ),
}


class Router(APIRouter):
    """A router whose routes first ask for the headers that they require.

    What a route declares to be tells whether it refuses some who ask.
    """

    def __init__(self, **more: Any) -> None:
        super().__init__(dependencies=[Depends(require_headers)], **more)

    def add_api_route(self, path: str, endpoint: Any, **more: Any) -> None:
        """Add a route, and tell of what it declares."""
        if may_refuse(more.get("dependencies") or ()):
            closed: dict[int | str, Any] = {HTTPStatus.FORBIDDEN.value: {}}
            more["responses"] = closed | (more.get("responses") or {})
        super().add_api_route(path, endpoint, **more)


async def require_headers(request: Request) -> None:
    """Refuse a request without a header of its route, whatever else it says.

    Raises Refused (`not_signed_in`, in a sample `unknown_person`; `key_missing`,
    `version_missing`).
    """
    route: APIRoute = request.scope["route"]
    ways = ways_in(route.dependant)
    if credentials in ways:
        require_shown(await credentials(request))
    elif own_session in ways and not request.cookies.get(COOKIE):
        raise Refused(NOT_SIGNED_IN)
    required = _required(route)
    for name, missing in _MISSING.items():
        if name in required and not request.headers.get(name):
            raise Refused(missing)


def ways_in(dependant: Dependant) -> set[Any]:
    """Find by which of its dependencies a route asks who asks."""
    found = {way for way in (credentials, own_session) if dependant.call is way}
    return found.union(*map(ways_in, dependant.dependencies))


def _required(route: APIRoute) -> frozenset[str]:
    """List what is required: what may be new has no version yet, nor needs a key."""
    made = {route.status_code, *map(int, route.responses)}
    needed = HTTPStatus.CREATED not in made
    return frozenset(
        name for name, optional in _headers(route.dependant) if needed or not optional
    )


def _headers(dependant: Dependant) -> Iterator[tuple[str, bool]]:
    for each in dependant.header_params:
        yield each.alias, NoneType in get_args(each.field_info.annotation)
    for part in dependant.dependencies:
        yield from _headers(part)
