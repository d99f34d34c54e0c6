"""Single sign-on, end to end with a provider that runs on this machine."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import oidc_provider_mock
import pytest
import pytest_asyncio
from sqlmodel import col, func, select, update

from api.accounts.provider import SingleSignOn
from domain.accounts.lifetimes import FRESH
from store.database import Database
from store.tables import UserAccount
from tests.api.accounts.signing import (
    ADMIN,
    PASSWORD,
    Browser,
    RealOffice,
    problem,
    real_office,
)
from tests.api.accounts.test_signing_in import leave
from tests.office import CLERK, DIRECTOR
from tests.postgres import free_port
from tests.scale.test_statements import nowhere

WRONG = (401, "wrong_sso")
ORIGIN = "https://office"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """A provider that knows everybody."""
    with oidc_provider_mock.run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest_asyncio.fixture(loop_scope="session")
async def office(database: Database, issuer: str) -> AsyncIterator[RealOffice]:
    """An office that trusts it; the director is who it calls «cb-1»."""
    sso = SingleSignOn(issuer, "thidua", "a secret", ORIGIN)
    async with real_office(database, await nowhere(), sso=sso) as opened:
        await opened.account(ADMIN, administrator=True)
        of_provider = {"issuer": issuer, "subject": "cb-1"}
        await opened.account("giam-doc", DIRECTOR, **of_provider)
        yield opened


async def sent_there(browser: Browser, **asked: str) -> str:
    """Begin; return where the browser is sent."""
    answer = await browser.http.get("/api/v1/sso/sign-in", params=asked)
    assert answer.status_code == 302, answer.text
    return answer.headers["location"]


async def sent_back(there: str, subject: str, **claims: Any) -> str:
    """Sign in at the provider; return where it sends the browser back to."""
    async with httpx2.AsyncClient() as http:
        issuer = "://".join(urlsplit(there)[:2])
        await http.put(f"{issuer}/users/{subject}", json=claims)
        answer = await http.post(there, data={"sub": subject})
        assert answer.status_code == 302, answer.text
        return answer.headers["location"]


async def through(browser: Browser, subject: str, **claims: Any) -> httpx2.Response:
    """Go all the way."""
    back = await sent_back(await sent_there(browser), subject, **claims)
    return await browser.http.get(back)


async def test_who_is_mapped_signs_in_by_pkce_with_state_and_nonce(
    office: RealOffice,
) -> None:
    browser = office.browser()

    there = await sent_there(browser)
    answer = await browser.http.get(await sent_back(there, "cb-1"))
    me = await browser.get("/me")

    asked = parse_qs(urlsplit(there).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert {"code_challenge", "state", "nonce"} <= asked.keys()
    assert asked["redirect_uri"] == [f"{ORIGIN}/api/v1/sso/callback"]
    assert answer.json()["account"] == "giam-doc"
    assert me.json()["id"] == DIRECTOR


async def test_every_wrong_way_back_hears_the_same_and_makes_nobody(
    office: RealOffice, issuer: str
) -> None:
    elsewhere = {"issuer": f"{issuer}/other", "subject": "cb-4"}
    await office.account("noi-khac", "ctqh-04", **elsewhere)
    await office.account("da-dong", CLERK, issuer=issuer, subject="cb-2")
    await office.account("da-nghi", "ctqh-05", issuer=issuer, subject="cb-3")
    with office.database.write() as session:
        closed = col(UserAccount.name) == "da-dong"
        session.exec(update(UserAccount).where(closed).values(shut=True))
        leave(session, "ctqh-05")
    before = accounts(office)

    browser, other = office.browser(), office.browser()
    answers = [
        await through(office.browser(), subject)
        for subject in ("la", "cb-2", "cb-3", "cb-4")
    ]
    back = await sent_back(await sent_there(browser), "cb-1")
    answers.append(await other.http.get(back))  # begun in another browser
    answers.append(await browser.http.get(f"{back}x"))  # another state
    once = await browser.http.get(back)
    answers.append(await browser.http.get(back))  # and again
    await sent_there(browser)
    answers.append(await browser.get("/sso/callback?error=access_denied&state=x"))
    answers.append(await browser.get("/sso/callback"))

    assert once.status_code == 200
    assert {problem(each) for each in answers} == {WRONG}
    assert len({each.text for each in answers}) == 1
    assert accounts(office) == before


async def test_a_provider_with_another_issuer_is_not_believed(
    database: Database, issuer: str
) -> None:
    claimed = issuer.replace("localhost", "127.0.0.1")
    sso = SingleSignOn(claimed, "thidua", "a secret", ORIGIN)
    sso.issuer = issuer.replace("localhost", "LOCALHOST")
    async with real_office(database, await nowhere(), sso=sso) as office:
        await office.account("giam-doc", DIRECTOR, issuer=sso.issuer, subject="cb-1")

        assert problem(await through(office.browser(), "cb-1")) == WRONG


async def test_a_provider_that_is_away_is_told(database: Database) -> None:
    sso = SingleSignOn(f"http://127.0.0.1:{free_port()}", "thidua", "", ORIGIN)
    async with real_office(database, await nowhere(), sso=sso) as office:
        answer = await office.browser().get("/sso/sign-in")

    assert problem(answer) == (503, "sso_away")


@pytest.mark.parametrize(
    ("ago", "fresh"),
    [
        (timedelta(0), True),
        (FRESH, False),
        (-timedelta(days=1), True),
        (timedelta(days=365 * 60), False),
    ],
)
async def test_a_sign_in_is_as_fresh_as_the_provider_says(
    office: RealOffice, ago: timedelta, fresh: bool
) -> None:
    browser, when = office.browser(), datetime.now(UTC) - ago
    with office.database.write() as session:
        session.exec(update(UserAccount).values(password=None))

    await through(browser, "cb-1", auth_time=int(when.timestamp()))
    body = {"name": "máy", "scopes": ["read"], "days": 1}
    made = await browser.post("/me/tokens", body)
    again = parse_qs(urlsplit(await sent_there(browser, fresh="true")).query)

    assert made.status_code == (201 if fresh else 403), made.text
    assert (again["prompt"], again["max_age"]) == (["login"], ["0"])


async def test_who_has_a_password_of_ours_gives_that_whatever_the_provider_says(
    office: RealOffice,
) -> None:
    browser, when = office.browser(), datetime.now(UTC)

    await through(browser, "cb-1", auth_time=int(when.timestamp()))
    body = {"name": "máy", "scopes": ["read"], "days": 1}
    asked = await browser.post("/me/tokens", body)
    await browser.post("/session/confirm", {"password": PASSWORD})
    made = await browser.post("/me/tokens", body)

    assert problem(asked) == (403, "sign_in_again")
    assert made.status_code == 201


@pytest.mark.parametrize("said", [10**30, -(10**30)])
async def test_a_moment_that_is_none_fails_nothing(
    office: RealOffice, said: int
) -> None:
    with office.database.write() as session:
        session.exec(update(UserAccount).values(password=None))

    answer = await through(office.browser(), "cb-1", auth_time=said)

    assert answer.status_code == 200, answer.text


async def test_what_a_browser_had_before_ends_when_a_provider_signs_it_in(
    office: RealOffice,
) -> None:
    browser, other = await office.signed_in(ADMIN), office.browser()
    other.http.cookies.update(browser.http.cookies)
    before = await other.get("/session")
    await through(browser, "cb-1")

    assert before.status_code == 200
    assert problem(await other.get("/session")) == (401, "not_signed_in")


async def test_an_administrator_maps_a_subject_to_one_account(
    office: RealOffice,
) -> None:
    admin = await office.signed_in(ADMIN)
    bodies = [
        {"name": "van-thu", "person": CLERK, "subject": "cb-9"},
        {"name": "khac", "subject": "cb-9"},
    ]
    made, taken = [await admin.post("/accounts", each) for each in bodies]
    browser = office.browser()
    signed = await through(browser, "cb-9")
    there = await browser.get("/session")
    dropped = await admin.send("PUT", "/accounts/van-thu", {}, **{"If-Match": '"1"'})
    late = await through(office.browser(), "cb-9")

    assert made.status_code == 201, made.text
    assert problem(taken) == (409, "subject_taken")
    assert signed.json()["person"] == CLERK
    assert dropped.json()["subject"] is None
    assert there.status_code == 200
    assert problem(await browser.get("/session")) == (401, "not_signed_in")
    assert problem(late) == WRONG


async def test_without_a_provider_there_is_nothing_to_map(database: Database) -> None:
    async with real_office(database, await nowhere()) as office:
        await office.account(ADMIN, administrator=True)
        admin = await office.signed_in(ADMIN)

        mapped = await admin.post("/accounts", {"name": "moi", "subject": "cb-9"})
        there = await admin.get("/sso/sign-in")

    assert problem(mapped) == (409, "no_sso")
    assert there.status_code == 404


def accounts(office: RealOffice) -> int:
    """Count the accounts."""
    with office.database.read() as session:
        return session.exec(select(func.count()).select_from(UserAccount)).one()
