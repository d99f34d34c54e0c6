"""The list that a department writes: kept line by line, judged, and sent as shown."""

import re
from typing import Any

import pytest

from api.campaigns.drafts import DraftedLine, DraftedList
from api.web.department.merging import (
    GONE,
    ChangedMeanwhile,
    mark_of,
    with_line,
    without_line,
)
from engine.client import Engine
from store.database import Database
from store.tables import Draft
from tests.activities.paper import Paper
from tests.api.calls import idle_office
from tests.api.web.test_pages import hidden, registering, shown, sign_in
from tests.council.day import a_review
from tests.counted import counted
from tests.journeys.cast import HEADS, aim, at
from tests.office import DIRECTOR, open_office

HEAD, CHARGED = HEADS["CTQH"], "ctqh-03"
PAGE = "/phong/2022-1/CTQH/de-nghi"
LINE = {
    "goc": "",
    "subject": "ctqh-02",
    "title": "GIAY_KHEN",
    "achievement": "Hoàn thành tốt nhiệm vụ.",
}


def reviewed(database: Database) -> None:
    """Bring a department to where it may send its list."""
    registering(database)
    paper = Paper(database)
    desk = paper.desk("CTQH")
    aims = {"aims": [aim("ctqh-02", "GIAY_KHEN"), aim("ctqh-04", "GIAY_KHEN")]}
    assert paper.act(HEAD, "register", desk, aims) == "applied"
    paper.pass_to(at("2022-06-20"))
    review = a_review("CTQH", HEAD)
    assert paper.act(HEAD, "record_peer_review", desk, review) == "applied"


def drafted(database: Database) -> list[dict[str, Any]]:
    """List what the department has written."""
    with database.read() as session:
        row = session.get(Draft, ("2022-1", "CTQH"))
    return row.content["lines"] if row else []


def line(subject: str, said: str = "") -> DraftedLine:
    """One line of a draft."""
    return DraftedLine(
        kind="individual", subject=subject, title="GIAY_KHEN", achievement=said
    )


async def test_a_line_is_kept_judged_changed_and_taken_out(
    sqlite_database: Database, engine: Engine
) -> None:
    reviewed(sqlite_database)
    async with idle_office(sqlite_database, engine) as office:
        http = office.http
        await sign_in(http, HEAD)
        checked = await http.post(f"{PAGE}/dong", data={**LINE, "_lam": "kiem-tra"})
        unkept = drafted(sqlite_database)
        kept = await http.post(f"{PAGE}/dong", data=LINE)
        sheet = (await http.get(PAGE)).text
        form = (await http.get(f"{PAGE}/dong?dong=ctqh-02/GIAY_KHEN")).text
        typed = {**LINE, "goc": hidden(form, "goc"), "achievement": "Khác."}
        await http.post(f"{PAGE}/dong", data=typed)
        changed = drafted(sqlite_database)
        form = (await http.get(f"{PAGE}/dong?dong=ctqh-02/GIAY_KHEN")).text
        typed |= {"goc": hidden(form, "goc"), "_lam": "xoa"}
        await http.post(f"{PAGE}/dong", data=typed)

    assert "Điều kiện" in shown(checked.text)
    assert unkept == []
    assert (kept.status_code, kept.headers["location"]) == (303, PAGE)
    assert "Bản nháp có 1 đề nghị" in shown(sheet)
    assert "Đủ điều kiện Lưu ý:" in shown(sheet)
    assert "chưa đối chiếu được văn bản" in shown(sheet)
    assert [each["achievement"] for each in changed] == ["Khác."]
    assert drafted(sqlite_database) == []


async def test_what_is_missing_is_said_and_what_was_typed_stays(
    sqlite_database: Database, engine: Engine
) -> None:
    reviewed(sqlite_database)
    async with idle_office(sqlite_database, engine) as office:
        await sign_in(office.http, HEAD)
        typed = {"achievement": "Đã gõ.", "goc": ""}
        answer = await office.http.post(f"{PAGE}/dong", data=typed)
        live = await office.http.post(
            f"{PAGE}/dong", data=typed, headers={"HX-Request": "true"}
        )

    assert answer.status_code == 422
    assert "Chưa lưu được: 2 chỗ cần sửa." in shown(answer.text)
    assert "Đã gõ." in answer.text
    assert (live.status_code, "<form" in live.text) == (200, False)


async def test_what_another_did_to_the_same_line_is_told_and_written_over_by_a_tick(
    sqlite_database: Database, engine: Engine
) -> None:
    reviewed(sqlite_database)
    async with idle_office(sqlite_database, engine) as office:
        http = office.http
        await sign_in(http, HEAD)
        await http.post(f"{PAGE}/dong", data={**LINE, "achievement": "Của trưởng."})
        stale = await http.post(f"{PAGE}/dong", data=LINE)
        over = hidden(stale.text, "_de")
        await http.post(f"{PAGE}/dong", data={**LINE, "_de": over})

    assert stale.status_code == 409
    assert "Của trưởng." in stale.text
    assert "Hoàn thành tốt nhiệm vụ." in stale.text
    assert [x["achievement"] for x in drafted(sqlite_database)] == [LINE["achievement"]]


async def test_who_types_with_scripts_is_kept_with_each_pause(
    sqlite_database: Database, engine: Engine
) -> None:
    reviewed(sqlite_database)
    async with idle_office(sqlite_database, engine) as office:
        http, live = office.http, {"HX-Request": "true"}
        await sign_in(http, HEAD)
        first = await http.post(f"{PAGE}/dong", data=LINE, headers=live)
        more = {**LINE, "achievement": "Dài hơn.", "goc": hidden(first.text, "goc")}
        then = await http.post(f"{PAGE}/dong", data=more, headers=live)

    assert "Đã lưu bản nháp lúc 09:00:00 ngày 20/6/2022." in " ".join(then.text.split())
    assert [x["achievement"] for x in drafted(sqlite_database)] == ["Dài hơn."]


async def test_a_list_begun_from_registrations_is_sent_whole_and_once(
    sqlite_database: Database, engine: Engine
) -> None:
    reviewed(sqlite_database)
    async with open_office(sqlite_database, engine) as office:
        http = office.http
        await sign_in(http, HEAD)
        await http.post(f"{PAGE}/tu-dang-ky", data={"a": "b"})
        sheet = (await http.get(PAGE)).text
        send = {name: hidden(sheet, name) for name in ("_khoa", "_phien_ban")}
        early = await http.post("/phong/2022-1/CTQH/gui", data=send)
        for subject in ("ctqh-02", "ctqh-04"):
            form = (await http.get(f"{PAGE}/dong?dong={subject}/GIAY_KHEN")).text
            typed = {**LINE, "subject": subject, "goc": hidden(form, "goc")}
            await http.post(f"{PAGE}/dong", data=typed)
        stale = await http.post("/phong/2022-1/CTQH/gui", data=send)
        send["_phien_ban"] = hidden(stale.text, "_phien_ban")
        done = await http.post("/phong/2022-1/CTQH/gui", data=send)
        again = await http.post("/phong/2022-1/CTQH/gui", data=send)
        receipt = (await http.get(done.headers["location"])).text

    assert "còn thiếu tóm tắt thành tích" in shown(early.text)
    assert "Bản nháp vừa được sửa ở nơi khác" in shown(stale.text)
    assert done.status_code == 303
    assert done.headers["location"] == again.headers["location"]
    assert "Nhận lúc 09:00:00 ngày 20/6/2022" in shown(receipt)
    assert 'href="/phong/2022-1/CTQH"' in receipt


async def test_others_neither_read_nor_write_the_draft(
    sqlite_database: Database, engine: Engine
) -> None:
    reviewed(sqlite_database)
    async with idle_office(sqlite_database, engine) as office:
        await sign_in(office.http, DIRECTOR)
        read = await office.http.get(PAGE)
        wrote = await office.http.post(f"{PAGE}/dong", data=LINE)

    assert (read.status_code, wrote.status_code) == (403, 403)
    assert drafted(sqlite_database) == []


@pytest.mark.parametrize("other", [None, "ctqh-05"])
def test_what_others_do_to_other_lines_stops_nobody(other: str | None) -> None:
    mine = line("ctqh-02")
    there = [mine, *([line(other)] if other else [])]

    found = with_line(
        DraftedList(lines=tuple(there)), mark_of(mine), line("ctqh-02", "Mới.")
    )

    assert found.lines == (line("ctqh-02", "Mới."), *there[1:])


def test_a_line_that_is_gone_is_added_again_only_by_who_was_told() -> None:
    mine, mark = line("ctqh-02", "Mới."), mark_of(line("ctqh-02"))

    with pytest.raises(ChangedMeanwhile):
        with_line(DraftedList(), mark, mine)
    assert with_line(DraftedList(), mark, mine, GONE).lines == (mine,)
    assert without_line(DraftedList(), mark).lines == ()


def test_nobody_takes_a_line_out_that_another_has_changed() -> None:
    content = DraftedList(lines=(line("ctqh-02", "Mới."),))

    with pytest.raises(ChangedMeanwhile):
        without_line(content, mark_of(line("ctqh-02")))


async def test_a_sheet_takes_as_many_statements_for_many_lines_as_for_a_few(
    sqlite_database: Database, engine: Engine
) -> None:
    reviewed(sqlite_database)
    taken = []
    async with idle_office(sqlite_database, engine) as office:
        await sign_in(office.http, HEAD)
        for many in (2, 9):
            lines = tuple(line(f"ctqh-0{n}", "Tốt.") for n in range(1, many + 1))
            content = DraftedList(lines=lines).model_dump(mode="json")
            with sqlite_database.write() as session:
                place = {"phase": "2022-1", "department": "CTQH"}
                session.merge(Draft(**place, content=content))
            await office.http.get(PAGE)
            with counted(sqlite_database) as sent:
                answer = await office.http.get(PAGE)
            taken.append(len(sent))

    assert len(re.findall(r"<tr>", answer.text)) == 10
    assert taken[0] == taken[1]
