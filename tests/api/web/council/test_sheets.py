"""The ballot sheet on a page: whole, once, and what was marked stays."""

import re
from collections.abc import Mapping

import httpx2
from sqlmodel import select

from domain.council.ballots import CODE
from store.tables import BallotCast, SealedSheet
from tests.api.web.council.conftest import Meeting
from tests.api.web.test_pages import hidden, shown
from tests.council.day import OWN_SECRET
from tests.council.votes import COUNCIL
from tests.office import DIRECTOR

NOMINEE = OWN_SECRET[0]


def filled(page: str, choice: str = "yes", **more: str) -> dict[str, str]:
    """Mark every line of a sheet alike, as a browser without scripts sends it."""
    codes = dict(re.findall(r'name="(ma\.[0-9a-f-]+)" value="([^"]+)"', page))
    marked = {f"chon.{each.removeprefix('ma.')}": choice for each in codes}
    fixed = {name: hidden(page, name) for name in ("vong", "_ma")}
    return {**fixed, **codes, **marked, **more}


def codes_in(typed: Mapping[str, str]) -> list[str]:
    """List the codes of a sheet."""
    return [code for name, code in typed.items() if name.startswith("ma.")]


def stored(meeting: Meeting) -> tuple[int, int]:
    """Count who has cast, and the sheets in the box."""
    with meeting.database.read() as session:
        cast = session.exec(select(BallotCast)).all()
        return len(cast), len(session.exec(select(SealedSheet)).all())


async def send(
    http: httpx2.AsyncClient, meeting: Meeting, typed: Mapping[str, str]
) -> httpx2.Response:
    """Send a sheet."""
    return await http.post(f"{meeting.page}/phieu", data=dict(typed))


async def test_a_sheet_has_the_own_lines_under_their_titles_with_rule_and_quota(
    meeting: Meeting,
) -> None:
    meeting.opened()
    async with meeting.visited(NOMINEE, DIRECTOR, "ttdn-03") as everybody:
        own, other, staff = [
            (await http.get(f"{meeting.page}/phieu")).text for http in everybody
        ]

    assert (own.count('class="ballot-line"'), other.count('class="ballot-line"')) == (
        2,
        3,
    )
    assert "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh (1 đề nghị)" in shown(own)
    assert "Giới hạn: theo quy định của tỉnh" in shown(own)
    assert "không có phiếu kín nào chờ bạn" in shown(staff)
    assert all(re.fullmatch(CODE, code) for code in codes_in(filled(other)))


async def test_a_sheet_sent_twice_is_one_ballot_and_shows_the_codes_of_the_server(
    meeting: Meeting,
) -> None:
    meeting.opened()
    async with meeting.visited(DIRECTOR) as [chair]:
        typed = filled((await chair.get(f"{meeting.page}/phieu")).text)
        answers = [await send(chair, meeting, typed) for _ in range(2)]
        later = (await chair.get(f"{meeting.page}/phieu")).text

    said = [shown(each.text) for each in answers]
    assert [each.status_code for each in answers] == [200, 200]
    assert "đã được nhận lúc" in said[0]
    assert "đã được nhận từ lúc" in said[1]
    assert all(code in each for each in said for code in codes_in(typed))
    assert "Phiếu của bạn đã được nhận lúc" in shown(later)
    assert not any(code in later for code in codes_in(typed))
    assert stored(meeting) == (1, 1)


async def test_codes_that_a_browser_has_made_are_not_sent_back(
    meeting: Meeting,
) -> None:
    meeting.opened()
    async with meeting.visited(DIRECTOR) as [chair]:
        page = (await chair.get(f"{meeting.page}/phieu")).text
        typed = filled(page, _ma="trinh-duyet")
        answer = await send(chair, meeting, typed)

    assert "đã được nhận lúc" in shown(answer.text)
    assert not any(code in answer.text for code in codes_in(typed))


async def test_a_line_without_a_mark_is_named_and_the_others_stay_marked(
    meeting: Meeting,
) -> None:
    meeting.opened()
    async with meeting.visited(DIRECTOR) as [chair]:
        typed = filled((await chair.get(f"{meeting.page}/phieu")).text, "nay")
        left_out = next(each for each in typed if each.startswith("chon."))
        half = {name: said for name, said in typed.items() if name != left_out}
        answer = await send(chair, meeting, half)

    assert answer.status_code == 422
    assert "còn 1 đề nghị chưa chọn" in shown(answer.text)
    assert f'href="#{left_out.removeprefix("chon.")}"' in answer.text
    assert answer.text.count('value="nay" checked') == 2
    assert all(code in answer.text for code in codes_in(typed))
    assert stored(meeting) == (0, 0)


async def test_a_sheet_for_a_vote_that_is_over_or_for_nobody_is_refused_on_the_page(
    meeting: Meeting,
) -> None:
    meeting.opened()
    meeting.hands()
    async with meeting.visited(DIRECTOR, "ttdn-03") as [chair, staff]:
        typed = filled((await chair.get(f"{meeting.page}/phieu")).text)
        code = next(each for each in typed if each.startswith("ma."))
        unread = await send(chair, meeting, {**typed, code: "x"})
        stranger = await send(staff, meeting, typed)
        meeting.counted(COUNCIL)
        late = await send(chair, meeting, typed)

    assert "Không đọc được phiếu" in shown(unread.text)
    assert (unread.status_code, late.status_code) == (409, 409)
    assert "Bạn không có trong danh sách Hội đồng" in shown(stranger.text)
    assert "Vòng bỏ phiếu này đã kết thúc" in shown(late.text)
    assert stored(meeting) == (0, 0)
