"""Matters on pages: written down, changed, filed by an act, and read by few."""

from typing import Any

from engine.client import Engine
from store.database import Database
from tests.activities.paper import Paper
from tests.api.web.test_pages import hidden, registering, shown, sign_in
from tests.api.web.year.reading import signed_in
from tests.journeys.cast import HEADS
from tests.office import SECRETARIAT

AUTHOR, HEAD = "ctqh-05", HEADS["CTQH"]
NEW = "/vu-viec-moi?loai="
IDEA = {
    "campaign": "2022",
    "title": "Lịch họp chung",
    "matter": "Một lịch cho mọi cuộc họp.",
    "event_on": "2022-01-10",
    "authors.0.person": "Ai đó (ctqh-05)",
    "authors.0.share": "60",
    "authors.1.person": "ctqh-06",
    "authors.1.share": "40",
}


async def test_an_initiative_is_written_changed_and_filed(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    async with signed_in(sqlite_database, engine, AUTHOR) as http:
        form = (await http.get(f"{NEW}initiative")).text
        typed: dict[str, Any] = {**IDEA, "_ma": hidden(form, "_ma")}
        wrote = await http.post(f"{NEW}initiative", data=typed)
        twice = await http.post(f"{NEW}initiative", data=typed)
        page = wrote.headers["location"]
        change = (await http.get(f"{page}/sua")).text
        again = {
            **typed,
            "title": "Lịch họp",
            "_phien_ban": hidden(change, "_phien_ban"),
        }
        await http.post(f"{NEW}initiative", data=again)
        draft = (await http.get(page)).text
        paper = Paper(sqlite_database)
        case = f"case:{page.removeprefix('/vu-viec/')}"
        assert paper.act(AUTHOR, "file_case", case) == "applied"
        filed = (await http.get(page)).text
        await sign_in(http, SECRETARIAT)
        listed = (await http.get("/vu-viec")).text
        desk = (await http.get(page)).text

    assert (wrote.status_code, twice.headers["location"]) == (303, page)
    assert 'value="60"' in change
    assert "/file-case?ve=" in draft
    assert "Sửa nội dung" in draft
    assert "Sửa nội dung" not in filed
    assert "Lịch họp Sáng kiến đã nhận" in shown(listed)
    assert "Giấy tờ" not in shown(draft)
    assert "Báo cáo sáng kiến (PDF)" in shown(filed)
    assert "/accept-case" in desk


async def test_what_is_missing_is_said_and_what_was_typed_stays(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    async with signed_in(sqlite_database, engine, HEAD) as http:
        form = (await http.get(f"{NEW}ad_hoc")).text
        typed = {"_ma": hidden(form, "_ma"), "campaign": "2022", "title": "Cứu hộ"}
        half = await http.post(f"{NEW}ad_hoc", data=typed)
        typed["matter"] = "Cứu người trong lũ."
        less = await http.post(f"{NEW}ad_hoc", data=typed)

    assert "Giấy khen của Chánh Văn phòng" in form
    assert (half.status_code, less.status_code) == (422, 409)
    assert "Chưa ghi được: 1 chỗ cần sửa." in shown(half.text)
    assert "Khen thưởng đột xuất phải nêu" in shown(less.text)
    assert 'value="Cứu hộ"' in less.text


async def test_recognised_initiatives_have_a_page(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    async with signed_in(sqlite_database, engine, HEAD) as http:
        page = await http.get("/sang-kien")

    assert "Chưa có sáng kiến nào được công nhận." in shown(page.text)
