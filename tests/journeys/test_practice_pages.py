"""Practice in a browser: the clock above every page, and whom one plays."""

from pathlib import Path

from rehearsal.engine import RehearsedEngine
from rehearsal.practice.stage import leave_empty, prepare
from store.database import Database
from tests.api.web.test_pages import shown
from tests.api.web.test_playing import bar_of
from tests.journeys.cast import at
from tests.journeys.test_practice import practising


async def test_the_clock_goes_on_from_any_page_and_the_cast_does_what_is_not_ours(
    sqlite_database: Database, engine: RehearsedEngine, tmp_path: Path
) -> None:
    await prepare(sqlite_database, engine, at("2026-03-02", "08:00"))
    async with practising(sqlite_database, engine, tmp_path) as visitor:
        http = visitor.http
        first = await http.get("/dang-nhap")
        taken = await http.post("/dien-tap/vai", data={"vai.ctqh-01": "1"})
        strange = await http.post("/dien-tap/vai", data={"vai.ai-do": "1"})
        past = {"ngay": "2026-03-01", "cach": "ngay", "den": "/"}
        refused = await http.post("/dien-tap/sang-ngay", data=past)
        none = await http.post("/dien-tap/sang-ngay", data={"cach": "ngay"})
        went = await http.post("/dien-tap/sang-ngay", data={"cach": "viec", "den": "/"})
        owed = await http.get("/dien-tap")
        lam = "ctqh-01 /lam/phases/thuc-hanh-1/departments/CTQH/launch-department"
        played = await http.post("/dang-nhap", data={"lam": lam})
        act = await http.get(played.headers["location"])

    assert "09 giờ 00 ngày 02/3/2026" in bar_of(first)
    assert (taken.status_code, strange.status_code) == (303, 404)
    assert (refused.status_code, none.status_code) == (409, 409)
    assert "chỉ đi tới chứ không lùi" in shown(refused.text)
    assert (went.status_code, went.headers["location"]) == (303, "/")
    assert f'value="{lam}"' in owed.text
    assert "Dàn vai vừa làm" in shown(owed.text)
    assert act.status_code == 200
    assert "Sang ngày" in bar_of(act)


async def test_the_clock_of_an_empty_office_goes_on_and_leads_to_setting_it_up(
    sqlite_database: Database, engine: RehearsedEngine, tmp_path: Path
) -> None:
    await leave_empty(sqlite_database, at("2026-02-28"))
    async with practising(sqlite_database, engine, tmp_path) as visitor:
        http = visitor.http
        page = await http.get("/dien-tap")
        day = {"ngay": "2026-03-04", "cach": "ngay", "den": "/dien-tap"}
        went = await http.post("/dien-tap/sang-ngay", data=day)
        after = await http.get("/dien-tap")

    assert "Văn phòng còn trống, chưa có ai để đóng." in shown(page.text)
    assert "09 giờ 00 ngày 02/3/2026" in bar_of(page)  # a Monday
    assert went.status_code == 303
    assert "09 giờ 00 ngày 04/3/2026" in bar_of(after)
