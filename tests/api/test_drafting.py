"""A draft is corrected and thrown away while nobody has signed it; sent once."""

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest_asyncio

from engine.client import Engine
from store.database import Database
from tests.api.calls import idle_office
from tests.journeys.cast import a_plan, at
from tests.office import DIRECTOR, SECRETARIAT, Office, prepare

PATH = "/campaigns/2022"


@pytest_asyncio.fixture(loop_scope="session")
async def office(database: Database, engine: Engine) -> AsyncIterator[Office]:
    """The sample office on 3 January 2022."""
    prepare(database, 2022, at("2022-01-03", "08:00"))
    async with idle_office(database, engine) as opened:
        yield opened


async def thrown(office: Office, person: str, version: int | None) -> int:
    """Throw the draft away; return the status."""
    known = {"If-Match": f'"{version}"'} if version else {}
    answer = await office.http.delete(
        f"/api/v1{PATH}", headers={"X-Thidua-Person": person, **known}
    )
    return answer.status_code


def code_of(answer: httpx2.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].removeprefix("/problems/")


async def test_a_mistyped_draft_is_corrected_thrown_away_and_drafted_anew(
    office: Office,
) -> None:
    desk = office.person(SECRETARIAT)
    plan: dict[str, Any] = a_plan()
    wrong = {**plan, "title": "Phong trào thi đua năm 2202"}
    await desk.act("/campaigns", wrong)

    unread = await desk.put(PATH, plan)
    other = await desk.put(PATH, {**plan, "code": "2023"}, '"1"')
    stranger = await office.person("ctqh-05").put(PATH, plan, '"1"')
    late = {**plan["phases"][0], "submission_due": "2022-06-01"}
    bad = await desk.put(PATH, {**plan, "phases": [late, plan["phases"][1]]}, '"1"')
    right = await desk.put(PATH, plan, '"1"')
    read = await desk.look(PATH)
    gone = [await thrown(office, SECRETARIAT, version) for version in (1, None, 2)]
    none = await desk.look(PATH)
    anew = await desk.post("/campaigns", wrong)

    assert [code_of(each) for each in (unread, other, stranger, bad)] == [
        (428, "version_missing"),
        (409, "code_fixed"),
        (403, "not_allowed"),
        (409, "contradictory"),
    ]
    assert (right.status_code, right.json()["title"]) == (200, plan["title"])
    assert (read.headers["ETag"], read.json()["version"]) == ('"2"', 2)
    assert gone == [412, 428, 204]
    assert (none.status_code, anew.status_code) == (404, 201)


async def test_what_somebody_has_signed_is_no_draft_any_more(office: Office) -> None:
    desk = office.person(SECRETARIAT)
    await desk.act("/campaigns", a_plan())
    # Nobody is at work: the act waits, and stands in the record of what was asked.
    await office.person(DIRECTOR).post(f"{PATH}/sign-pact")

    assert await thrown(office, SECRETARIAT, 1) == 409


async def test_a_draft_sent_twice_under_one_key_is_drafted_once(
    office: Office,
) -> None:
    desk, plan = office.person(SECRETARIAT), a_plan()

    first = await desk.post("/campaigns", plan, key="mot")
    again = await desk.post("/campaigns", plan, key="mot")
    corrected = await desk.put(PATH, {**plan, "title": "Tên khác"}, '"1"')
    later = await desk.post("/campaigns", plan, key="mot")
    reused = await desk.post("/campaigns", {**plan, "title": "Khác"}, key="mot")
    exists = await desk.post("/campaigns", plan, key="hai")

    assert [x.status_code for x in (first, again, later)] == [201, 201, 201]
    assert (corrected.status_code, later.json()["title"]) == (200, "Tên khác")
    assert code_of(reused) == (422, "key_reused")
    assert code_of(exists) == (409, "campaign_exists")
