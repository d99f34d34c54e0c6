"""What people of the sample office write into the forms of their acts."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, timedelta

from playwright.async_api import Locator, Page

_MEETS_IN = 7  # days: a council is invited three working days before
_OF_ONE, _OF_ALL = "LDTT", "TTLDTT"
_PRAISE = ("BANG_KHEN_TINH", "GIAY_KHEN")
# In the office of one's own: who aims higher.
_EXCELLENT = (("qlkh-02", "CSTDCS"),)
# Of the sample office, and of one's own: who presides, or keeps the minutes.
_LEADING = ("ld-", "gd-", "hctcqt-", "vp-")


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


async def _register(page: Page) -> None:
    """Register everybody for the title of the year, the department for its own."""
    for row, (subject, title) in enumerate(await _aims(page, "aims.0.subject")):
        if row:
            await page.get_by_role("button", name="Thêm dòng").click()
        await page.locator(f"[name='aims.{row}.subject']").select_option(subject)
        await page.locator(f"[name='aims.{row}.title']").select_option(title)


async def _aims(page: Page, field: str) -> list[tuple[str, str]]:
    """Pair each who can be chosen with a title, the department last; some have two."""
    codes = await _codes(page, field)
    ones = [(code, _OF_ONE) for code in codes if not code.isupper()]
    more = [(code, title) for code, title in _EXCELLENT if code in codes]
    return [*ones, *more, *((code, _OF_ALL) for code in codes if code.isupper())]


async def _codes(page: Page, field: str) -> list[str]:
    options = await page.locator(f"[name='{field}'] option").all()
    found = [await each.get_attribute("value") or "" for each in options]
    return [each for each in found if each]


async def _nominate(page: Page) -> None:
    """Nominate one who is not the head of the department; at the year's end, all."""
    await page.get_by_role("link", name="Thêm đề nghị").click()
    titles, people = await _codes(page, "title"), await _codes(page, "subject")
    second = next(each for each in people if each.endswith("-02"))
    praise = [each for each in _PRAISE if each in titles]
    # Some are voted on in secret, and some by hands.
    chosen = [(second, praise[0] if second.startswith("ctqh") else praise[-1])]
    if _OF_ONE in titles:
        chosen = await _aims(page, "subject")
    for subject, title in chosen:
        await page.locator("[name=subject]").select_option(subject)
        await page.locator("[name=title]").select_option(title)
        await page.locator("[name=achievement]").fill("Số hóa hồ sơ kỳ họp.")
        await page.get_by_role("button", name="Lưu đề nghị").click()
        await page.get_by_role("button", name="Gửi").wait_for()
        if (subject, title) != chosen[-1]:
            await page.get_by_role("link", name="Thêm đề nghị").click()


async def _convene(page: Page) -> None:
    day = await _today(page) + timedelta(days=_MEETS_IN)
    await page.locator("[name=meets_at]").fill(f"{day.isoformat()}T14:00")
    await page.locator("[name=place]").fill("Phòng họp số 1")


async def _come(page: Page) -> None:
    await page.locator("[name=comes]").check()


async def _open(page: Page) -> None:
    """Open the vote before all who have come; two of the others count."""
    boxes = page.locator("[name=present]")
    await _tick_all(boxes)
    codes = [await each.get_attribute("value") or "" for each in await boxes.all()]
    for teller in [each for each in codes if not each.startswith(_LEADING)][:2]:
        await page.locator(f"[name=tellers][value={teller}]").check()


async def _count_hands(page: Page) -> None:
    """Count all hands for each line that is voted on so."""
    await page.get_by_role("link", name="điền giúp").click()


async def _close(page: Page) -> None:
    said = "Hội đồng họp, biểu quyết từng trường hợp."
    await page.locator("[name=minutes]").fill(said)


async def _number(page: Page) -> None:
    if not await page.locator("[name=number]").input_value():
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
    "register": _register,
    "record-peer-review": _meet,
    "de-nghi": _nominate,
    "convene": _convene,
    "confirm-attendance": _come,
    "open-voting": _open,
    "gio-tay": _count_hands,
    "close-voting": _close,
    "number": _number,
    "post-results": _post,
    "phieu": _vote,
}
