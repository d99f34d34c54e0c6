"""What is to come in a campaign: for everybody, a department, and a person."""

from typing import Any

from tests.journeys.cast import Cast, praise
from tests.office import SECRETARIAT, UNION

CALENDAR = "/campaigns/2022/calendar"
STAFF = "ctqh-05"


async def entries(cast: Cast, **query: Any) -> list[dict[str, Any]]:
    """Read the calendar whole."""
    found = await cast.get(CALENDAR, limit=500, **query)
    assert found["next"] is None
    rows: list[dict[str, Any]] = found["items"]
    return rows


def told(rows: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """Say of each entry what it is, about what, and until when."""
    return [(row["name"], row["about"], row["until"]) for row in rows]


SENDING = ("gửi đề nghị khen thưởng", "Giai đoạn 1", "hết ngày 30/6/2022")


async def test_what_the_plan_alone_sets_stands_beside_what_runs_in_order_of_time(
    june: Cast,
) -> None:
    rows = await entries(june)

    title = "Kế hoạch phát động phong trào thi đua năm 2022"
    dues = [row["due_at"] for row in rows]
    assert dues == sorted(dues)
    assert told([row for row in rows if not row["running"]]) == [
        ("quyết định khen thưởng", "Giai đoạn 1", "hết ngày 04/8/2022"),
        ("quyết định khen thưởng", "Giai đoạn 2", "hết ngày 14/02/2023"),
        ("tổng kết", title, "hết ngày 28/02/2023"),
    ]
    assert SENDING in told([row for row in rows if row["running"]])


async def test_page_by_page_it_is_the_same_calendar(june: Cast) -> None:
    whole = await entries(june)

    paged, cursor = [], {}
    while cursor is not None:
        found = await june.get(CALENDAR, limit=1, **cursor)
        paged += found["items"]
        cursor = {"cursor": found["next"]} if found["next"] else None

    assert paged == whole


async def test_a_department_sees_what_it_still_owes(june: Cast) -> None:
    before = await entries(june, department="CTQH")
    await june.submit(june.phase1, "CTQH", praise("ctqh-02"))
    after = await entries(june, department="CTQH")
    others = await entries(june, department="TTDN")

    assert told(before) == told(others)
    assert told(after) == [each for each in told(before) if each != SENDING]
    assert {row["deadline"] for row in before} == {
        "peer_review",
        "phase",
        "registration",
        "submission",
    }


async def test_a_person_sees_the_reminders_that_would_come_to_them(june: Cast) -> None:
    union = await entries(june, person=UNION)
    staff = await entries(june, person=STAFF)

    reminded = {
        (row["deadline"], each["who"], each["day"], each["text"])
        for row in union
        for each in row["reminders"]
        if row["about"] == "Giai đoạn 1" and row["deadline"] == "decision"
    }
    assert reminded == {
        ("decision", "Chủ tịch Công đoàn", "2022-08-09", "quá hạn 3 ngày làm việc")
    }
    assert [each for row in staff for each in row["reminders"]] == []


async def test_a_deadline_that_was_moved_says_from_when(june: Cast) -> None:
    until = {"deadline": "submission", "until": "2022-07-04", "reason": "Mất điện."}
    await june.act(SECRETARIAT, "/phases/2022-1/extend-deadline", until)

    rows = await entries(june, department="CTQH")

    (moved,) = [row for row in rows if told([row])[0][:2] == SENDING[:2]]
    assert (moved["until"], moved["weekday"], moved["why"], moved["ends"]) == (
        "hết ngày 04/7/2022",
        "thứ Hai",
        "dời từ hết ngày 30/6/2022",
        "xong khi có việc «Công khai danh sách»",
    )


async def test_who_or_what_is_unknown_is_said(june: Cast) -> None:
    staff = june.office.person(STAFF)

    answers = [
        await staff.look(CALENDAR, person="nobody-99"),
        await staff.look(CALENDAR, department="NOPE"),
        await staff.look("/campaigns/1999/calendar"),
        await staff.look(CALENDAR, cursor="WyJ4IiwieCIsIngiXQ=="),
    ]

    assert [(each.status_code, each.json()["type"]) for each in answers] == [
        (404, "/problems/unknown_subject"),
        (404, "/problems/unknown_department"),
        (404, "/problems/unknown_campaign"),
        (404, "/problems/bad_cursor"),
    ]
