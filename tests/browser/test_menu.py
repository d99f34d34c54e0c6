"""The menu: on a telephone one row that opens, by the keyboard and without scripts."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from store.database import Database
from tests.browser.looking import NARROW, WIDE, sideways, violations
from tests.browser.serving import paper_office
from tests.browser.walk import HEAD, Walk

pytestmark = pytest.mark.timeout(300)
_ONE_ROW = 72  # pixels


async def test_on_a_telephone_the_menu_is_one_row_that_opens(
    sqlite_database: Database, browser: Browser, tmp_path: Path
) -> None:
    Walk.begun(sqlite_database, tmp_path)
    async with paper_office(sqlite_database, browser) as people:
        actor = await people.person(HEAD)
        page, menu = actor.page, actor.page.locator("details.on-a-phone summary")
        await expect(menu).to_be_hidden()
        at_a_desk = await page.get_by_role("link", name="Quyết định").count()
        await page.set_viewport_size({"width": NARROW, "height": 844})
        row = await page.locator("header").bounding_box()
        shut = await page.get_by_role("link", name="Quyết định").count()
        await menu.focus()
        await page.keyboard.press("Enter")
        found = await violations(actor, "light", NARROW)
        found += await violations(actor, "dark", NARROW)
        found += await sideways(actor)
        await page.set_viewport_size({"width": NARROW, "height": 844})
        await page.get_by_role("link", name="Quyết định").click()
        await expect(page.locator("h1")).to_have_text("Quyết định khen thưởng")
        await page.set_viewport_size({"width": WIDE, "height": 844})
        await expect(menu).to_be_hidden()

    assert (at_a_desk, shut) == (1, 0)
    assert row is not None
    assert row["height"] < _ONE_ROW
    assert found == []
