"""What browsers are told by every answer, and whose pages may change something."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from fastapi import FastAPI
from pydantic import ValidationError

from api.app import create_app
from api.main import app_for
from settings import Settings
from store.database import Database
from tests.api.calls import idle_office, said
from tests.api.test_hostile import an_app
from tests.api.throwing import operations
from tests.office import SECRETARIAT, Office
from tests.scale.test_statements import nowhere
from tests.test_cli import write_campaign

TOLD = {
    "content-security-policy": "default-src 'self'; img-src 'self' data:; "
    "style-src 'self'; style-src-attr 'unsafe-inline'; frame-ancestors 'none'; "
    "base-uri 'self'; form-action 'self'; object-src 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), "
    "usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
# What an answer says of its own content, and of what it was asked with.
OF_CONTENT = {"content-type", "content-length", "etag", "allow", "location", "link"}
OF_ASKING = {"www-authenticate"}
PUBLIC = "https://thidua.example"


@pytest_asyncio.fixture(loop_scope="session")
async def office(sqlite_database: Database) -> AsyncIterator[Office]:
    """The sample office, with a campaign whose plan no code has written."""
    write_campaign(sqlite_database, "2022")
    async with idle_office(sqlite_database, await nowhere()) as opened:
        yield opened


def told(answer: httpx2.Response) -> dict[str, str]:
    """Give the headers of an answer that every other has to have as well."""
    headers: Mapping[str, str] = answer.headers
    own = OF_CONTENT | OF_ASKING
    return {name: value for name, value in headers.items() if name not in own}


async def test_every_answer_of_every_route_has_the_same_headers(office: Office) -> None:
    asked = [(each.method, each.path) for each in operations(an_app())]

    answers = [
        await office.http.request(
            method, path, headers={"X-Thidua-Person": SECRETARIAT}
        )
        for method, path in asked
    ]

    assert {each.status_code for each in answers} >= {200, 400, 404, 422}
    assert [told(each) for each in answers] == [TOLD] * len(answers)


async def test_what_no_route_answers_has_them_too(office: Office) -> None:
    send, reader = office.http.request, {"X-Thidua-Person": SECRETARIAT}
    campaigns = "/api/v1/campaigns"

    answers = [
        await send("GET", "/nowhere"),
        await send("DELETE", campaigns),
        await send("POST", campaigns, content=b"{}", headers={"Content-Type": "a/b"}),
        await send("POST", campaigns, content=b'"' + b"a" * 2**24 + b'"'),
        await send("POST", campaigns, headers={"Origin": "http://elsewhere"}),
        await send("GET", f"{campaigns}/2022/plan", headers=reader),
        await send("HEAD", "/health/live"),
    ]

    statuses = [each.status_code for each in answers]
    assert statuses == [404, 405, 415, 413, 403, 500, 200]
    assert [told(each) for each in answers] == [TOLD] * len(answers)


async def test_browsers_are_held_to_tls_where_they_come_by_it() -> None:
    answers = [await ask(an_app_at(each)) for each in ("http://office", PUBLIC)]

    plain, by_tls = map(told, answers)
    assert plain == TOLD
    assert by_tls == TOLD | {"strict-transport-security": "max-age=31536000"}


OURS: list[dict[str, str]] = [
    {},
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none", "Origin": "null"},
    {"Origin": "http://office"},
    {"Origin": "http://OFFICE"},
    {"Sec-Fetch-Site": "cross-site", "Authorization": "Bearer a"},
]
FOREIGN: list[dict[str, str]] = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": ""},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://office"},
    {"Sec-Fetch-Site": "cross-site", "Authorization": "Basic a"},
    {"Origin": "http://elsewhere"},
    {"Origin": "http://office.elsewhere"},
    {"Origin": "http://office:8080"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "", "Host": ""},
]


async def test_a_page_of_ours_or_no_browser_may_change_something() -> None:
    app = an_app()

    answers = [await ask(app, **each) for each in OURS]

    # What it is refused for now is that it shows no person, or sends nothing.
    codes = [said(each) for each in answers]
    assert codes == [(401, "unknown_person")] * 5 + [(422, "invalid")]


async def test_a_page_of_somebody_else_may_change_nothing() -> None:
    app = an_app()

    answers = {str(each): said(await ask(app, **each)) for each in FOREIGN}

    assert answers == dict.fromkeys(map(str, FOREIGN), (403, "foreign_origin"))


async def test_behind_a_proxy_the_origin_is_the_public_one() -> None:
    app, origins = an_app_at(PUBLIC), (PUBLIC, "http://thidua.example", "http://office")

    answers = [await ask(app, Origin=each) for each in origins]

    assert [each.status_code for each in answers] == [401, 403, 403]


async def test_a_sample_is_asked_for_by_an_address_and_by_no_name_that_leads_here() -> (
    None
):
    def app(**more: Any) -> FastAPI:
        nobody: Any = None
        return app_for(Settings(**more), nobody, nobody, ())

    sample, real = app(sample=True), app()
    public = app(sample=True, public_origin=PUBLIC)
    hosts = ["127.0.0.1:8000", "localhost", "LOCALHOST:1", "[::1]:8000", "10.0.0.5"]
    names = [
        "elsewhere",
        "127.0.0.1.elsewhere",
        "localhost.elsewhere:8000",
        "",
        "a:b@c",
    ]

    async def let_in(app: FastAPI, host: str) -> bool:
        return said(await ask(app, "GET", Host=host))[1] != "foreign_origin"

    assert [await let_in(sample, each) for each in hosts] == [True] * 5
    assert [await let_in(sample, each) for each in names] == [False] * 5
    assert [await let_in(x, "office") for x in (real, public)] == [True] * 2


async def test_what_changes_nothing_may_be_asked_for_from_anywhere() -> None:
    app, foreign = an_app(), {"Sec-Fetch-Site": "cross-site"}

    answers = [await ask(app, each, **foreign) for each in ("GET", "HEAD", "OPTIONS")]

    assert [each.status_code for each in answers] == [401, 401, 405]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", ""),
        ("https://Thidua.Example/", PUBLIC),
        ("https://thidua.example:443", PUBLIC),
        ("http://10.0.0.5:8080", "http://10.0.0.5:8080"),
    ],
)
def test_the_public_origin_is_kept_as_browsers_write_it(given: str, kept: str) -> None:
    assert Settings(public_origin=given).public_origin == kept


@pytest.mark.parametrize(
    "given", ["thidua.example", "ftp://a", "https://a/b", "https://a?b", "https://u@a"]
)
def test_what_is_no_origin_is_refused(given: str) -> None:
    with pytest.raises(ValidationError):
        Settings(public_origin=given)


def an_app_at(origin: str) -> FastAPI:
    """Make the app as it stands behind a proxy."""
    nobody: Any = None
    return create_app(nobody, nobody, (), sample=True, origin=origin)


async def ask(app: Any, method: str = "POST", **headers: str) -> httpx2.Response:
    """Ask an app, at a plain name of the intranet, as nobody."""
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(
        transport=transport, base_url="http://office"
    ) as http:
        return await http.request(method, "/api/v1/campaigns", headers=headers)
