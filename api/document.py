"""What the service says of itself: every answer of every route, refusals included."""

import re
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from api.headers import ways_in
from api.identity import COOKIE, PERSON, credentials, own_session
from api.problems import MEDIA_TYPE, ProblemDocument
from api.statuses import title_of

_REF = "#/components/schemas/"
_ALWAYS = (HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.SERVICE_UNAVAILABLE)
_OF_PARAMETERS = {
    # An act may say which version of a thing it is about.
    "Idempotency-Key": (HTTPStatus.BAD_REQUEST, HTTPStatus.PRECONDITION_FAILED),
    "If-Match": (
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.PRECONDITION_FAILED,
        HTTPStatus.PRECONDITION_REQUIRED,
    ),
    # A file may come half.
    "Content-Disposition": (HTTPStatus.BAD_REQUEST,),
    "cursor": (HTTPStatus.NOT_FOUND,),
}
_OF_BODIES = (
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
)
_NARROWER = {"pattern", "format", "enum", "const"}
_OF_WRITING = (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)


# How a request may say who asks, and how in a sample it may besides.
_SCHEMES = {
    "session": {"type": "apiKey", "in": "cookie", "name": COOKIE},
    "token": {"type": "http", "scheme": "bearer"},
}
_OF_SAMPLES = {
    "person": {
        "type": "apiKey",
        "in": "header",
        "name": PERSON,
        "description": "Mã của người đang thao tác (chỉ có ở văn phòng mẫu).",
    }
}
_OF_ASKING = (
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.TOO_MANY_REQUESTS,
)


class Application(FastAPI):
    """The application; no page of it needs another host."""

    def __init__(self, *, sample: bool) -> None:
        self._schemes = _SCHEMES | (_OF_SAMPLES if sample else {})
        super().__init__(
            title="thidua",
            version="0.1.0",
            docs_url=None,
            redoc_url=None,
            redirect_slashes=False,
        )

    def take(self, parts: Iterable[Any]) -> None:
        """Take the routes of modules in, in their order.

        As they are: include_router would make each of them again, when first asked.
        """
        for part in parts:
            self.router.routes.extend(part.router.routes)

    def openapi(self) -> dict[str, Any]:
        """Describe every route, once."""
        if self.openapi_schema is None:
            document = super().openapi()
            document["components"]["securitySchemes"] = self._schemes
            for route in self.routes:
                if isinstance(route, APIRoute) and route.include_in_schema:
                    acts = document["paths"][route.path_format]
                    for method in route.methods or ():
                        _tell_asking(acts[method.lower()], route, self._schemes)
            self.openapi_schema = _told(document)
        return self.openapi_schema


def _tell_asking(act: dict[str, Any], route: APIRoute, schemes: Iterable[str]) -> None:
    """Say by what a route knows who asks."""
    ways = ways_in(route.dependant)
    if credentials in ways:
        act["security"] = [{name: []} for name in schemes]
    elif own_session in ways:
        act["security"] = [{"session": []}]


def _told(document: dict[str, Any]) -> dict[str, Any]:
    schemas = document["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    problem = ProblemDocument.model_json_schema(ref_template=f"{_REF}{{model}}")
    schemas |= problem.pop("$defs", {}) | {"ProblemDocument": problem}
    for acts in document["paths"].values():
        for method, act in acts.items():
            _tell_parameters(act)
            _tell_refusals(method, act)
        _tell_versions(acts)
    named = {
        name: _bare(schema) | {"title": _name(name)} for name, schema in schemas.items()
    }
    return {
        **document,
        "paths": _bare(document["paths"]),
        "components": {
            **document["components"],
            "schemas": {_name(name): named[name] for name in named},
        },
    }


def _tell_parameters(act: dict[str, Any]) -> None:
    """Require the headers without which a route refuses; nothing is sent as null."""
    for each in act.get("parameters", ()):
        branches = each["schema"].pop("anyOf", [{}])
        each["schema"] |= branches[0]
        if each["in"] == "header":
            # What may be new has no version yet, and is drafted without a key too.
            may_be_new = len(branches) > 1 and "201" in act["responses"]
            each["required"] = not may_be_new
            each["schema"].pop("default", None)
            if "pattern" not in each["schema"]:
                each["schema"]["minLength"] = 1


def _is_any_text(schema: dict[str, Any]) -> bool:
    limits = {*schema} - {"type", "description", "default", "minLength", "title"}
    return schema.get("type") == "string" and not limits


def _tell_refusals(method: str, act: dict[str, Any]) -> None:
    act["responses"].pop("422", None)  # FastAPI's own
    for status in sorted({*_refusals(method, act)}):
        answer = act["responses"].setdefault(str(status.value), {})
        answer["description"] = title_of(status)
        content = answer.setdefault("content", {})
        content[MEDIA_TYPE] = {"schema": {"$ref": f"{_REF}ProblemDocument"}}


def _refusals(method: str, act: dict[str, Any]) -> Iterator[HTTPStatus]:
    """List how a route may refuse: by what it is asked with, and what it has named."""
    parameters = act.get("parameters", ())
    yield from _ALWAYS
    if "security" in act:
        yield from _OF_ASKING
    for each in parameters:
        yield from _OF_PARAMETERS.get(each["name"], ())
        if each["in"] == "path":
            yield HTTPStatus.NOT_FOUND
        if not _is_any_text(each["schema"]):
            yield HTTPStatus.UNPROCESSABLE_ENTITY
        if each["schema"].get("format") == "date":
            yield HTTPStatus.CONFLICT  # a day that is no day of the campaign
    if "requestBody" in act:
        yield from _OF_BODIES
    if method != "get":
        yield from _OF_WRITING
    yield from (HTTPStatus(int(each)) for each in act["responses"] if int(each) >= 400)


def _tell_versions(acts: dict[str, Any]) -> None:
    """Say of what is changed by its version that each answer carries it."""
    versioned = [act for act in acts.values() if "If-Match" in _names(act)]
    for act in acts.values() if versioned else ():
        for status, answer in act["responses"].items():
            if status in ("200", "201"):
                answer["headers"] = {"ETag": {"schema": {"type": "string"}}}


def _names(act: dict[str, Any]) -> set[str]:
    return {each["name"] for each in act.get("parameters", ())}


def _bare(value: Any) -> Any:
    """Leave out the titles, of which several are alike, and name schemas anew.

    No text that is kept has NUL in it.
    """
    if isinstance(value, list):
        return [_bare(each) for each in value]
    if not isinstance(value, dict):
        return value
    bare = {k: _bare(v) for k, v in value.items() if (k, type(v)) != ("title", str)}
    if isinstance(ref := bare.get("$ref"), str):
        bare["$ref"] = _REF + _name(ref.removeprefix(_REF))
    if "patternProperties" in bare:
        bare["additionalProperties"] = False  # nothing that is not named so
    if bare.get("type") == "string" and not bare.keys() & _NARROWER:
        bare["pattern"] = r"^[^\u0000]*$"
    return bare


def _name(of: str) -> str:
    """Name a schema by letters and digits alone, as each generator would name it."""
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"\W|_", of))
