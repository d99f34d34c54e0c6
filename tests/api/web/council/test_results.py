"""What a vote came to: the result, its board, the minutes, and the wall."""

import pytest_asyncio

from tests.api.web.council.conftest import Meeting
from tests.api.web.council.test_sheets import codes_in, filled, send
from tests.api.web.test_pages import shown
from tests.council.votes import COUNCIL
from tests.office import DIRECTOR, SECRETARIAT


@pytest_asyncio.fixture
async def voted(meeting: Meeting) -> Meeting:
    """The same meeting, after a vote to which two members sent their sheets."""
    meeting.opened()
    meeting.hands()
    async with meeting.visited(DIRECTOR, "ld-02") as browsers:
        for http, choice in zip(browsers, ("yes", "nay"), strict=True):
            typed = filled((await http.get(f"{meeting.page}/phieu")).text, choice)
            await send(http, meeting, typed)
    meeting.counted([each for each in COUNCIL if each not in (DIRECTOR, "ld-02")])
    return meeting


async def test_a_board_is_checked_on_its_page(
    voted: Meeting,
) -> None:
    async with voted.visited("ttdn-03") as [staff]:
        page = (await staff.get(f"{voted.page}/bang-phieu/1")).text
        none = await staff.get(f"{voted.page}/bang-phieu/2")

    said = shown(page)
    assert "Bảng phiếu đúng: phiên 2022-1-hd1, vòng 1, 3 đề nghị" in said
    assert none.status_code == 404


async def test_the_result_names_every_line_and_masks_what_few_have_voted_on(
    voted: Meeting,
) -> None:
    async with voted.visited("ttdn-03") as [staff]:
        page = (await staff.get(f"{voted.page}/ket-qua")).text

    said = shown(page)
    assert said.count("ít phiếu nên không công bố số phiếu") == 3
    assert said.count("Hội đồng không thông qua") == 3
    assert said.count("Hội đồng thông qua") == 2
    assert 'data-boards="1"' in page
    assert 'name="ma"' not in page  # no field of that name: it is never sent


async def test_minutes_are_read_by_who_judges_and_signed_from_their_page(
    voted: Meeting,
) -> None:
    async with voted.visited(SECRETARIAT, "ttdn-03") as [secretary, staff]:
        page = (await secretary.get(f"{voted.page}/bien-ban")).text
        closed = await staff.get(f"{voted.page}/bien-ban")
        link = "bien-ban" in (await staff.get(voted.page)).text

    assert "Hội đồng họp, biểu quyết từng trường hợp." in shown(page)
    assert "Thư ký: chưa ký" in shown(page)
    assert f"/lam/council-sessions/{voted.session}/sign-minutes?ve=" in page
    assert (closed.status_code, link) == (403, False)


async def test_the_wall_tells_figures_and_never_a_choice(meeting: Meeting) -> None:
    async with meeting.visited(DIRECTOR) as [chair]:
        before = shown((await chair.get(f"{meeting.page}/man-hinh")).text)
        meeting.opened()
        meeting.hands()
        typed = filled((await chair.get(f"{meeting.page}/phieu")).text)
        await send(chair, meeting, typed)
        while_voting = shown((await chair.get(f"{meeting.page}/man-hinh")).text)

    assert "Xác nhận dự họp 0/9 Cần ít nhất 6 chưa đủ" in before
    assert "Có mặt 9/9 Cần ít nhất 6 đủ Đã bỏ phiếu 1/9" in while_voting
    assert "đồng ý" not in while_voting


async def test_the_wall_tells_the_result_by_title(voted: Meeting) -> None:
    async with voted.visited(DIRECTOR) as [chair]:
        after = shown((await chair.get(f"{voted.page}/man-hinh")).text)

    assert "Hội đồng không thông qua: 2" in after
    assert "Hội đồng thông qua: 2" in after


async def test_a_board_shows_each_code_with_its_choice(meeting: Meeting) -> None:
    meeting.opened()
    meeting.hands()
    async with meeting.visited(*COUNCIL) as browsers:
        for at, http in enumerate(browsers):
            page = (await http.get(f"{meeting.page}/phieu")).text
            typed = filled(page, "nay" if at == 0 else "yes")
            await send(http, meeting, typed)
        meeting.counted([])
        board = shown((await browsers[0].get(f"{meeting.page}/bang-phieu/1")).text)

    assert all(f"{code} đồng ý" in board for code in codes_in(typed))
    assert board.count("1 không đồng ý, 0 trắng") == 3
