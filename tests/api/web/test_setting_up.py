"""An empty office, set up on pages: by its administrator, or by the start's code."""

import re

import httpx2
import pytest
from sqlmodel import select

from api.app import create_app
from engine.client import Engine
from machine.founding import people_in
from store.database import Database
from store.tables import Campaign
from tests.api.accounts.signing import ADMIN, PASSWORD, real_office
from tests.api.web.test_pages import hidden, shown
from tests.office import _PACKS
from tests.processes import ROOT

CODE = "mot-ma-dai-cho-lan-dau"
CHAPTER = (ROOT / "docs" / "van-phong.md").read_text("utf-8")
[ROSTER] = re.findall(r"^```csv\n(.*?)^```", CHAPTER, re.MULTILINE | re.DOTALL)[:1]
OWN = {"co_quan": "Sở Khoa học", "nam": "2027", "thu_truong": "Giám đốc Sở"}


async def checks(
    http: httpx2.AsyncClient, roster: str = ROSTER, **typed: str
) -> httpx2.Response:
    """Send files to be looked at."""
    return await http.post(
        "/thiet-lap/kiem-tra",
        data={**OWN, **typed},
        files={"danh_sach": ("nhan-su.csv", roster.encode())},
    )


def kept(page: str) -> dict[str, str]:
    """Give what the page that shows the office sends on."""
    names = ("danh_sach", "danh_sach_ten", "ke_hoach", "ke_hoach_ten")
    return {name: hidden(page, name) for name in names}


def stored(database: Database) -> tuple[int, list[str]]:
    """Count the people, and name the campaigns."""
    with database.read() as session:
        return people_in(session), list(session.exec(select(Campaign.id)))


async def test_whoever_has_the_code_of_the_start_sets_an_office_up_once(
    sqlite_database: Database, engine: Engine
) -> None:
    app = create_app(sqlite_database, engine, _PACKS, sample=True, setup_code=CODE)
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://o") as http:
        strange = [await http.get(f"/thiet-lap{q}") for q in ("", "?ma=khac")]
        opened = await http.get(f"/thiet-lap?ma={CODE}")
        page = await http.get(opened.headers["location"])
        template = await http.get("/thiet-lap/danh-sach.xlsx?thu_truong=Gi%C3%A1m")
        wrong = await checks(http, ROSTER.replace("15/3/2016", "31/2/2016"), nam="1")
        looked_at = stored(sqlite_database)
        right = await checks(http)
        before = stored(sqlite_database)
        done = await http.post("/thiet-lap/ghi", data=kept(right.text))
        http.cookies.set("thidua_setup", CODE)
        again = await http.post("/thiet-lap/ghi", data=kept(right.text))

    assert all(
        each.headers["location"].startswith("/dang-nhap?den=/thiet-lap")
        for each in strange
    )
    assert "1. Danh sách nhân sự" in shown(page.text)
    assert template.content.startswith(b"PK")
    assert wrong.status_code == 422
    assert "Năm: một năm từ 2010 đến 2100." in shown(wrong.text)
    assert looked_at == before == (0, [])
    assert "Văn phòng Sở (VP): 3 người, thường trực thi đua" in shown(right.text)
    assert "Ghi văn phòng với 10 người" in shown(right.text)
    assert "Đã ghi 10 người" in shown(done.text)
    assert (again.status_code, stored(sqlite_database)) == (409, (10, ["2027"]))


async def test_what_is_wrong_in_a_file_is_told_by_row_and_column_and_nothing_stored(
    sqlite_database: Database, engine: Engine
) -> None:
    app = create_app(sqlite_database, engine, _PACKS, sample=True, setup_code=CODE)
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://o") as http:
        http.cookies.set("thidua_setup", CODE)
        wrong = await checks(http, ROSTER.replace("15/3/2016", "31/2/2016"))
        no_agency = await checks(http, co_quan=" ")
        large = await checks(http, ROSTER * 400)

    assert wrong.status_code == 422
    assert "nhan-su.csv: dòng 6" in shown(wrong.text)
    assert "31/2/2016" in shown(wrong.text)
    assert 'value="Sở Khoa học"' in wrong.text
    assert "Chưa có kế hoạch" in shown(no_agency.text)
    assert large.status_code == 413
    assert stored(sqlite_database) == (0, [])


@pytest.mark.parametrize("code", ["", CODE])
async def test_of_a_service_its_administrator_sets_the_office_up_and_nobody_else(
    sqlite_database: Database, engine: Engine, code: str
) -> None:
    async with real_office(sqlite_database, engine) as office:
        await office.account(ADMIN, administrator=True)
        await office.account("khac")
        stranger, other = office.browser(), await office.signed_in("khac")
        stranger.http.cookies.set("thidua_setup", code)
        signing = office.browser()
        form = {"ten": ADMIN, "mat_khau": PASSWORD, "den": "/"}
        await signing.http.post("/dang-nhap", data=form)
        led = await signing.http.get("/")
        there = await signing.http.get(led.headers["location"])
        asked = [
            await each.http.get("/thiet-lap") for each in (stranger, other, signing)
        ]
        right = await checks(signing.http)
        done = await signing.http.post("/thiet-lap/ghi", data=kept(right.text))

    assert there.headers["location"] == "/thiet-lap"
    assert [each.status_code for each in asked] == [303, 403, 200]
    assert "/quan-tri/tai-khoan" in done.text
    assert stored(sqlite_database) == (10, ["2027"])


async def test_a_password_is_set_by_the_code_of_a_slip_on_a_page(
    sqlite_database: Database, engine: Engine
) -> None:
    async with real_office(sqlite_database, engine) as office:
        http = office.browser().http
        page = await http.get("/dang-nhap/mat-khau")
        typed = {"ma": "sai", "mat_khau": PASSWORD, "lap_lai": PASSWORD}
        wrong = await http.post("/dang-nhap/mat-khau", data=typed)
        twice = {**typed, "lap_lai": "khác"}
        unlike = await http.post("/dang-nhap/mat-khau", data=twice)

    assert "Mã dùng một lần trên phiếu" in shown(page.text)
    assert (wrong.status_code, unlike.status_code) == (403, 422)
    assert 'value="sai"' in wrong.text
