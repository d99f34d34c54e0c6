"""A campaign from the pact to the issued decision, by pages alone."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from api.app import create_app
from intake.rulepacks import load_packs
from rehearsal.engine import RehearsedEngine
from rehearsal.practice.stage import add_practice, prepare
from store.database import Database
from tests.browser.actors import Actor, Actors, actors
from tests.browser.clerks import write
from tests.browser.serving import served
from tests.journeys.cast import at
from tests.office import CLERK, DIRECTOR, SECRETARIAT, cheap_passwords, office_worker

pytestmark = pytest.mark.timeout(600)

HEAD, MEMBER = "ctqh-01", "ld-02"
PLAYED = (DIRECTOR, HEAD, MEMBER, SECRETARIAT, CLERK)
# What the five have to do between them.
DONE = {
    *("sign-pact", "launch", "launch-department", "record-peer-review", "de-nghi"),
    *("receive", "appraise", "publish", "convene", "confirm-attendance"),
    *("open-voting", "phieu", "close-voting", "sign-minutes"),
    *("decide", "number", "issue"),
}


@asynccontextmanager
async def practice_office(
    database: Database, engine: RehearsedEngine, browser: Browser, home: Path
) -> AsyncIterator[Actors]:
    """Open an office for practice to browsers, with a worker behind it."""
    packs = load_packs()
    passwords = cheap_passwords()
    app = create_app(database, engine, packs, sample=True, passwords=passwords)
    add_practice(app, database, engine, packs, home)
    async with (
        office_worker(database, engine),
        served(app) as address,
        actors(browser, address) as people,
    ):
        yield people


class Conducting:
    """Whoever moves the clock, and says who has something to do."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    async def takes(self, people: Sequence[str] | None) -> None:
        """Choose whom to play; None is everybody."""
        page = self.actor.page
        await self.actor.go("/dien-tap")
        names = [f"[name='vai.{each}']" for each in people or ()] or ["[name^='vai.']"]
        for box in await page.locator(", ".join(names)).all():
            await box.check()
        await page.get_by_role("button", name="Nhận các vai đã chọn").click()

    async def goes_on(self) -> list[tuple[str, str]]:
        """Let the clock go on until something waits; say for whom, and where."""
        page = self.actor.page
        await self.actor.go("/dien-tap")
        await page.get_by_role("button", name="Đến khi tôi có việc").click()
        stands = page.get_by_role("button", name="Đến khi tôi có việc")
        await expect(stands).to_be_visible(timeout=120_000)
        await self.actor.go("/dien-tap")
        owed = [
            await each.get_attribute("value") or ""
            for each in await page.locator("button[name=lam]").all()
        ]
        return [(person, where) for person, _, where in map(_parted, owed)]


def _parted(value: str) -> tuple[str, str, str]:
    return value.partition(" ")


def act_of(where: str) -> str:
    """Name an act by the page on which it is done."""
    return "decide" if where.startswith("/quyet-dinh/") else where.rpartition("/")[2]


async def does(actor: Actor, where: str) -> None:
    """Do what waits: from the list of one's own tasks, by its form, to the receipt."""
    page, act = actor.page, act_of(where)
    await actor.go("/")
    await page.locator(f".tasks a[href^='{where}']").first.click()
    await write(page, act)
    await page.locator("main form button.btn-primary").first.click()
    await expect(page.locator("main [role=status]").first).to_contain_text(
        "được nhận lúc" if act == "phieu" else "Đã xong"
    )


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
                await does(actor, where)
                assert actor.faults == []
                done.append(act_of(where))
        head = await people.person(HEAD)
        await head.go("/thong-bao")
        told = await head.page.locator("main").inner_text()

    assert {*done} >= DONE
    assert "01/QĐ-VP" in told
