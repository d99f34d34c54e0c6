"""E20: what is withdrawn is waited for by nobody, though it was the last."""

from tests.edges.rows import lines_of, states_of, the_decision
from tests.journeys.cast import HEADS, Cast, at, praise
from tests.office import DIRECTOR, SECRETARIAT


async def all_withdrawn(cast: Cast) -> None:
    """Let every department withdraw what it has nominated."""
    for each in (await lines_of(cast)).values():
        path = f"{cast.desk(cast.phase1, each['department'])}/withdraw-line"
        gone = {"line": each["id"], "reason": "Người được đề nghị xin rút."}
        await cast.act(HEADS[each["department"]], path, gone)


async def stage_of(cast: Cast) -> str:
    """Read where the first phase stands."""
    phases = await cast.get(f"/campaigns/{cast.code}/phases")
    stage: str = phases[0]["state"]
    return stage


async def test_e20_when_the_last_line_before_the_council_is_withdrawn_the_phase_ends(
    july: Cast,
) -> None:
    await july.convene(july.phase1, at("2022-07-14"))

    await all_withdrawn(july)

    assert set((await states_of(july)).values()) == {"withdrawn"}
    assert await stage_of(july) == "closed"
    [session] = await july.pages(f"/phases/{july.phase1}/council-sessions")
    assert session["state"] == "adjourned"


async def test_e20_when_the_whole_posted_list_is_withdrawn_no_council_is_waited_for(
    june: Cast,
) -> None:
    await june.submit(june.phase1, "CTQH", praise("ctqh-02"))
    await june.appraise(june.phase1, "CTQH")
    await june.until(at("2022-07-01"))
    without = {"without": ["CTHDND", "HCTCQT", "TTDN"]}
    await june.act(SECRETARIAT, f"/phases/{june.phase1}/publish", without)
    await all_withdrawn(june)
    posted = await stage_of(june)

    await june.until(at("2022-07-13"))

    assert (posted, await stage_of(june)) == ("public_notice", "closed")


async def test_e20_a_vote_on_nothing_any_more_ends_with_its_minutes(july: Cast) -> None:
    session = await july.convene(july.phase1, at("2022-07-14"))
    await july.open_vote(session)
    await all_withdrawn(july)
    under_the_vote = await stage_of(july)

    path = f"/council-sessions/{session}"
    minutes = {"minutes": "Các đề nghị đã được rút.", "without": []}
    await july.act(SECRETARIAT, f"{path}/close-voting", minutes)
    for who in (SECRETARIAT, DIRECTOR):
        await july.act(who, f"{path}/sign-minutes")

    assert (under_the_vote, await stage_of(july)) == ("council_review", "closed")


async def test_e20_a_list_of_which_all_is_withdrawn_waits_for_no_decision(
    passed: Cast,
) -> None:
    await all_withdrawn(passed)

    assert the_decision(passed)["state"] == "returned"
    assert await stage_of(passed) == "closed"
