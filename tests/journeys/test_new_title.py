"""A title nobody has heard of is a file of rules, and nothing else."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from engine.client import Engine
from intake.rulepacks import load_packs
from store.database import Database
from tests.journeys.cast import HEADS, Cast, a_plan, aim, at, line
from tests.office import DIRECTOR, SECRETARIAT, open_office, prepare

# Three titles, each with criteria, a vote and a subject of its own; one has a quota.
PACKS = load_packs(Path(__file__).parent / "rules")
MODEL, STAR, TEAM = "GUONG_MAU", "NGOI_SAO", "TO_VUNG_MANH"
STARS = ("ctqh-02", "ctqh-03")


@pytest_asyncio.fixture(loop_scope="session")
async def cast(database: Database, engine: Engine) -> AsyncIterator[Cast]:
    """The sample office on 3 January 2022, under rules of its own."""
    prepare(database, 2022, at("2022-01-03", "08:00"))
    async with open_office(database, engine, packs=PACKS) as office:
        yield Cast(office)


def the_plan() -> dict[str, Any]:
    """One phase, the last of its year, for the invented titles."""
    plan = a_plan()
    phase = {**plan["phases"][0], "final": True, "titles": [MODEL, STAR, TEAM]}
    target = {
        "title": STAR,
        "subject": "individual",
        "ratio": "10/100",
        "denominator": "participants",
        "text": "Có ngôi sao cải cách.",
    }
    return {**plan, "phases": [phase], "targets": [target]}


def nominees(cast: Cast) -> list[tuple[str, str]]:
    """Everybody of one department, two of them for more, and the department."""
    people = cast.staff_of("CTQH", "2022-01-20")
    return [
        *((person, MODEL) for person in people),
        *((person, STAR) for person in STARS),
        ("CTQH", TEAM),
    ]


async def to_the_award(cast: Cast) -> None:
    """Carry the phase from the launch to the issued decision."""
    await cast.launch(the_plan())
    await cast.until(at("2022-01-20"))
    await cast.register("CTQH", [aim(*each) for each in nominees(cast)])
    await cast.until(at("2022-06-20"))
    await cast.review(cast.phase1, "CTQH", "2022-06-20")
    lines = [line(*each) for each in nominees(cast)]
    await cast.submit(cast.phase1, "CTQH", lines)
    await cast.appraise(cast.phase1, "CTQH")
    await cast.until(at("2022-07-01"))
    without = {"without": sorted(HEADS.keys() - {"CTQH"})}
    await cast.act(SECRETARIAT, f"/phases/{cast.phase1}/publish", without)
    await cast.until(at("2022-07-11"))
    session = await cast.convene(cast.phase1, at("2022-07-13", "14:00"))
    await cast.until(at("2022-07-13", "14:00"))
    # Both pass; 20 % of the nine who are models is one, so the votes rank them.
    await cast.vote(session, against={STARS[1]: 2})
    await cast.decide(f"{cast.phase1}-qd1")
    await cast.issue(f"{cast.phase1}-qd1", 1, 2022)


async def test_a_title_of_a_new_pack_is_awarded_and_called_by_its_name(
    cast: Cast,
) -> None:
    await to_the_award(cast)
    lines = await cast.pages(f"/phases/{cast.phase1}/lines")
    signs = await cast.pages(f"/phases/{cast.phase1}/formality")
    reached = await cast.get(f"/campaigns/{cast.code}/targets")
    [star] = [x["id"] for x in lines if (x["title"], x["state"]) == (STAR, "awarded")]
    body = {"line": star, "reason": "Xin nhường đồng nghiệp."}
    await cast.act(STARS[0], f"/decisions/{cast.phase1}-qd1/decline-award", body)

    assert await cast.states(cast.phase1) == {
        f"{MODEL} awarded": len(cast.staff_of("CTQH", "2022-01-20")),
        f"{STAR} council_downgraded": 1,
        f"{STAR} declined_by_awardee": 1,
        f"{TEAM} awarded": 1,
    }
    said = {each.partition(" | ")[2] for each in await cast.notices()}
    assert [each for each in said if "từ chối" in each] == [
        "Âu Thị Hạnh Nguyên từ chối «Ngôi sao cải cách» đã được tặng. Lý do: Xin "
        "nhường đồng nghiệp."
    ]
    assert [(each["title"], each["reached"]) for each in reached] == [(STAR, 1)] * 2
    names = ("Công chức gương mẫu", "Ngôi sao cải cách")
    assert [
        each["said"].partition(": ")[0] for each in signs if each["of"] in (MODEL, STAR)
    ] == [f"«{name}»" for name in names]


@pytest.mark.parametrize("title", ["LDTT", "NGOI_SAO_2"])
async def test_a_title_that_no_pack_knows_is_refused_with_those_known(
    cast: Cast, title: str
) -> None:
    plan = the_plan()
    plan["phases"][0]["titles"] = [MODEL, STAR, title]

    answer = await cast.office.person(DIRECTOR).post("/campaigns", plan)

    assert (answer.status_code, answer.json()["errors"]) == (
        409,
        [
            {
                "pointer": "/body/phases/0/titles/2",
                "code": "value_error",
                "detail": f"chỉ nhận: một trong: {MODEL}, {STAR}, {TEAM}",
            }
        ],
    )


async def test_an_amended_plan_is_held_to_the_rules_of_its_campaign(cast: Cast) -> None:
    await cast.launch(the_plan())
    plan = the_plan()
    plan["phases"][0]["titles"] = [MODEL, STAR, TEAM, "LDTT"]
    path = f"/campaigns/{cast.code}/amend"

    refused = await cast.refused(DIRECTOR, path, {"plan": plan, "reason": "Thêm."})

    assert refused == (409, "bad_document")
