"""The ballot sheet in a browser, which makes its codes and finds the votes by them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, Page, Request, expect

from api.app import create_app
from engine.client import Engine, connect
from intake.rulepacks import load_packs
from tests.api.web.council.conftest import Meeting, meeting
from tests.browser.actors import Actor, actors
from tests.browser.serving import served
from tests.council.votes import COUNCIL
from tests.office import DIRECTOR, cheap_passwords

__all__ = ["meeting"]  # a fixture, for whoever asks for it by name

PHONE = {"width": 390, "height": 844}


@asynccontextmanager
async def on_a_phone(meeting: Meeting, browser: Browser) -> AsyncIterator[Actor]:
    """Serve the office without a worker, and let the chair come by phone."""
    app = create_app(
        meeting.database,
        Engine(await connect("127.0.0.1:1")),
        load_packs(),
        sample=True,
        passwords=cheap_passwords(),
    )
    async with served(app) as address, actors(browser, address) as everybody:
        chair = await everybody.person(DIRECTOR)
        await chair.page.set_viewport_size(PHONE)
        yield chair


async def mark_all(page: Page, choice: str) -> int:
    """Mark every line of a sheet alike; return how many there are."""
    lines = await page.locator("fieldset.ballot-line").all()
    for line in lines:
        await line.get_by_text(choice, exact=True).click()
    return len(lines)


async def test_a_sheet_is_cast_from_a_phone_and_found_again_on_the_board(
    meeting: Meeting, browser: Browser
) -> None:
    meeting.opened()
    meeting.hands()
    async with on_a_phone(meeting, browser) as chair:
        page, cast = chair.page, chair.page.get_by_role("button", name="Bỏ phiếu")
        await chair.go(f"{meeting.page}/phieu")
        lines = await mark_all(page, "Không đồng ý")
        wide = await page.evaluate("document.documentElement.scrollWidth")

        await page.route("**/phieu", lambda route: route.abort())
        await cast.click()
        await expect(page.get_by_text("Mất kết nối")).to_be_visible()
        still_marked = await page.locator("input:checked").count()
        await page.unroute("**/phieu")
        await cast.click()
        await expect(page.get_by_role("heading", name="Đã bỏ phiếu")).to_be_visible()
        codes = await page.locator(".codes code").all_inner_texts()

        for person in COUNCIL:
            if person != DIRECTOR:
                meeting.cast_all(person)
        meeting.counted([])
        asked: list[str] = []
        page.on("request", lambda each: asked.append(said(each)))
        await chair.go(f"{meeting.page}/ket-qua")
        await page.get_by_role("button", name="Tìm phiếu của tôi").click()
        await expect(page.locator("#tim-thay li")).to_have_count(lines)
        found = await page.locator("#tim-thay").inner_text()

    assert (wide, still_marked) == (PHONE["width"], lines)
    assert len(set(codes)) == lines == 3
    assert found.count(": không đồng ý") == lines
    assert not any(code in each for code in codes for each in asked)
    assert chair.faults == []


def said(request: Request) -> str:
    """Give all that a request says."""
    return f"{request.url} {request.post_data or ''}"


async def test_the_wall_looks_again_by_itself(
    meeting: Meeting, browser: Browser
) -> None:
    meeting.opened()
    async with on_a_phone(meeting, browser) as chair:
        await chair.go(f"{meeting.page}/man-hinh")
        before = await chair.page.locator("#man-hinh").inner_text()
        meeting.cast_all("ld-02")
        wall = chair.page.locator("#man-hinh")
        await expect(wall).to_contain_text("1/9", timeout=20_000)

    assert "0/9" in before
    assert chair.faults == []
