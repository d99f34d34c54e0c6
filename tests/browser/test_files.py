"""Files that people bring: a list from Excel, and the papers of a nomination."""

from pathlib import Path

from playwright.async_api import Browser, Page, expect

from store.database import Database
from store.files.room import FileRoom
from store.files.vault import Vault
from tests.api.web.department.test_importing import OWN, book
from tests.api.web.department.test_nomination import the_line
from tests.api.web.department.test_page import sent_in_time
from tests.api.web.department.test_sheet import HEAD, drafted, reviewed
from tests.browser.looking import NARROW, WIDE, sideways, violations
from tests.browser.serving import paper_office
from tests.intake.test_files import PDF

SHEET = "/phong/2022-1/CTQH/de-nghi"
# What a drop brings, as the browser tells of it.
_DROP = """([form, names]) => {
  const brought = new DataTransfer();
  for (const [name, text] of names) brought.items.add(new File([text], name));
  document.querySelector(form).dispatchEvent(
    new DragEvent("drop", {dataTransfer: brought, bubbles: true, cancelable: true}));
}"""


async def test_a_list_of_ones_own_layout_is_submitted_from_excel_in_six_clicks(
    sqlite_database: Database, browser: Browser, tmp_path: Path
) -> None:
    reviewed(sqlite_database)
    file, clicks, faults = tmp_path / "danh-sach.xlsx", 0, []
    rows = [("1", who, "Giấy khen", "Số hóa hồ sơ.") for who in ("ctqh-02", "ctqh-04")]
    file.write_bytes(book(("Số", "Ai", *OWN[2:]), *rows))

    async def click(page: Page, role: str, name: str) -> None:
        nonlocal clicks
        clicks += 1
        await page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]

    async with paper_office(sqlite_database, browser) as people:
        head = await people.person(HEAD)
        page = head.page
        await head.go(SHEET)
        await click(page, "link", "Nhập từ Excel")
        clicks += 1
        await page.get_by_label("Tệp .xlsx").set_input_files(file)
        await click(page, "button", "Kiểm tra, chưa ghi")
        await expect(page.get_by_text("phải chọn cột này").first).to_be_visible()
        for theme, width in (("light", WIDE), ("dark", NARROW)):
            faults += await violations(head, theme, width)
        faults += await sideways(head)
        clicks += 1
        await page.get_by_label("Cá nhân, tập thể").select_option(label="Ai · cột 2")
        await click(page, "button", "Đọc lại theo các cột này")
        await expect(page.get_by_text("2 mới, 0 sửa")).to_be_visible()
        before = drafted(sqlite_database)
        faults += await violations(head, "light", WIDE)
        await click(page, "button", "Ghi 2 đề nghị vào bản nháp")
        await expect(page.get_by_role("button", name="Gửi 2 đề nghị")).to_be_visible()

    assert faults == []
    assert before == []
    assert [each["subject"] for each in drafted(sqlite_database)] == [
        "ctqh-02",
        "ctqh-04",
    ]
    assert clicks == 6
    assert head.faults == []


async def test_files_are_dropped_onto_a_nomination_and_taken_away(
    sqlite_database: Database, browser: Browser, tmp_path: Path
) -> None:
    sent_in_time(sqlite_database)
    room = FileRoom(Vault(tmp_path), most_bytes=2**20)
    dropped = [
        ["Tờ trình.pdf", PDF.decode("latin-1")],
        ["giả.pdf", "no"],
        ["a.exe", "no"],
        ["to.txt", "x" * 2**21],
    ]
    async with paper_office(sqlite_database, browser, room) as people:
        head = await people.person(HEAD)
        page = head.page
        await head.go(f"/de-nghi/{the_line(sqlite_database)}")
        await page.evaluate(_DROP, ["#gui-tep", dropped])
        told = page.locator("#dang-gui li")
        await expect(told.filter(has_text="đã gửi")).to_have_count(1)
        await expect(told.filter(has_text="Nội dung tệp không phải")).to_have_count(1)
        said = await told.all_inner_texts()
        there = page.locator("#tep-da-co li")
        await expect(there).to_have_count(1)
        listed = await there.inner_text()
        await page.get_by_role("button", name="Gỡ Tờ trình.pdf").click()
        await expect(page.get_by_text("Chưa có tệp nào.")).to_be_visible()

    assert len(said) == 4
    assert "không phải loại tệp được nhận, chưa gửi" in said[2]
    assert "lớn quá, chưa gửi" in said[3]
    assert "Tờ trình.pdf" in listed
    assert head.faults == []
