"""The page of all routes works without any other host."""

import re
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path

import httpx2
import pytest_asyncio

from tests.api.test_hostile import an_app
from tests.sources import ROOT

VENDORED = ROOT / "api/browser/swagger"
POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
    "style-src-attr 'unsafe-inline'; frame-ancestors 'none'; base-uri 'self'; "
    "form-action 'self'; object-src 'none'"
)
KINDS = {".js": "text/javascript", ".css": "text/css"}


@pytest_asyncio.fixture(loop_scope="session")
async def http() -> AsyncIterator[httpx2.AsyncClient]:
    """The service, without a database."""
    transport = httpx2.ASGITransport(app=an_app())
    async with httpx2.AsyncClient(transport=transport, base_url="http://office") as got:
        yield got


async def test_all_that_the_page_is_made_of_comes_from_this_host(
    http: httpx2.AsyncClient,
) -> None:
    page = await http.get("/docs")

    places = re.findall(r'(?:src|href)="(?!data:)([^"]+)"', page.text)
    parts = {place: await http.get(place) for place in places}
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert len(parts) == 3
    assert {place: each.status_code for place, each in parts.items()} == dict.fromkeys(
        places, 200
    )
    for place, each in parts.items():
        assert each.headers["content-type"].split(";")[0] == KINDS[Path(place).suffix]
    answers = [page, *parts.values()]
    policies = {each.headers["content-security-policy"] for each in answers}
    assert policies == {POLICY}
    started = parts["/docs/start.js"].text
    assert 'url: "/openapi.json"' in started
    assert "validatorUrl: null" in started


async def test_nothing_else_of_the_folder_is_handed_out(
    http: httpx2.AsyncClient,
) -> None:
    names = ("VENDOR.md", "index.html", "..%2Fdocs.py", "")

    answers = [await http.get(f"/docs/{each}") for each in names]

    assert {each.status_code for each in answers} == {404}


def test_what_is_vendored_is_what_was_published() -> None:
    said = (VENDORED / "VENDOR.md").read_text("utf-8")
    told = dict(re.findall(r"\| `([\w.-]+)` \| `([0-9a-f]{64})` \|", said))

    ours = {"VENDOR.md", "index.html", "start.js"}
    there = {each.name: each for each in VENDORED.iterdir() if each.name not in ours}
    found = {
        name: sha256(each.read_bytes()).hexdigest() for name, each in there.items()
    }
    assert told == found
    assert "LICENSE" in told
