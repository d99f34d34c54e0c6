"""The desk of the secretariat: lists, what is sent back, and what a vote would be."""

import re
from collections.abc import Iterator

import pytest

from api.web.appraisal import lists
from intake.acts.bodies import BODIES
from tests.api.web.council.conftest import Meeting
from tests.api.web.director.test_decisions import sent_by
from tests.api.web.test_pages import shown
from tests.council.day import EVERY_KIND, POSTED, registered, sent
from tests.databases import Databases
from tests.office import SECRETARIAT

DESK, LIST = "/tham-dinh/2022-1", "/tham-dinh/2022-1/CTQH"


@pytest.fixture
def desk(sqlite_databases: Databases) -> Iterator[Meeting]:
    """The lists as they came: two with lines, one of them received."""
    if not sqlite_databases.prepared("came"):
        made = sqlite_databases.fresh()
        paper = registered(made, EVERY_KIND)
        sent(paper, EVERY_KIND)
        paper.pass_to(POSTED)
        assert paper.act(SECRETARIAT, "receive", paper.desk("CTQH")) == "applied"
        sqlite_databases.keep(made, "came")
    database = sqlite_databases.fresh("came")
    yield Meeting(database)
    sqlite_databases.drop(database)


async def test_the_desk_shows_each_list_and_takes_many_at_once(desk: Meeting) -> None:
    async with desk.visited(SECRETARIAT, "ttdn-03") as [secretary, staff]:
        phases = (await secretary.get("/tham-dinh")).text
        page = (await secretary.get(DESK)).text
        other = (await staff.get(DESK)).text

    assert f'href="{DESK}"' in phases
    waiting = re.findall(r'action="([^"]+)"|name="departments" value="(\w+)"', page)
    assert [one or other for one, other in waiting][-4:] == [
        "/lam/phases/2022-1/receive-lists",
        "CTHDND",
        "/lam/phases/2022-1/appraise-lists",
        "CTQH",
    ]
    assert "Phòng Công tác Quốc hội Chờ duyệt đã tiếp nhận 4" in shown(page)
    assert 'method="post" action="/lam' not in other


async def test_a_list_is_sent_back_with_a_point_a_line_and_a_new_date(
    desk: Meeting,
) -> None:
    keys = [key for key, subject, _ in desk.lines() if subject == "ctqh-02"]
    async with desk.visited(SECRETARIAT) as [secretary]:
        page = (await secretary.get(f"{LIST}?chon={keys[0]}&viec=tra-lai")).text

    said = sent_by(page, "return-for-supplement")
    assert said["items"] == [{"line": keys[0], "missing": "Nội dung items.0.missing"}]
    assert 'type="date" id="until" name="until" required' in page
    whole = {**said, "until": "2022-07-05"}
    BODIES["return_for_supplement"].model_validate(whole)


async def test_lines_are_found_not_to_qualify_and_the_others_go_by_the_rules(
    desk: Meeting,
) -> None:
    key = next(key for key, subject, _ in desk.lines() if subject == "ctqh-02")
    async with desk.visited(SECRETARIAT) as [secretary]:
        page = (await secretary.get(f"{LIST}?chon={key}&viec=khong-du")).text
        plain = (await secretary.get(LIST)).text

    reason = "Nội dung findings.0.reason"
    assert sent_by(page, "appraise")["findings"] == [
        {"line": key, "eligible": False, "reason": reason}
    ]
    assert sent_by(plain, "appraise") == {"findings": []}


async def test_what_was_chosen_stays_chosen_on_the_pages_that_follow(
    desk: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "_ON_A_PAGE", 1)
    chosen = []
    async with desk.visited(SECRETARIAT) as [secretary]:
        query: dict[str, list[str]] = {}
        while True:
            page = (await secretary.get(LIST, params=query)).text
            [box] = re.findall(r'type="checkbox" name="chon" value="([^"]+)"', page)
            kept = re.findall(r'type="hidden" name="chon" value="([^"]+)"', page)
            assert sorted(kept) == sorted(chosen)
            assert "Các đề nghị (4)" in page
            chosen.append(box)
            following = re.findall(r'name="sau" value="([^"]+)"', page)
            if not following:
                break
            query = {"chon": [*kept, box], "sau": following}
        asked = {"chon": [*kept, box], "viec": ["khong-du"]}
        answer = (await secretary.get(LIST, params=asked)).text

    theirs = {key: subject for key, subject, _ in desk.lines() if key in chosen}
    said = sent_by(answer, "appraise")["findings"]
    assert len(theirs) > 1
    assert {each["line"] for each in said} == theirs.keys()
    assert not [who for who in theirs.values() if f"<legend>{who}" in answer]


async def test_who_does_not_prepare_a_vote_sees_no_list_before_it_is_posted(
    desk: Meeting,
) -> None:
    async with desk.visited("ttdn-03") as [staff]:
        page = shown((await staff.get(LIST)).text)
        closed = await staff.get(f"{DESK}/gia-dinh")

    assert "Chưa có đề nghị nào, hoặc danh sách chưa được xem." in page
    assert closed.status_code == 403


async def test_a_vote_is_supposed_and_its_exceptions_stay(desk: Meeting) -> None:
    key = next(key for key, subject, _ in desk.lines() if subject == "ctqh-02")
    async with desk.visited(SECRETARIAT) as [secretary]:
        all_pass = shown((await secretary.get(f"{DESK}/gia-dinh")).text)
        but_one = (await secretary.get(f"{DESK}/gia-dinh?tru={key}")).text
        none = (await secretary.get(f"{DESK}/gia-dinh?con_lai=fail&tru={key}")).text
        strange = await secretary.get(
            f"{DESK}/gia-dinh?tru={'0' * 8}-0000-4000-8000-{'0' * 12}"
        )
        signs = shown((await secretary.get(f"{DESK}/hinh-thuc")).text)

    assert "5 đề nghị đang chờ" in all_pass
    assert shown(but_one).count("Giả định không đạt.") == 1
    assert shown(none).count("Giả định không đạt.") == 4
    assert f'value="{key}" aria-label' in but_one
    assert 'role="alert"' in strange.text
    assert "không tự quyết định điều gì" in signs
