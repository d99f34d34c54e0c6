"""A head of department on the council: flagged on the own people's lines, or out."""

from copy import deepcopy
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from store.tables import Act, ActPayload, Campaign
from tests.council.day import FLAG, OPEN, OWN_OPEN, OWN_SECRET, SECRET
from tests.council.votes import COUNCIL, Vote, convened
from tests.journeys.cast import Cast

FLAGGED = {
    OPEN: ["cthdnd-01"],
    OWN_OPEN: [],
    SECRET: ["ctqh-01"],
    OWN_SECRET: [],
    FLAG: ["ctqh-01"],
}


def heads_step_out(cast: Cast) -> None:
    """Let the campaign's rules keep heads from voting on the own department's lines."""
    with cast.office.database.write() as session:
        campaign = session.get_one(Campaign, cast.code)
        packs = deepcopy(campaign.packs)
        for pack in packs.values():
            pack["council"]["head_votes"]["allowed"] = False
        campaign.packs = packs
        session.add(campaign)


async def by_line(vote: Vote, key: str) -> dict[tuple[str, str], Any]:
    """Read something of each line of the session."""
    path = f"/phases/{vote.cast.phase1}/council-sessions"
    [session] = await vote.cast.pages(path)
    names = {line_id: line for line, line_id in vote.lines.items()}
    return {names[row["line"]]: row[key] for row in session["lines"]}


def in_the_minutes(vote: Vote) -> dict[tuple[str, str], list[str]]:
    """Read whom the record of the count names, by line."""
    names = {line_id: line for line, line_id in vote.lines.items()}
    with vote.cast.office.database.read() as session:
        query = select(ActPayload).join(Act).where(Act.kind == "close_voting")
        flagged = session.exec(query).one().payload["flagged"]
    return {names[line]: people for line, people in flagged.items()}


async def held(
    vote: Vote, hands: dict[tuple[str, str], int], casting: list[str]
) -> None:
    """Hold the whole vote; everybody agrees."""
    await vote.open()
    for line, yes in hands.items():
        await vote.hands(line, yes, 0)
    await vote.all_cast({}, casting)
    await vote.close()


async def test_e05_a_head_votes_on_the_own_people_and_the_minutes_say_so(
    council: Cast,
) -> None:
    vote = await convened(council)
    ahead = await by_line(vote, "flagged")

    await held(vote, {OPEN: 9, OWN_OPEN: 8}, COUNCIL)

    assert ahead == FLAGGED
    assert await by_line(vote, "flagged") == FLAGGED
    assert in_the_minutes(vote) == {
        line: people for line, people in FLAGGED.items() if people
    }
    assert await vote.counts(OPEN) == [(9, 0, 0, 9)]
    [first] = await council.pages(f"{vote.path}/rounds")
    names = {line_id: line for line, line_id in vote.lines.items()}
    assert {names[r["line"]]: r["flagged"] for r in first["lines"]} == FLAGGED


async def test_e05_a_head_steps_out_of_vote_and_whole_where_the_rules_say_so(
    council: Cast,
) -> None:
    heads_step_out(council)
    vote = await convened(council)
    found = await vote.cast.get(f"{vote.path}/forecast")
    ahead = {row["line"]: row["stepping_out"] for row in found["lines"]}
    # All secret lines are of the one department, whose head has no sheet then.
    casting = [person for person in COUNCIL if person != "ctqh-01"]

    await held(vote, {OPEN: 8, OWN_OPEN: 8}, casting)

    out = {line: ["ctqh-01"] for line in FLAGGED} | {OPEN: ["cthdnd-01"]}
    assert ahead == {vote.lines[line]: people for line, people in out.items()}
    assert {row.line: row.recused for row in vote.rows()} == {
        UUID(vote.lines[line]): people for line, people in out.items()
    }
    assert in_the_minutes(vote) == {}
    assert {str(await vote.counts(line)) for line in FLAGGED} == {"[(8, 0, 0, 8)]"}


async def test_e05_who_is_flagged_stays_as_it_was_when_the_vote_opened(
    council: Cast,
) -> None:
    vote = await convened(council)
    await vote.open()
    offices = await council.pages("/appointments", person="cthdnd-01")

    for office in offices:
        await council.ended("appointments", office, "2022-07-01")

    assert await by_line(vote, "flagged") == FLAGGED


@pytest.mark.parametrize(
    ("absent", "outcome"),
    [(("ld-03", "ld-04"), "council_passed"), (("ld-02", "ld-03"), "council_failed")],
)
async def test_e01_a_tie_passes_only_while_somebody_is_left_to_preside(
    council: Cast, absent: tuple[str, ...], outcome: str
) -> None:
    vote = await convened(council)
    body = {"line": vote.lines[OPEN], "reason": "Người thân của tôi."}
    await council.act("ld-01", f"{vote.path}/recuse", body)
    await vote.open(absent=absent)
    await vote.hands(OPEN, 4, 2, chair_yes=True)
    await vote.hands(OWN_OPEN, 6, 0)
    await vote.all_cast({}, [each for each in COUNCIL if each not in absent])

    await vote.close(without=absent)

    assert (await vote.outcomes())[OPEN][0] == outcome
    presided = {"council_passed": "ld-02", "council_failed": None}
    assert (await by_line(vote, "presided_by"))[OPEN] == presided[outcome]
