"""The page of a meeting: who sits, what is before it, and what waits for whom."""

from tests.api.web.council.conftest import Meeting
from tests.api.web.test_pages import shown
from tests.council.day import OWN_OPEN
from tests.council.votes import COUNCIL
from tests.office import DIRECTOR, SECRETARIAT

NOMINEE = OWN_OPEN[0]


async def test_the_meetings_are_listed_and_lead_to_their_pages(
    meeting: Meeting,
) -> None:
    async with meeting.visited(DIRECTOR) as [chair]:
        page = (await chair.get("/hoi-dong")).text
        of_phase = (await chair.get(f"/hoi-dong?giai_doan={meeting.phase}")).text
        of_other = (await chair.get("/hoi-dong?giai_doan=2021-1")).text

    assert f'href="{meeting.page}"' in page
    assert of_phase == page
    assert "Chưa có phiên họp nào" in of_other


async def test_a_member_reads_the_agenda_and_what_they_step_out_of(
    meeting: Meeting,
) -> None:
    async with meeting.visited(NOMINEE, "ttdn-03") as [member, staff]:
        page = (await member.get(meeting.page)).text
        other = (await staff.get(meeting.page)).text

    said = shown(page)
    assert "0/9 thành viên đã xác nhận dự họp; cần ít nhất" in said
    assert "Bỏ phiếu kín; thông qua khi" in said
    assert "Thành tích của ctqh-01 cho GIAY_KHEN." in said
    assert said.count("Bạn không biểu quyết đề nghị này.") == 2
    assert page.count("/recuse?ve=") == 3
    assert f'href="/lam/council-sessions/{meeting.session}/confirm-attendance"' in page
    assert "Bạn không biểu quyết" not in shown(other)
    assert "/lam/council-sessions" not in other


async def test_who_comes_is_said_until_the_vote_opens_and_then_who_is_there(
    meeting: Meeting,
) -> None:
    meeting.in_council("ld-02", "confirm_attendance", comes=True)
    meeting.in_council("ld-03", "confirm_attendance", comes=False)
    async with meeting.visited(SECRETARIAT) as [secretary]:
        before = shown((await secretary.get(meeting.page)).text)
        meeting.opened(present=[p for p in COUNCIL if p != "ld-03"])
        after = shown((await secretary.get(meeting.page)).text)

    assert "1/9 thành viên đã xác nhận dự họp" in before
    assert (before.count("sẽ dự"), before.count("xin vắng")) == (1, 1)
    assert "8/9 thành viên có mặt khi mở biểu quyết" in after
    assert "0/9 thành viên đã bỏ phiếu." in after


async def test_a_meeting_that_is_not_there_is_told_on_a_page(meeting: Meeting) -> None:
    async with meeting.visited(DIRECTOR) as [chair]:
        answer = await chair.get("/hoi-dong/2022-1-hd9")

    assert answer.status_code == 404
    assert "Không có phiên họp nào" in shown(answer.text)


async def test_the_form_of_hands_offers_what_hands_decide(meeting: Meeting) -> None:
    meeting.opened()
    async with meeting.visited(SECRETARIAT) as [secretary]:
        path = f"/lam/council-sessions/{meeting.session}/record-show-of-hands"
        form = (await secretary.get(path)).text

    offered = {key for key, _, _ in meeting.lines() if f'value="{key}"' in form}
    assert offered == {key for key, _, what in meeting.lines() if what == "GIAY_KHEN"}
    assert "phiên họp 1" in shown(form)
