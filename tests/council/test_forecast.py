"""Before the meeting: who steps out, what remains, and whether a line can pass."""

from copy import deepcopy
from typing import Any

import pytest

from store.tables import Campaign
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
