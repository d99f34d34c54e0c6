"""An office for practice, played in browsers: its clock moves, what waits is done."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import Browser, Page, expect

from api.app import create_app
from intake.rulepacks import load_packs
from rehearsal.engine import RehearsedEngine
from rehearsal.practice.stage import add_practice
from store.database import Database
from tests.browser.actors import Actor, Actors, actors
from tests.browser.clerks import write
from tests.browser.serving import served
from tests.office import cheap_passwords, office_worker

_MOVES = "Đến khi tôi có việc"
_LONG = 120_000  # milliseconds: the clock may go over a quarter of a year


@asynccontextmanager
async def practice_office(
    database: Database, engine: RehearsedEngine, browser: Browser, home: Path
) -> AsyncIterator[Actors]:
    """Open an office for practice to browsers, with a worker behind it."""
    packs = load_packs()
    passwords = cheap_passwords()
    app = create_app(
        database, engine, packs, sample=True, passwords=passwords, unnamed=True
    )
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
        await self.actor.press("Nhận các vai đã chọn")

    async def goes_on(self) -> list[tuple[str, str]]:
        """Let the clock go on until something waits; say for whom, and where."""
        page = self.actor.page
        await self.actor.go("/dien-tap")
        await self.actor.press(_MOVES, _LONG)
        stands = page.get_by_role("button", name=_MOVES)
        await expect(stands).to_be_visible(timeout=_LONG)
        await self.actor.go("/dien-tap")
        owed = [
            await each.get_attribute("value") or ""
            for each in await page.locator("button[name=lam]").all()
        ]
        return [(person, where) for person, _, where in map(_parted, owed)]


def _parted(value: str) -> tuple[str, str, str]:
    return value.partition(" ")


async def does(actor: Actor, where: str, unsaid: str = "NaN") -> str:
    """Do what waits: from the list of one's own tasks, by its form, to the receipt.

    Say by the page on which it was done what it was. On the way no page may show what
    is to be left *unsaid*.
    """
    page = actor.page
    await actor.go("/")
    await page.locator(f".tasks a[href^='{where}']").first.click()
    await _led_on(page)
    act = _act_on(page)
    await expect(page.locator("main")).not_to_contain_text(unsaid)
    await write(page, act)
    await _sent(page, act)
    password = page.locator("#_mat_khau")
    if await password.count():
        await password.fill(actor.password)
        await _sent(page, act)
    await expect(page.locator("main [role=status]").first).to_contain_text(
        "được nhận lúc" if act == "phieu" else "Đã xong"
    )
    await expect(page.locator("main")).not_to_contain_text(unsaid)
    return act


async def _sent(page: Page, act: str) -> None:
    """Send the form that is open; a sheet is sent without leaving the page."""
    button = page.locator("main form button.btn-primary").first
    if act == "phieu":
        await button.click()
        return
    async with page.expect_navigation():
        await button.click()


async def _led_on(page: Page) -> None:
    """Go on from the page of a meeting, or a decision, to the form of what waits."""
    main = page.locator("main")
    for words in ("Mở biểu quyết", "Vào số quyết định"):
        link = main.get_by_role("link", name=words)
        if await link.count():
            await link.first.click()


def _act_on(page: Page) -> str:
    path = urlsplit(page.url).path
    return "decide" if path.startswith("/quyet-dinh/") else path.rpartition("/")[2]
