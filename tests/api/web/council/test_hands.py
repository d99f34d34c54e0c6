"""Hands are counted on one page, line by line, by as many as vote on each."""

import re

import pytest

from api.web.council import hands
from tests.api.web.council.conftest import Meeting
from tests.api.web.test_pages import shown
from tests.office import SECRETARIAT


async def test_every_line_of_hands_is_asked_for_with_how_many_vote_on_it(
    meeting: Meeting,
) -> None:
    meeting.opened()
    async with meeting.visited(SECRETARIAT) as [secretary]:
        tasks = (await secretary.get("/")).text
        page = (await secretary.get(f"{meeting.page}/gio-tay")).text
        filled = (await secretary.get(f"{meeting.page}/gio-tay?nhat_tri=1")).text
        typed = dict(re.findall(r'name="([^"]+)"[^>]*? value="([^"]*)"', filled))
        action = re.search(r'<form method="post" action="(/lam[^"]+)"', filled)
        assert action is not None
        sent = await secretary.post(action[1], data=typed)
        meeting.hands()
        after = (await secretary.get(f"{meeting.page}/gio-tay")).text

    hands = [key for key, _, title in meeting.lines() if title == "GIAY_KHEN"]
    assert f'href="{meeting.page}/gio-tay"' in tasks
    assert sorted(re.findall(r'\.line" value="([^"]+)"', page)) == sorted(hands)
    assert re.findall(r'\.yes"[^>]* value="([^"]*)"', page) == [""] * len(hands)
    assert sorted(re.findall(r'\.yes"[^>]* value="([^"]*)"', filled)) == ["8", "9"]
    assert "người biểu quyết · không biểu quyết:" in shown(page)
    assert sent.status_code == 303
    assert "Không còn đề nghị nào chờ đếm giơ tay" in shown(after)


async def test_of_more_hands_than_a_page_takes_the_others_follow(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hands, "_MOST", 1)
    meeting.opened()
    asked = []
    async with meeting.visited(SECRETARIAT) as [secretary]:
        while True:
            page = (await secretary.get(f"{meeting.page}/gio-tay?nhat_tri=1")).text
            lines = re.findall(r'\.line" value="([^"]+)"', page)
            if not lines:
                break
            asked.append(lines)
            typed = dict(re.findall(r'name="([^"]+)"[^>]*? value="([^"]*)"', page))
            counted = [{"line": lines[0], "yes": int(typed["lines.0.yes"]), "no": 0}]
            meeting.in_council(SECRETARIAT, "record_show_of_hands", lines=counted)

    by_hands = [key for key, _, title in meeting.lines() if title == "GIAY_KHEN"]
    assert len(by_hands) > 1
    assert sorted(asked) == sorted([key] for key in by_hands)
    assert "Không còn đề nghị nào chờ đếm giơ tay" in shown(page)


async def test_a_line_that_was_withdrawn_meanwhile_is_asked_for_no_more(
    meeting: Meeting,
) -> None:
    meeting.opened()
    by_hands = [(k, who) for k, who, title in meeting.lines() if title == "GIAY_KHEN"]
    gone, _ = next(each for each in by_hands if each[1].startswith("ctqh"))
    withdrawn = {"line": gone, "reason": "Xin rút."}
    desk = meeting.desk("CTQH")
    assert meeting.act("ctqh-01", "withdraw_line", desk, withdrawn) == "applied"
    async with meeting.visited(SECRETARIAT) as [secretary]:
        page = (await secretary.get(f"{meeting.page}/gio-tay")).text

    asked = re.findall(r'\.line" value="([^"]+)"', page)
    assert sorted(asked) == sorted(key for key, _ in by_hands if key != gone)
