"""Throws values at every field of every route that the service tells of."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx2
from fastapi._compat import ModelField
from fastapi.routing import APIRoute

from api.problems import MEDIA_TYPE, ProblemDocument
from intake.faults import OTHERWISE
from tests.hostile import VALUES
from tests.journeys.cast import a_plan

Place = tuple[str | int, ...]
# What a text that has to look like something looks like.
_LIKE = ("ctqh-05", "CTQH", "A2B3-C4D5-E6F7-G8H9", "QĐ-VP", "a@b.vn", "08:00", "1/2")
_NAMED = {"title": "LDTT", "pack": "vn2017", "code": "CTQH"}
_OF_FORMAT = {
    "date": "2022-07-20",
    "date-time": "2022-07-20T08:00:00+07:00",
    "uuid": "00000000-0000-0000-0000-000000000000",
}


@dataclass(frozen=True)
class Operation:
    """One way to ask one path, with what it takes."""

    method: str
    path: str
    asked: Mapping[str, Any]
    known: Mapping[str, Any]
    body: ModelField | None = None

    @property
    def parameters(self) -> Sequence[Mapping[str, Any]]:
        """List what stands in the path, the query and the headers."""
        return list(self.asked.get("parameters", ()))

    def sample(self) -> Any:
        """Make a body that has every field; a plan has to be a whole one."""
        if self.path == "/api/v1/campaigns":
            return {**a_plan(), "code": f"p-{uuid4().hex[:8]}"}
        content = self.asked["requestBody"]["content"]["application/json"]
        return sample(content["schema"], self.known)

    @property
    def model(self) -> Any:
        """Give the type of the body."""
        return self.body and self.body.field_info.annotation

    def against(self, body: Any) -> list[Any]:
        """List what is said against a body by what reads it."""
        assert self.body is not None
        return list(self.body.validate(body, loc=("body",))[1])


def operations(app: Any) -> Iterator[Operation]:
    """List every way to ask, as the service tells of it."""
    document = app.openapi()
    routes = [route for route in app.routes if isinstance(route, APIRoute)]
    bodies = {
        (route.path, method.lower()): route.body_field
        for route in routes
        if route.body_field is not None
        for method in route.methods
    }
    for path, ways in document["paths"].items():
        for method, asked in ways.items():
            body = bodies.get((path, method))
            yield Operation(
                method, path, asked, document["components"]["schemas"], body
            )


def sample(schema: Mapping[str, Any], known: Mapping[str, Any], name: str = "") -> Any:
    """Make a value with every field that a schema has."""
    if "$ref" in schema:
        return sample(known[schema["$ref"].rpartition("/")[2]], known, name)
    if "enum" in schema or "const" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    for branches in ("anyOf", "oneOf", "allOf"):
        if branches in schema:
            return sample(schema[branches][0], known, name)
    match schema.get("type"):
        case "object":
            return {
                key: sample(each, known, key)
                for key, each in schema.get("properties", {}).items()
            }
        case "array":
            return [sample(schema["items"], known, name)]
        case "integer" | "number":
            return max(1, schema.get("minimum", 1))
        case "boolean":
            return False
    return _text(schema, name)


def _text(schema: Mapping[str, Any], name: str) -> str:
    if schema.get("format") in _OF_FORMAT:
        return _OF_FORMAT[schema["format"]]
    pattern = schema.get("pattern", ".*")
    likely = (_NAMED.get(name, ""), *_LIKE)
    return next((each for each in likely if each and re.search(pattern, each)), "x")


def places(value: Any, where: Place = ()) -> Iterator[Place]:
    """List where something stands in a body, the whole of it first."""
    yield where
    inside = value.items() if isinstance(value, dict) else ()
    inside = enumerate(value) if isinstance(value, list) else inside
    for key, each in inside:
        yield from places(each, (*where, key))


def put(value: Any, where: Place, other: Any) -> Any:
    """Copy a body with something else at one place."""
    if not where:
        return other
    first, *rest = where
    copied = copy(value)
    copied[first] = put(copied[first], tuple(rest), other)
    return copied


def thrown(operation: Operation) -> Iterator[tuple[Place, Any, Any]]:
    """Put every value at every place of a body: where, what, and the body."""
    whole = operation.sample()
    for where in places(whole):
        for value in VALUES:
            yield where, value, put(whole, where, value)


def taken(operation: Operation) -> Iterator[Any]:
    """Put each value at all places at once that take it, from the inmost on."""
    for value in VALUES:
        body = whole = operation.sample()
        for where in reversed(list(places(whole))):
            if where and not operation.against(changed := put(body, where, value)):
                body = changed
        if body is not whole:
            yield body


@dataclass
class Thrower:
    """Sends as whoever may, and writes down every answer that is not as it must be."""

    http: httpx2.AsyncClient
    people: Sequence[str]
    keys: Mapping[str, Any]
    faults: list[str] = field(default_factory=list)
    sent: int = 0
    _versions: dict[str, str] = field(default_factory=dict)
    _able: dict[str, str] = field(default_factory=dict)

    async def throw(
        self,
        operation: Operation,
        content: bytes | None = None,
        **parameters: Any,
    ) -> None:
        """Send once, and as others where one may not."""
        asked = f"{operation.method} {operation.path}"
        known = self._able.get(asked)
        for person in [known] if known else self.people:
            answer = await self._send(operation, content, person, parameters)
            self._able[asked] = person
            if answer.status_code != 403:
                break
        self._judge(asked, answer, parameters, content)

    async def _send(
        self,
        operation: Operation,
        content: bytes | None,
        person: str,
        given: Mapping[str, Any],
    ) -> httpx2.Response:
        path, query = operation.path, {}
        headers: dict[str, str] = {"Content-Type": "application/json"}
        for each in operation.parameters:
            name = each["name"]
            value = given.get(name, self._usual(operation, each, person, path))
            if each["in"] == "path":
                path = path.replace(f"{{{name}}}", quote(str(value), safe=""))
            elif value is not None:
                (query if each["in"] == "query" else headers)[name] = value
        answer = await self.http.request(
            operation.method,
            path,
            params=query,
            headers=[(k, v.encode("latin-1")) for k, v in headers.items()],
            content=content,
        )
        self.sent += 1
        if "etag" in answer.headers:
            self._versions[path] = answer.headers["etag"]
        return answer

    def _usual(
        self, operation: Operation, each: Mapping[str, Any], person: str, path: str
    ) -> Any:
        match each["name"]:
            case "X-Thidua-Person":
                return person
            case "Idempotency-Key":
                return uuid4().hex
            case "If-Match":
                return self._versions.get(path)
        if each["in"] == "path":
            room = operation.path.removeprefix("/api/v1/").partition("/")[0]
            return self.keys.get(f"{room}/{each['name']}", self.keys.get(each["name"]))
        return sample(each["schema"], operation.known) if each["required"] else None

    def _judge(
        self, asked: str, answer: httpx2.Response, parameters: Any, content: Any
    ) -> None:
        if fault := fault_of(answer):
            said = f"{content!r}"[:300] if content else ""
            self.faults.append(f"{asked} {parameters} {said}: {fault}")


def fault_of(answer: httpx2.Response) -> str | None:
    """Say what is wrong with an answer: a refusal is a problem that a person reads."""
    if answer.status_code < 400:
        return None
    if answer.status_code >= 500:
        return f"{answer.status_code} {answer.text[:200]}"
    if answer.headers.get("content-type") != MEDIA_TYPE:
        return f"{answer.status_code} is no problem document"
    return unclear(answer.content)


def unclear(document: bytes) -> str | None:
    """Say which words of a problem are for no person."""
    detail = ProblemDocument.model_validate_json(document, extra="forbid").detail
    technical = re.search(r"\\d|\[[^ ]*-|\^|Value error|Input|should", detail)
    return detail[:300] if technical or OTHERWISE in detail else None


def as_json(body: Any) -> bytes:
    """Write a body as it is sent."""
    return json.dumps(body, ensure_ascii=False).encode()
