"""A whole year of an office of one's own, by pages alone, on the clock of practice."""

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

import cli
from domain.roles import HEAD
from rehearsal.engine import RehearsedEngine
from rehearsal.practice.stage import leave_empty
from store.database import Database
from tests.api.accounts.signing import PASSWORD
from tests.api.web.test_setting_up import ROSTER
from tests.browser.actors import Actor, Actors
from tests.browser.playing import Conducting, does, practice_office
from tests.journeys.cast import at

pytestmark = [pytest.mark.long, pytest.mark.timeout(1800)]

YEAR, ADMIN, SECRETARY, UNION = "2026", "quan-tri", "vp-02", "gd-03"
PEOPLE = [row["mã"] for row in csv.DictReader(ROSTER.splitlines())]
DEPARTMENTS = ("VP", "QLKH", "CDS")
_CODE = re.compile(r"Tên đăng nhập: (\S+)\s+Mã dùng một lần: (\S+)")
# What is done in each half of the year, and once.
HALF = {
    *("record-peer-review", "de-nghi", "receive", "appraise", "publish", "convene"),
    *("confirm-attendance", "open-voting", "gio-tay", "close-voting", "sign-minutes"),
    *("decide", "number", "issue", "post-results"),
}
ONCE = {"sign-pact", "launch", "launch-department", "register", "phieu", "close"}


@pytest.fixture
def slip(
    sqlite_database: Database,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[[], str]:
    """Make the first administrator, as whoever runs the machine does."""
    monkeypatch.setenv("THIDUA_DATABASE_URL", sqlite_database.url)

    def make() -> str:
        assert cli.run(["admin", "create", ADMIN]) == 0
        return capsys.readouterr().out

    return make


async def founds(admin: Actor) -> None:
    """Set the office up from its roster and the model plan."""
    page = admin.page
    await expect(page.locator("h1")).to_have_text("Thiết lập văn phòng")
    roster = {"name": "nhan-su.csv", "mimeType": "text/csv", "buffer": ROSTER.encode()}
    await page.get_by_label("Danh sách đã điền").set_input_files(roster)  # type: ignore[arg-type]
    await page.get_by_label("Tên cơ quan").fill("Sở Khoa học")
    await page.get_by_label("Năm").fill(YEAR)
    await page.get_by_label("Chức vụ người đứng đầu").fill("Giám đốc Sở")
    await page.get_by_role("button", name="Kiểm tra, chưa ghi").click()
    await page.get_by_role("button", name="Ghi văn phòng với 10 người").click()
    await page.get_by_role("link", name="Lập tài khoản").click()


async def gives_slips(admin: Actor) -> dict[str, str]:
    """Make everybody's account, and hand out the slips."""
    await admin.press("in các phiếu")
    said = await admin.page.locator("main").inner_text()
    return dict(_CODE.findall(said))


async def reads_the_plan(actor: Actor) -> str:
    """Read the plan, and the year that it makes."""
    await actor.go("/phat-dong")
    page = actor.page
    await page.locator("main table a").first.click()
    said = await page.locator("main").inner_text()
    await page.get_by_role("link", name="Lịch cả năm").click()
    return said + await page.locator("main").inner_text()


async def rates(secretary: Actor) -> None:
    """Rate every department and everybody for the year."""
    page = secretary.page
    for department in DEPARTMENTS:
        await secretary.go("/quan-tri")
        await page.get_by_role("link", name="Xếp loại hằng năm").click()
        await page.get_by_label("Năm").fill(YEAR)
        await page.get_by_label("Phòng", exact=True).select_option(department)
        await page.get_by_role("button", name="Xem").click()
        for level in await page.locator("select[name^='muc.']").all():
            best = await level.get_attribute("name") == "muc.individual.qlkh-02"
            await level.select_option("EXCELLENT" if best else "GOOD_COMPLETION")
        await secretary.press("Ghi xếp loại")
        await expect(page.locator("select[name^='muc.']").first).not_to_have_value("")


async def words(page: Page) -> str:
    """Read a page."""
    return await page.locator("main").inner_text()


async def plays(people: Actors, conductor: Actor) -> list[tuple[str, str]]:
    """Play the year until the campaign is closed; say what was done, and where."""
    conducting, done, rated = Conducting(conductor), list[tuple[str, str]](), False
    await conducting.takes(None)
    while "close" not in {act for act, _ in done}:
        for person, where in await conducting.goes_on():
            if f"{YEAR}-2" in where and not rated:
                await rates(await people.person(SECRETARY))
                rated = True
            actor = await people.person(person)
            # The office has a head of its own, and so have its pages.
            done.append((await does(actor, where, HEAD), where))
            assert actor.faults == []
    return done


async def test_a_year_goes_from_an_empty_office_to_the_board_of_honour_by_pages_alone(
    sqlite_database: Database,
    engine: RehearsedEngine,
    browser: Browser,
    tmp_path: Path,
    slip: Callable[[], str],
) -> None:
    await leave_empty(sqlite_database, at("2025-12-20"))
    [(_, code)] = _CODE.findall(slip())
    async with practice_office(sqlite_database, engine, browser, tmp_path) as people:
        admin = await people.owner(ADMIN, code, PASSWORD)
        await founds(admin)
        slips = await gives_slips(admin)
        for person in PEOPLE:
            await people.owner(person, slips[person], PASSWORD)
        plan = await reads_the_plan(await people.person(UNION))
        done = await plays(people, admin)
        secretary, stranger = await people.person(SECRETARY), await people.stranger()
        await secretary.go(f"/bao-cao/{YEAR}")
        reports = await words(secretary.page)
        await stranger.go("/bang-vang")
        honours = await words(stranger.page)

    assert "Giai đoạn 1" in plan
    assert [*slips] == sorted(PEOPLE)
    for half in (f"{YEAR}-1", f"{YEAR}-2"):
        assert {act for act, where in done if half in where} >= HALF
    assert {act for act, _ in done} >= ONCE
    assert "Tổng kết" in reports
    assert "Sơ kết" in reports
    assert "Chiến sĩ thi đua cơ sở (1)" in honours
    assert "Lao động tiên tiến (7)" in honours
    assert "Tập thể lao động tiên tiến (3)" in honours
