"""Before the meeting: who steps out, what remains, and whether a line can pass."""

from copy import deepcopy
from typing import Any

import pytest
from sqlmodel import select

from store.tables import Campaign, Notice
from tests.council.day import FLAG, OPEN, OWN_OPEN, OWN_SECRET, SECRET
from tests.council.votes import COUNCIL, TELLERS, Vote, convened
from tests.journeys.cast import Cast, at

# Two working days after the lines are ready.
MEETS = at("2022-07-15", "14:00")
CHAIR, SECRETARY = "ld-01", "hctcqt-03"


async def ahead(vote: Vote) -> dict[tuple[str, str], list[Any]]:
    """Read what each line can come to."""
    found = await vote.cast.get(f"{vote.path}/forecast")
    keys = ("stepping_out", "electors", "voters", "needed", "can_pass")
    return {
        (row["subject"], row["title"]): [row[key] for key in keys]
        for row in found["lines"]
    }


async def declines(vote: Vote, *people: str) -> None:
    """Let people say that they will not come."""
    for person in people:
        path = f"{vote.path}/confirm-attendance"
        await vote.cast.act(person, path, {"comes": False})


async def test_a_nominee_steps_out_of_the_own_line_and_of_the_whole(
    council: Cast,
) -> None:
    vote = await convened(council, MEETS)

    assert await ahead(vote) == {
        OPEN: [[], 9, 9, 5, True],
        OWN_OPEN: [["ctqh-01"], 8, 8, 5, True],
        SECRET: [[], 9, 9, 8, True],
        OWN_SECRET: [["ctqh-01"], 8, 8, 7, True],
        FLAG: [[], 9, 9, 5, True],
    }


async def test_the_lines_are_looked_ahead_to_a_page_at_a_time(council: Cast) -> None:
    vote = await convened(council, MEETS)
    whole = await vote.cast.get(f"{vote.path}/forecast")

    read, cursor = list[Any](), dict[str, str]()
    for _ in whole["lines"]:
        page = await vote.cast.get(f"{vote.path}/forecast", limit=1, **cursor)
        read += page["lines"]
        cursor = {"cursor": page["next"]}

    assert read == whole["lines"]
    assert (page["next"], whole["next"]) == (None, None)
    assert page["members"] == whole["members"]


async def test_with_too_few_who_come_chair_and_secretary_hear_it_while_time_is_left(
    council: Cast,
) -> None:
    vote = await convened(council, MEETS)
    await declines(vote, "ld-02", "ld-03")
    enough = vote.notices("quorum_at_risk") + vote.notices("cannot_pass")

    await declines(vote, "ld-04", "ttdn-01", "cthdnd-01")

    assert enough == []
    said = await vote.cast.get(f"{vote.path}/forecast")
    assert said["absent"] == ["cthdnd-01", "ld-02", "ld-03", "ld-04", "ttdn-01"]
    assert said["short"].startswith("Có 4/9 thành viên; cần ít nhất ")
    # No hand of theirs is counted; a sheet of theirs may be.
    assert await ahead(vote) == {
        OPEN: [[], 9, 4, 5, False],
        OWN_OPEN: [["ctqh-01"], 8, 3, 5, False],
        SECRET: [[], 9, 9, 8, True],
        OWN_SECRET: [["ctqh-01"], 8, 8, 7, True],
        FLAG: [[], 9, 9, 5, True],
    }
    assert {to for *_, to in vote.notices("cannot_pass")} == {CHAIR, SECRETARY}
    assert {to for *_, to in vote.notices("quorum_at_risk")} == {CHAIR, SECRETARY}


async def test_a_recusal_that_leaves_too_few_is_told_and_again_the_day_before(
    council: Cast,
) -> None:
    vote = await convened(council, MEETS)
    await declines(vote, "ld-02", "ld-03", "ld-04", "ttdn-01")
    still = vote.notices("cannot_pass")
    body = {"line": vote.lines[OPEN], "reason": "Người thân của tôi."}
    await council.act(CHAIR, f"{vote.path}/recuse", body)
    at_once = vote.notices("cannot_pass")

    await council.until(at("2022-07-14", "12:00"))

    assert still == []
    assert (await ahead(vote))[OPEN] == [["ld-01"], 8, 4, 5, False]
    assert at_once == [("07-13", "/1", SECRETARY), ("07-13", "/1", CHAIR)]
    assert vote.notices("cannot_pass")[len(at_once) :] == [
        ("07-14", "before_1/1", SECRETARY),
        ("07-14", "before_1/1", CHAIR),
    ]


@pytest.mark.parametrize("casting", [True, False])
async def test_half_can_pass_only_where_the_chairs_voice_settles_a_tie(
    council: Cast, casting: bool
) -> None:
    with council.office.database.write() as session:
        campaign = session.get_one(Campaign, council.code)
        packs = deepcopy(campaign.packs)
        for pack in packs.values():
            pack["council"]["chair_breaks_open_tie"]["allowed"] = casting
        campaign.packs = packs
        session.add(campaign)
    vote = await convened(council, MEETS)

    await declines(vote, "ld-02", "ld-03", "ld-04", "ttdn-01")

    assert (await ahead(vote))[OWN_OPEN] == [["ctqh-01"], 8, 4, 5, casting]


async def test_where_the_chair_steps_out_a_vice_chairs_voice_settles_a_tie(
    council: Cast,
) -> None:
    vote = await convened(council, MEETS)
    await declines(vote, "ld-03", "ld-04", "ttdn-01", "cthdnd-01")
    body = {"line": vote.lines[OPEN], "reason": "Người thân của tôi."}
    await council.act(CHAIR, f"{vote.path}/recuse", body)
    with_a_vice_chair = await told_of(vote, OPEN)

    await declines(vote, "ld-02")

    assert with_a_vice_chair == {
        "stepping_out": ["ld-01"],
        "flagged": ["cthdnd-01"],
        "presided_by": "ld-02",
        "electors": 8,
        "voters": 4,
        "needed": 5,
        "missing": 0,
        "can_pass": True,
    }
    assert await told_of(vote, OPEN) == with_a_vice_chair | {
        "presided_by": None,
        "voters": 3,
        "missing": 2,
        "can_pass": False,
    }


async def told_of(vote: Vote, line: tuple[str, str]) -> dict[str, Any]:
    """Read all that is foreseen of one line."""
    found = await vote.cast.get(f"{vote.path}/forecast")
    [row] = [r for r in found["lines"] if r["line"] == vote.lines[line]]
    return {key: row[key] for key in row if key not in ("line", "subject", "title")}


async def test_a_substitute_who_is_seated_in_time_lets_the_line_pass(
    council: Cast,
) -> None:
    vote = await convened(council, MEETS)
    await declines(vote, "ld-02", "ld-03", "ld-04", "ttdn-01")
    body = {"line": vote.lines[OPEN], "reason": "Người thân của tôi."}
    await council.act(CHAIR, f"{vote.path}/recuse", body)
    before = await vote.cast.get(f"{vote.path}/forecast")
    missing = (await told_of(vote, OPEN))["missing"]

    await substitute(council, "ttdn-01", "ttdn-02", "2022-07-14")

    assert (before["replaceable_until"], missing) == ("2022-07-15T07:00:00Z", 1)
    assert set(texts(vote, "cannot_pass")) == {
        "Với những thành viên sẽ dự phiên họp Hội đồng về «Giai đoạn 1» lúc 14 giờ 00 "
        "ngày 15/7/2022, các đề nghị sau không thể đủ phiếu dù mọi người đều đồng ý: "
        "Đỗ Khắc Huân (Giấy khen của Chánh Văn phòng; có thể đồng ý 4/8, cần 5, còn "
        "thiếu 1; không biểu quyết: Lương Đình Khải; có liên quan, vẫn biểu quyết: Hà "
        "Thị Tuyết Lan). Mời cử người thay trước khi mở biểu quyết, hoặc dời phiên họp."
    }
    after = await vote.cast.get(f"{vote.path}/forecast")
    assert (before["short"], after["short"]) != (None, None)
    assert after["short"] is None
    assert (await ahead(vote))[OPEN] == [["ld-01"], 8, 5, 5, True]
    await council.until(at("2022-07-14"))
    await council.act("ttdn-02", f"{vote.path}/confirm-attendance", {"comes": True})
    await council.until(MEETS)
    there = ["ctqh-01", "cthdnd-01", "hctcqt-01", "hctcqt-03", "ld-01", "ttdn-02"]
    voting = {"present": there, "tellers": TELLERS}
    await council.act(CHAIR, f"{vote.path}/open-voting", voting)
    await vote.hands(OPEN, 5, 0)


async def substitute(cast: Cast, gone: str, instead: str, day: str) -> None:
    """Let the secretariat give somebody's seat to somebody else from a day on."""
    (seat,) = await cast.pages("/council-seats", person=gone)
    await cast.ended("council-seats", seat, day)
    new = {"person": instead, "seat": seat["seat"], "starts": day}
    await cast.keep("/council-seats", new)


def texts(vote: Vote, kind: str) -> list[str]:
    """Read what the notices of a kind say."""
    with vote.cast.office.database.read() as session:
        return list(session.exec(select(Notice.body).where(Notice.kind == kind)))


async def test_after_the_vote_has_opened_there_is_nothing_to_forecast(
    council: Cast,
) -> None:
    vote = await convened(council)
    await vote.cast.act(
        CHAIR, f"{vote.path}/open-voting", {"present": COUNCIL, "tellers": TELLERS}
    )

    opened = await council.refused_to_read(f"{vote.path}/forecast")
    unknown = await council.refused_to_read("/council-sessions/2022-9/forecast")
    assert (opened, unknown) == ((409, "no_forecast"), (404, "unknown_session"))
