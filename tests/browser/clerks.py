"""What people of the sample office write into the forms of their acts."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, timedelta

from playwright.async_api import Locator, Page

_MEETS_IN = 7  # days: a council is invited three working days before
_BY_HANDS = "Giấy khen"
_TELLERS = ("cthdnd-01", "ttdn-01")


async def write(page: Page, act: str) -> None:
    """Fill in the form of an act on the page that is open; some ask for nothing."""
    if act in _WRITES:
        await _WRITES[act](page)


async def _today(page: Page) -> date:
    """Read off the bar what day it is."""
    return date.fromisoformat(
        await page.locator("#bar-ngay").get_attribute("min") or ""
    )


async def _tick_all(boxes: Locator) -> None:
    for box in await boxes.all():
        await box.check()


async def _meet(page: Page) -> None:
    """Write down the meeting of the department: everybody was there."""
    await page.locator("[name=held_on]").fill((await _today(page)).isoformat())
    await _tick_all(page.locator("[name=present]"))
    await page.locator("[name=chaired_by]").select_option(index=1)
    await page.locator("[name=minutes]").fill("Tập thể phòng thống nhất.")


async def _nominate(page: Page) -> None:
    """Nominate one who is not the head of the department, for the higher title."""
    await page.get_by_role("link", name="Thêm đề nghị").click()
    who = page.locator("[name=subject]")
    people = await who.locator("option").all()
    codes = [await each.get_attribute("value") or "" for each in people]
    await who.select_option(next(each for each in codes if each.endswith("-02")))
    await page.locator("[name=title]").select_option("BANG_KHEN_TINH")
    await page.locator("[name=achievement]").fill("Số hóa hồ sơ kỳ họp.")
    await page.get_by_role("button", name="Lưu đề nghị").click()
    await page.get_by_role("button", name="Gửi 1 đề nghị").wait_for()


async def _convene(page: Page) -> None:
    day = await _today(page) + timedelta(days=_MEETS_IN)
    await page.locator("[name=meets_at]").fill(f"{day.isoformat()}T14:00")
    await page.locator("[name=place]").fill("Phòng họp số 1")


async def _come(page: Page) -> None:
    await page.locator("[name=comes]").check()


async def _open(page: Page) -> None:
    await _tick_all(page.locator("[name=present]"))
    for teller in _TELLERS:
        await page.locator(f"[name=tellers][value={teller}]").check()


async def _count_hands(page: Page) -> None:
    """Count all hands for each line that is voted on so."""
    by_hands = page.locator("[name='lines.0.line'] option", has_text=_BY_HANDS)
    lines = [await each.get_attribute("value") for each in await by_hands.all()]
    for row, line in enumerate(lines):
        if row:
            await page.get_by_role("button", name="Thêm dòng").last.click()
        await page.locator(f"[name='lines.{row}.line']").select_option(line)
        await page.locator(f"[name='lines.{row}.yes']").fill("9")
        await page.locator(f"[name='lines.{row}.no']").fill("0")
        await page.locator(f"[name='lines.{row}.chair_yes']").check()


async def _close(page: Page) -> None:
    said = "Hội đồng họp, biểu quyết từng trường hợp."
    await page.locator("[name=minutes]").fill(said)


async def _number(page: Page) -> None:
    await page.locator("[name=number]").fill("1")
    await page.locator("[name=year]").fill(str((await _today(page)).year))
    await page.locator("[name=series]").fill("QĐ-VP")


async def _post(page: Page) -> None:
    await page.locator("[name=posted_on]").fill((await _today(page)).isoformat())
    await page.locator("[name=place]").fill("Bảng tin của cơ quan")


async def _vote(page: Page) -> None:
    """Mark every line of the sheet: everybody agrees."""
    for group in await page.locator("fieldset.ballot-line").all():
        await group.get_by_text("Đồng ý", exact=True).click()


_WRITES: Mapping[str, Callable[[Page], Awaitable[None]]] = {
    "record-peer-review": _meet,
    "de-nghi": _nominate,
    "convene": _convene,
    "confirm-attendance": _come,
    "open-voting": _open,
    "record-show-of-hands": _count_hands,
    "close-voting": _close,
    "number": _number,
    "post-results": _post,
    "phieu": _vote,
}
