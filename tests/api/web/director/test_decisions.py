"""Decisions on pages: en bloc or per line, what came back, powers, and the book."""

import re
from typing import Any

from api.web.forms import Form
from api.web.posted import fields_of
from domain import ids
from intake.acts.bodies import BODIES
from tests.api.web.council.conftest import Meeting
from tests.api.web.test_pages import shown
from tests.journeys.cast import at
from tests.office import CLERK, DIRECTOR, SECRETARIAT, a_power

KEY = "2022-1-qd1"
PAGE = f"/quyet-dinh/{KEY}"
AGAIN = at("2022-08-10", "14:00")


def decided(meeting: Meeting, who: str, kind: str, **body: Any) -> None:
    """Let somebody act on the first decision."""
    said = meeting.act(who, kind, str(ids.decision(KEY)), body)
    assert said == "applied", said


def sent_by(page: str, kind: str) -> dict[str, Any]:
    """Read what the last form of an act would say as it stands on a page."""
    *_, form = re.findall(
        rf'<form[^>]*action="[^"]*/{kind}".*?</form>', page, re.DOTALL
    )
    hidden = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form)
    first = re.findall(r'<select[^>]*name="([^"]+)"[^>]*><option value="([^"]+)"', form)
    typed = re.findall(r'<textarea[^>]*name="([^"]+)"', form)
    fields = [*hidden, *first, *((name, f"Nội dung {name}") for name in typed)]
    act = kind.replace("-", "_")
    return Form(BODIES[act].model_json_schema()).read(fields_of(fields))


async def test_a_list_is_approved_en_bloc_and_lines_are_told_apart(
    meeting: Meeting,
) -> None:
    meeting.concluded()
    one = meeting.lines()[0][0]
    async with meeting.visited(DIRECTOR, SECRETARIAT) as [director, secretary]:
        whole = (await director.get(PAGE)).text
        apart = (await director.get(f"{PAGE}?chon={one}")).text
        other = (await secretary.get(PAGE)).text
        listed = (await director.get("/quyet-dinh")).text

    assert "Đồng ý tất cả (5 đề nghị)" in shown(whole)
    assert sent_by(whole, "decide") == {"rulings": [], "others": "approve"}
    assert "đồng ý với 4 đề nghị còn lại" in shown(apart)
    said = sent_by(apart, "decide")
    assert said == {
        "rulings": [
            {
                "line": one,
                "outcome": "decline",
                "reason": "Nội dung rulings.0.reason",
                "questions": ["Nội dung rulings.0.questions"],
            }
        ],
        "others": "approve",
    }
    BODIES["decide"].model_validate(said)
    assert "/decide" not in other
    assert f'href="{PAGE}"' in listed


async def test_what_came_back_says_why_it_had_gone_to_who_may_know(
    meeting: Meeting,
) -> None:
    meeting.concluded()
    rulings = [
        {"line": key, "outcome": "return", "reason": "Xem lại sáng kiến."}
        for key, *_ in meeting.lines()
    ]
    decided(meeting, DIRECTOR, "decide", rulings=rulings, others=None)
    meeting.convene(AGAIN)
    meeting.pass_to(AGAIN)
    meeting.concluded()
    again = "/quyet-dinh/2022-1-qd2"
    async with meeting.visited(DIRECTOR, "ttdn-03") as browsers:
        director, staff = [shown((await http.get(again)).text) for http in browsers]

    assert director.count("( 2022-1-qd1 ): Xem lại sáng kiến.") == 5
    assert director.count("Hội đồng phiên 1 : Hội đồng thông qua, 9/9 đồng ý") == 3
    assert director.count("Hội đồng phiên 2 : Hội đồng thông qua") == 5
    assert "Xem lại sáng kiến" not in staff


async def test_the_book_of_numbers_shows_its_holes_and_what_comes_next(
    meeting: Meeting,
) -> None:
    meeting.concluded()
    decided(meeting, DIRECTOR, "decide", rulings=[], others="approve")
    async with meeting.visited(CLERK) as [clerk]:
        before = (await clerk.get(PAGE)).text
        why = {"reason": "Số trước do văn bản khác."}
        decided(meeting, CLERK, "number", number=7, year=2022, series="QĐ-VP", **why)
        numbered = (await clerk.get(PAGE)).text
        book = shown((await clerk.get("/so-quyet-dinh?nam=2022")).text)
        none = shown((await clerk.get("/so-quyet-dinh?nam=2021")).text)

    assert "&amp;number=1&amp;year=2022&amp;series=" in before
    assert "số 7/QĐ-VP năm 2022" in shown(numbered)
    assert f"/lam/decisions/{KEY}/issue?ve=" in numbered
    assert "1–6 bỏ trống 7 Giai đoạn 1, quyết định 1 chưa ban hành" in book
    assert "Chưa có số nào" in none


async def test_powers_are_shown_with_whose_they_are_and_until_when(
    meeting: Meeting,
) -> None:
    target = str(ids.campaign(meeting.code))
    power = a_power("2022-07-13", "2022-07-20")
    assert meeting.act(DIRECTOR, "delegate", target, power) == "applied"
    async with meeting.visited(DIRECTOR, "ttdn-03") as browsers:
        director, staff = [(await http.get("/quyet-dinh")).text for http in browsers]

    assert "ký thay: Quyết định; từ 13/7/2022 đến hết 20/7/2022" in shown(staff)
    assert "/revoke-delegation?ve=" in director
    assert "/delegate" not in staff
    assert "Chưa có quyết định nào." in shown(staff)
