"""A campaign from the pact to the issued decision, by pages alone."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.async_api import Browser

from rehearsal.engine import RehearsedEngine
from rehearsal.practice.stage import prepare
from store.database import Database
from tests.browser.playing import Conducting, does, practice_office
from tests.journeys.cast import at
from tests.office import CLERK, DIRECTOR, SECRETARIAT

pytestmark = pytest.mark.timeout(600)

HEAD, MEMBER = "ctqh-01", "ld-02"
PLAYED = (DIRECTOR, HEAD, MEMBER, SECRETARIAT, CLERK)
# What the five have to do between them.
DONE = {
    *("sign-pact", "launch", "launch-department", "record-peer-review", "de-nghi"),
    *("receive", "appraise", "publish", "convene", "confirm-attendance"),
    *("open-voting", "phieu", "gio-tay", "close-voting", "sign-minutes"),
    *("decide", "number", "issue"),
}


@pytest.mark.parametrize(
    "played",
    [PLAYED, pytest.param(None, marks=pytest.mark.long)],
    ids=["five", "everybody"],
)
async def test_a_campaign_goes_from_the_pact_to_the_decision_through_pages(
    sqlite_database: Database,
    engine: RehearsedEngine,
    browser: Browser,
    tmp_path: Path,
    played: Sequence[str] | None,
) -> None:
    await prepare(sqlite_database, engine, at("2026-03-02", "08:00"))
    done: list[str] = []
    async with practice_office(sqlite_database, engine, browser, tmp_path) as people:
        conducting = Conducting(await people.stranger())
        await conducting.takes(played)
        while "issue" not in done:
            for person, where in await conducting.goes_on():
                actor = await people.person(person)
                done.append(await does(actor, where))
                assert actor.faults == []
        head = await people.person(HEAD)
        await head.go("/thong-bao")
        told = await head.page.locator("main").inner_text()

    assert {*done} >= DONE
    assert "01/QĐ-VP" in told
