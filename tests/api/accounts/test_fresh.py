"""What is secret or final takes a password that was given just now."""

from typing import Any

from domain.accounts.lifetimes import FRESH
from tests.api.accounts.signing import (
    PASSWORD,
    Browser,
    all_operations,
    problem,
    real_office,
)
from tests.api.conftest import Issued
from tests.office import CLERK, DIRECTOR, open_office
from tests.scale.test_statements import nowhere

AGAIN = (403, "sign_in_again")
DECIDE, RESOLVE, CORRECT, ISSUE, CAST = (
    "/api/v1/decisions/{key}/decide",
    "/api/v1/cases/{key}/resolve-case",
    "/api/v1/decisions/{key}/correct",
    "/api/v1/decisions/{key}/issue",
    "/api/v1/council-sessions/{key}/ballot",
)


def asked(issued: Issued) -> dict[str, tuple[str, Any]]:
    """Give the path and a body of each act that takes a fresh password."""
    bodies = {
        each.path: each.sample() if each.body else {}
        for each in all_operations()
        if each.method == "post"
    }
    paths = (DECIDE, RESOLVE, CORRECT, ISSUE, CAST)
    rooms = {path: path.split("/")[3] for path in paths}
    return {
        path: (
            path.removeprefix("/api/v1").format(key=issued.keys[f"{room}/key"]),
            bodies[path],
        )
        for path, room in rooms.items()
    }


async def sent(browser: Browser, issued: Issued, path: str) -> tuple[int, str]:
    """Send one of them; return its status, and the code of its refusal."""
    answer = await browser.post(*asked(issued)[path])
    said = answer.json()
    return answer.status_code, said.get("type", "").removeprefix("/problems/")


async def test_casting_deciding_and_issuing_take_a_fresh_password(
    issued: Issued,
) -> None:
    found: dict[str, list[tuple[int, str]]] = {}
    async with real_office(issued.database, await nowhere()) as office:
        await office.account("giam-doc", DIRECTOR)
        await office.account("van-thu", CLERK)
        for name, path in (
            ("giam-doc", DECIDE),
            ("giam-doc", RESOLVE),
            ("giam-doc", CORRECT),
            ("van-thu", ISSUE),
            ("giam-doc", CAST),
        ):
            browser = await office.signed_in(name)
            fresh = await sent(browser, issued, path)
            office.age(FRESH)
            late = await sent(browser, issued, path)
            confirmed = {"password": PASSWORD}
            await browser.post("/session/confirm", confirmed)
            found[path] = [fresh, late, await sent(browser, issued, path)]

    for path, (fresh, late, again) in found.items():
        assert late == AGAIN, path
        assert AGAIN not in (fresh, again), path


async def test_on_a_page_the_password_is_asked_for_with_the_act(issued: Issued) -> None:
    key = issued.keys["decisions/key"]
    async with real_office(issued.database, await nowhere()) as office:
        await office.account("van-thu", CLERK)
        http = (await office.signed_in("van-thu")).http
        office.age(FRESH)

        async def issue(**typed: str) -> tuple[int, bool]:
            page = f"/lam/decisions/{key}/issue"
            answer = await http.post(page, data={"x": "", **typed})
            return answer.status_code, 'type="password"' in answer.text

        late = await issue()
        wrong = await issue(_mat_khau="sai")
        right = await issue(_mat_khau=PASSWORD)

    assert (late, wrong) == ((403, True), (401, True))
    assert right == (303, False)


async def test_who_may_not_do_it_hears_that_and_not_to_sign_in_again(
    issued: Issued,
) -> None:
    async with real_office(issued.database, await nowhere()) as office:
        await office.account("van-thu", CLERK)
        clerk = await office.signed_in("van-thu")
        office.age(FRESH)

        assert await sent(clerk, issued, DECIDE) == (403, "not_allowed")


async def test_no_token_casts_decides_or_issues(issued: Issued) -> None:
    async with real_office(issued.database, await nowhere()) as office:
        await office.account("giam-doc", DIRECTOR)
        director = await office.signed_in("giam-doc")
        body = {"name": "máy", "scopes": ["act"], "days": 1}
        token = (await director.post("/me/tokens", body)).json()["token"]
        program = office.browser(Authorization=f"Bearer {token}")

        final = (DECIDE, RESOLVE, CAST)
        answers = [await sent(program, issued, path) for path in final]

    assert answers == [AGAIN] * 3


async def test_a_sample_asks_for_no_password(issued: Issued) -> None:
    engine = await nowhere()
    async with open_office(issued.database, engine, work=False, patience=0) as office:
        player = Browser(office.http)
        played = await player.post("/session/sample", {"person": DIRECTOR})
        me = await player.get("/me")
        decided = await sent(player, issued, DECIDE)
        unknown = await player.post("/session/sample", {"person": "khong-co"})
        sessions = await player.get("/me/sessions")

    assert (played.status_code, played.json()["person"]) == (201, DIRECTOR)
    assert me.json()["id"] == DIRECTOR
    assert decided != AGAIN
    assert problem(unknown) == (404, "unknown_subject")
    assert problem(sessions) == (403, "no_account")


async def test_a_samples_session_opens_nothing_elsewhere(issued: Issued) -> None:
    engine = await nowhere()
    async with open_office(issued.database, engine, work=False) as sample:
        await Browser(sample.http).post("/session/sample", {"person": DIRECTOR})
        cookies = dict(sample.http.cookies)

    async with real_office(issued.database, engine) as office:
        browser = office.browser()
        browser.http.cookies.update(cookies)
        answers = [await browser.get("/me"), await browser.get("/session")]
        played = await browser.post("/session/sample", {"person": DIRECTOR})

    assert {problem(each) for each in answers} == {(401, "not_signed_in")}
    assert played.status_code == 404
