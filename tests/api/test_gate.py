"""What cannot be read is refused before any route, and an error has a number."""

import logging
import re
from collections.abc import AsyncIterator

import httpx2
import pytest
import pytest_asyncio

from api.files.rooms import UPLOADS
from api.files.uploading import OCTETS
from store.database import Database
from tests.api.calls import Caller, idle_office, said
from tests.api.test_hostile import an_app
from tests.api.throwing import operations
from tests.office import SECRETARIAT, Office
from tests.scale.test_statements import nowhere
from tests.test_cli import write_campaign


@pytest_asyncio.fixture(loop_scope="session")
async def office(sqlite_database: Database) -> AsyncIterator[Office]:
    """The sample office, with a campaign whose plan no code has written."""
    write_campaign(sqlite_database, "2022")
    async with idle_office(sqlite_database, await nowhere()) as opened:
        yield opened


async def test_an_error_of_ours_is_told_by_the_number_that_is_in_the_log(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    reader = Caller(office.http, SECRETARIAT)

    answer = await reader.send("GET", "/campaigns/2022/plan")

    number = answer.json()["instance"].removeprefix("urn:uuid:")
    [entry] = [each for each in caplog.records if each.levelno == logging.ERROR]
    assert said(answer) == (500, "unforeseen")
    assert answer.headers["content-type"] == "application/problem+json"
    assert number in answer.json()["detail"]
    assert (
        "GET /api/v1/campaigns/{code}/plan: ValidationError at " in entry.getMessage()
    )
    assert "ValidationError" not in answer.text


async def test_a_head_answers_as_a_get_does_but_for_the_content(office: Office) -> None:
    person = {"X-Thidua-Person": SECRETARIAT}
    paths = ("/api/v1/departments/CTQH", "/health/live", "/api/v1/departments/KHONG")

    got = [await office.http.get(path, headers=person) for path in paths]
    bare = [await office.http.head(path, headers=person) for path in paths]

    assert [each.status_code for each in bare] == [200, 200, 404]
    assert [each.headers for each in bare] == [each.headers for each in got]
    assert {each.content for each in bare} == {b""}


async def test_who_asks_in_a_wrong_way_hears_of_every_right_one(office: Office) -> None:
    ways = {
        "/api/v1/departments/CTQH": "GET, HEAD, PUT",
        "/api/v1/campaigns": "GET, HEAD, POST",
        "/api/v1/campaigns/2022/launch": "POST",
    }

    answers = {path: await office.http.delete(path) for path in ways}

    assert {path: each.headers["allow"] for path, each in answers.items()} == ways
    assert {said(each) for each in answers.values()} == {(405, "method_not_allowed")}


async def test_what_is_no_json_or_too_long_is_refused(office: Office) -> None:
    path, person = "/api/v1/campaigns", {"X-Thidua-Person": SECRETARIAT}

    async def send(content: bytes, kind: str) -> httpx2.Response:
        headers = {**person, "Content-Type": kind}
        return await office.http.post(path, content=content, headers=headers)

    long = b'"' + b"a" * 2**24 + b'"'
    answers = [
        await send(b"{}", "text/plain"),
        # Which a form of any page may send.
        await send(b"{}", "text/plain; a=application/json"),
        await send(b'{"a": "\\ud800"}', "application/json"),
        await send(long, "application/json"),
    ]

    assert [said(each) for each in answers] == [
        (415, "not_json"),
        (415, "not_json"),
        (422, "invalid"),
        (413, "too_large"),
    ]


async def test_nothing_has_a_key_with_a_nul_in_it(office: Office) -> None:
    reader = Caller(office.http, SECRETARIAT)

    answers = {await reader.get(f"/{of}/a%00b") for of in ("campaigns", "people", "x")}

    assert answers == {(404, "not_found")}


def test_what_takes_a_file_and_nothing_else_reads_its_own_body() -> None:
    taken = {
        re.sub("{.*?}", "x", each.path): [*each.asked["requestBody"]["content"]]
        for each in operations(an_app())
        if "requestBody" in each.asked
    }

    found = {path for path, kinds in taken.items() if kinds == [OCTETS]}
    assert len(found) == 4
    assert found == set(filter(UPLOADS.fullmatch, taken))
