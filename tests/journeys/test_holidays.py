"""A day is declared off after the launch, and taken back: seen first, then followed."""

from typing import Any

from domain.calendar import due_day
from store.tables import Deadline
from tests.journeys.cast import Cast
from tests.office import SECRETARIAT

DAY = "/calendar-overrides/2022-06-30"


async def would(cast: Cast, **day: Any) -> list[tuple[str, str, str]]:
    """Ask what would move."""
    found = await cast.get(f"{DAY}/what-if", **day)
    return [(x["name"], x["due_at"][:10], x["would_be"][:10]) for x in found]


def ends(cast: Cast) -> dict[str, str]:
    """Read on which days registration and lists of the first phase end."""
    with cast.office.database.read() as session:
        return {
            name: due_day(
                session.get_one(Deadline, (f"phase:{cast.phase1}", name)).due_at
            ).isoformat()
            for name in ("submission", "appraisal")
        }


async def test_a_holiday_is_shown_then_followed_and_taken_back(june: Cast) -> None:
    desk = june.office.person(SECRETARIAT)
    paper = {"reason": "Nghỉ bão theo công điện.", "source": "Công điện số 5"}

    asked = await would(june, working=False)
    before = ends(june)
    put = await desk.put(DAY, {"working": False, **paper})
    await june.office.conductor.settle()
    moved, asked_back = ends(june), await would(june)
    why = {"reason": "Công điện bị hủy."}
    mine = {"X-Thidua-Person": SECRETARIAT, "If-Match": '"1"'}
    silent = await june.office.http.delete(f"/api/v1{DAY}", headers=mine)
    gone = await june.office.http.delete(f"/api/v1{DAY}", params=why, headers=mine)
    await june.office.conductor.settle()
    again = await june.office.http.delete(f"/api/v1{DAY}", params=why, headers=mine)

    lists = "gửi đề nghị khen thưởng"
    assert asked == [(lists, "2022-06-30", "2022-07-01")]
    assert asked_back == [(lists, "2022-07-01", "2022-06-30")]
    assert (before["submission"], moved["submission"]) == ("2022-06-30", "2022-07-01")
    assert ends(june) == before
    assert [x.status_code for x in (put, silent, gone, again)] == [201, 422, 204, 404]
    notices = await june.pages(f"/campaigns/{june.code}/notices")
    said = {n["body"] for n in notices if n["kind"] == "deadlines_rolled"}
    assert said == {
        "Lịch làm việc thay đổi: 30/6/2022 nghỉ. Hạn của «Kế hoạch phát động phong "
        "trào thi đua năm 2022» dời theo: gửi đề nghị khen thưởng: hết ngày 30/6/2022 "
        "→ hết ngày 01/7/2022. Lý do: Nghỉ bão theo công điện.",
        "Lịch làm việc thay đổi: 30/6/2022 theo lịch chung. Hạn của «Kế hoạch phát "
        "động phong trào thi đua năm 2022» dời theo: gửi đề nghị khen thưởng: hết ngày "
        "01/7/2022 → hết ngày 30/6/2022. Lý do: Công điện bị hủy.",
    }
