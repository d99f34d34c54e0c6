"""Holds every answer that a test gets to what the service tells of itself."""

import re
from functools import cache
from typing import Any

import httpx2

from api.app import create_app
from api.problems import MEDIA_TYPE, ProblemDocument


async def held_to_the_document(answer: httpx2.Response) -> None:
    """Fail the test at an answer of a status or a kind that is not told of."""
    asked = f"{answer.request.method} {answer.request.url.path}"
    told = _told(*asked.split(" ", 1))
    if told is None:
        return
    await answer.aread()
    # What has no content has no kind either.
    kind = answer.headers.get("content-type") if answer.content else None
    status = str(answer.status_code)
    assert kind in told.get(status, {}), f"{asked}: {status} {kind} {answer.text[:500]}"
    if kind == MEDIA_TYPE:
        ProblemDocument.model_validate_json(answer.content, extra="forbid")


def _told(method: str, path: str) -> dict[str, Any] | None:
    """Find the kinds of content that an operation may answer with, by status."""
    for pattern, ways in _document():
        if pattern.fullmatch(path) and method.lower() in ways:
            told = ways[method.lower()]["responses"]
            return {n: each.get("content", {None: {}}) for n, each in told.items()}
    return None


@cache
def _document() -> list[tuple[re.Pattern[str], dict[str, Any]]]:
    nobody: Any = None
    app = create_app(nobody, nobody, (), sample=True)
    return [
        (re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), ways)
        for path, ways in app.openapi()["paths"].items()
    ]
