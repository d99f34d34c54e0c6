"""What if a window ended on another day: the answer is what the act then does."""

from typing import Any

from sqlmodel import col, select

from store.tables import LadderStep
from tests.journeys.cast import Cast, at, praise
from tests.office import SECRETARIAT

PHASE = "/phases/2022-1"


async def asked(cast: Cast, until: str, deadline: str = "submission") -> dict[str, Any]:
    """Ask what would change."""
    query = {"deadline": deadline, "until": until}
    found: dict[str, Any] = await cast.get(f"{PHASE}/what-if", **query)
    return found


def coming(cast: Cast) -> list[tuple[str, str]]:
    """Read the steps of the submission that have still to go out."""
    with cast.office.database.read() as session:
        rows = session.exec(
            select(LadderStep)
            .where(
                LadderStep.owner == "phase:2022-1",
                LadderStep.name == "submission",
                col(LadderStep.ended_at).is_(None),
            )
            .order_by(col(LadderStep.at))
        )
        return [(row.code, f"{row.at:%m-%d %H:%M}") for row in rows]


def steps(found: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Write steps as the rows are read."""
    return [(each["code"], f"{each['at'][5:10]} {each['at'][11:16]}") for each in found]


async def test_the_answer_is_the_difference_that_the_act_then_makes(june: Cast) -> None:
    before = coming(june)
    answer = await asked(june, "2022-07-05")
    unchanged = coming(june)

    body = {"deadline": "submission", "until": "2022-07-05", "reason": "Bão số 2."}
    await june.act(SECRETARIAT, f"{PHASE}/extend-deadline", body)

    assert unchanged == before
    kept = set(before) - set(steps(answer["dropped"]))
    assert sorted(coming(june)) == sorted(kept | set(steps(answer["added"])))
    assert (answer["due_at"], answer["would_be"]) == (
        "2022-06-30T17:00:00Z",
        "2022-07-05T17:00:00Z",
    )
    # The period's own end is reminded of wherever the deadline goes; here it meets
    # another step, which gives it its code.
    assert ("due_day", "06-30 01:00") in steps(answer["dropped"])
    assert ("before_3", "06-30 01:00") in steps(answer["added"])
    assert ("due_day", "07-05 01:00") in steps(answer["added"])
    assert answer["warnings"] == []


async def test_it_says_who_would_have_the_time_and_what_gets_in_the_way(
    june: Cast,
) -> None:
    await june.submit(june.phase1, "CTQH", praise("ctqh-02"))

    answer = await asked(june, "2022-07-16")
    body = {"deadline": "submission", "until": "2022-07-16", "reason": "Bão số 2."}
    refused = await june.refused(SECRETARIAT, f"{PHASE}/extend-deadline", body)

    assert (answer["overtakes"], refused) == (["appraisal"], (409, "overtakes"))
    assert answer["owing"] == ["CTHDND", "HCTCQT", "TTDN"]
    assert answer["warnings"] == [
        "Ngày 16/7/2022 không phải ngày làm việc.",
        "Hạn «thẩm định và công khai» (hết ngày 14/7/2022) đến trước hạn mới.",
    ]


async def test_a_day_that_is_not_later_or_a_window_that_is_closed_is_refused(
    june: Cast,
) -> None:
    same = await june.refused_to_read(
        f"{PHASE}/what-if?deadline=submission&until=2022-06-30"
    )
    closed = await june.refused_to_read(
        f"{PHASE}/what-if?deadline=registration&until=2022-07-30"
    )
    wrong = await june.refused_to_read(
        f"{PHASE}/what-if?deadline=submission&until=30/6"
    )
    nowhere = await june.refused_to_read(
        "/phases/2022-9/what-if?deadline=submission&until=2022-07-30"
    )

    assert [same, closed, wrong, nowhere] == [
        (409, "not_later"),
        (409, "no_window"),
        (422, "invalid"),
        (404, "unknown_phase"),
    ]


async def test_a_moved_notice_keeps_its_phase_waiting_until_the_new_day(
    june: Cast,
) -> None:
    for department in ("CTQH", "CTHDND", "HCTCQT"):
        await june.submit(june.phase1, department, praise(f"{department.lower()}-02"))
        await june.appraise(june.phase1, department)
    await june.until(at("2022-07-01"))
    await june.act(SECRETARIAT, f"{PHASE}/publish", {"without": ["TTDN"]})
    body = {
        "owner": "phase:2022-1",
        "deadline": "public_notice",
        "until": "2022-07-12",
        "reason": "Niêm yết lại vì bão.",
    }
    query = {name: body[name] for name in ("owner", "deadline", "until")}
    seen = await june.get("/campaigns/2022/deadlines/what-if", **query)
    before = await entry(june)

    done = await june.act(SECRETARIAT, "/campaigns/2022/move-deadline", body)

    stages = {}
    for day in ("2022-07-11", "2022-07-13"):
        await june.until(at(day))
        phases = await june.get("/campaigns/2022/phases")
        stages[day] = phases[0]["state"]
    assert (seen["due_at"], seen["would_be"]) == (
        "2022-07-08T17:00:00Z",
        "2022-07-12T17:00:00Z",
    )
    assert done == {"due_at": "2022-07-12T17:00:00+00:00"}
    assert stages == {"2022-07-11": "public_notice", "2022-07-13": "council_review"}
    assert before == {
        "moved_by": "move_deadline",
        "movable_by": ["director", "secretariat"],
        "movable": (
            "dời bằng việc «Dời hạn» (Chánh Văn phòng; phòng thường trực thi đua)"
        ),
    }


async def entry(cast: Cast) -> dict[str, Any]:
    """Read what the calendar says of how the public notice is moved."""
    entries = await cast.pages("/campaigns/2022/calendar")
    [found] = [each for each in entries if each["deadline"] == "public_notice"]
    return {name: found[name] for name in ("moved_by", "movable_by", "movable")}
