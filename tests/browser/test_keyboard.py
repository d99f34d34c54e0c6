"""The keyboard alone is enough, and one always sees where one is."""

from playwright.async_api import Browser, Page, expect

from store.database import Database
from tests.api.web.council.conftest import Meeting, meeting
from tests.api.web.department.test_sheet import HEAD, drafted, reviewed
from tests.browser.serving import paper_office
from tests.browser.test_ballot import on_a_phone

__all__ = ["meeting"]  # a fixture, for whoever asks for it by name
_MOST = 80  # keys until something is reached
# What has the focus: how it is called, and whether that is seen.
_HERE = """() => {
  const at = document.activeElement;
  // Of a choice that is drawn as a button its label shows the focus.
  const shown = [at, at.nextElementSibling].filter(Boolean).some(each => {
    const drawn = getComputedStyle(each), place = each.getBoundingClientRect();
    return place.width > 0 && drawn.outlineStyle !== "none";
  });
  return {
    name: at.name || at.textContent.trim(), value: at.value || "", tag: at.tagName,
    shown,
  };
}"""


async def reach(page: Page, name: str, value: str = "") -> None:
    """Go on by the tabulator to what is called so; all on the way is seen."""
    for _ in range(_MOST):
        await page.keyboard.press("Tab")
        here = await page.evaluate(_HERE)
        assert here["shown"] or here["tag"] == "BODY", f"unseen: {here}"
        if name in here["name"] and value in here["value"]:
            return
    raise AssertionError(f"{name} is not reached by {_MOST} keys")


async def test_a_nomination_is_written_by_keyboard_alone(
    sqlite_database: Database, browser: Browser
) -> None:
    reviewed(sqlite_database)
    async with paper_office(sqlite_database, browser) as people:
        head = await people.person(HEAD)
        page = head.page
        await head.go("/phong/2022-1/CTQH/de-nghi")
        await reach(page, "Thêm đề nghị")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", name="Thêm một")).to_be_visible()
        await reach(page, "subject")
        await page.keyboard.type("Trịnh")
        await reach(page, "title")
        await page.keyboard.type("Giấy")
        await reach(page, "achievement")
        await page.keyboard.type("Số hóa hồ sơ.")
        await reach(page, "Lưu đề nghị")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("button", name="Gửi 1 đề nghị")).to_be_visible()

    [line] = drafted(sqlite_database)
    assert (line["title"], line["achievement"]) == ("GIAY_KHEN", "Số hóa hồ sơ.")
    assert head.faults == []


async def test_a_sheet_is_cast_by_keyboard_alone(
    meeting: Meeting, browser: Browser
) -> None:
    meeting.opened()
    async with on_a_phone(meeting, browser) as chair:
        page = chair.page
        await chair.go(f"{meeting.page}/phieu")
        lines = await page.locator("fieldset.ballot-line").count()
        for _ in range(lines):
            await reach(page, "chon.")
            await page.keyboard.press("Space")
        await reach(page, "Bỏ phiếu")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", name="Đã bỏ phiếu")).to_be_visible()

    assert lines == 3
    assert chair.faults == []
