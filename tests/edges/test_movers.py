"""E11 to E13: who moved within the office, came from outside, or is seconded."""

from collections.abc import AsyncIterator

import pytest_asyncio

from engine.client import Engine
from tests.databases import LATER_ON_POSTGRES
from tests.edges.rows import told
from tests.edges.staff import (
    a_whole_year,
    found,
    moved,
    registered,
    reviewed,
    rules_of,
    sent,
    two_people,
)
from tests.journeys.cast import HEADS, Cast, at, line
from tests.journeys.conftest import Days, acting
from tests.office import SECRETARIAT

pytestmark = LATER_ON_POSTGRES

REVIEWED, JUDGED = "2022-12-20", "2023-01-04"
WORKER = ("cthdnd-04", "LDTT")
OLD_UNIT = "VN2017.service.old_unit_opinion"
WORD = {"person": "cthdnd-04", "text": "Bảy tháng ở phòng, hoàn thành tốt nhiệm vụ."}


async def to_the_year(cast: Cast) -> None:
    """Launch a campaign of one phase that lasts the whole year."""
    await two_people(cast)
    await cast.launch(a_whole_year(["LDTT", "TTLDTT"]))
    await cast.until(at("2022-01-20"))


@pytest_asyncio.fixture(loop_scope="session")
async def year(days: Days, engine: Engine) -> AsyncIterator[Cast]:
    """The office on 20 January 2022: departments register for the year."""
    await days.carry("whole year", "migrated", to_the_year)
    async with acting(days.copy("whole year"), engine) as everybody:
        yield everybody


async def test_e11_who_moved_is_nominated_by_the_new_department_and_waits_for_the_old(
    year: Cast,
) -> None:
    await registered(year, "CTHDND", [WORKER])
    await moved(year, "cthdnd-04", "CTQH", "2022-08-01")
    await reviewed(year, "CTHDND", REVIEWED)
    old, new = (year.desk(year.phase1, code) for code in ("CTHDND", "CTQH"))
    body = {"lines": [line(*WORKER)]}
    refused = await year.refused(HEADS["CTHDND"], f"{old}/submit", body)
    await sent(year, "CTQH", [WORKER], REVIEWED)
    await year.until(at(JUDGED))

    before = await year.appraise(year.phase1, "CTQH")
    await year.just_act(HEADS["CTHDND"], f"{old}/give-opinion", WORD)
    after = await year.just_act(SECRETARIAT, f"{new}/appraise")

    assert refused == (409, "not_of_department")
    assert (before["state"], rules_of(before)) == ("received", [OLD_UNIT])
    assert (after["state"], after["waiting"]) == ("appraised", [])
    assert await found(year) == {"cthdnd-04": ("eligible", [])}
    asked = await told(year, "opinion_wanted", "opinion_given")
    assert {(kind, who) for _, kind, who, _ in asked} == {
        ("opinion_wanted", "cthdnd-01"),
        ("opinion_wanted", "cthdnd-03"),
        ("opinion_given", "hctcqt-01"),
        ("opinion_given", "hctcqt-03"),
    }
    [of_line] = await year.pages(f"/phases/{year.phase1}/lines")
    [said] = await year.get(f"/lines/{of_line['id']}/opinions")
    assert (said["department"], said["text"]) == ("CTHDND", WORD["text"])


async def test_e11_less_than_six_months_in_the_old_department_need_no_opinion(
    year: Cast,
) -> None:
    await registered(year, "CTHDND", [WORKER])
    await moved(year, "cthdnd-04", "CTQH", "2022-06-30")
    await sent(year, "CTQH", [WORKER], REVIEWED)
    await year.until(at(JUDGED))

    await year.appraise(year.phase1, "CTQH")

    assert await found(year) == {"cthdnd-04": ("eligible", [])}


async def test_e11_the_department_of_the_periods_last_day_nominates_and_counts(
    year: Cast,
) -> None:
    aims = [("hai-01", "LDTT"), ("HAI", "TTLDTT")]
    await registered(year, "HAI", [*aims, ("hai-02", "LDTT")])
    await moved(year, "hai-02", "CTQH", "2022-12-28")
    await sent(year, "HAI", aims, REVIEWED)
    await sent(year, "CTQH", [("hai-02", "LDTT")], REVIEWED)
    old, word = f"{year.desk(year.phase1, 'HAI')}/give-opinion", "Hoàn thành tốt."
    await year.just_act("hai-01", old, {"person": "hai-02", "text": word})
    await year.until(at(JUDGED))
    for code in ("HAI", "CTQH"):
        await year.appraise(year.phase1, code)
    silent = [code for code in sorted(HEADS) if code != "CTQH"]

    await year.act(SECRETARIAT, f"/phases/{year.phase1}/publish", {"without": silent})
    await year.until(at("2023-01-16"))
    session = await year.convene(year.phase1, at("2023-01-17"))
    await year.until(at("2023-01-17"))
    await year.vote(session)

    # One of one; with who was there until 27 December it would be one of two.
    assert {subject: state for subject, (state, _) in (await found(year)).items()} == {
        "hai-01": "council_passed",
        "hai-02": "council_passed",
        "HAI": "council_passed",
    }


async def test_e11_a_department_that_somebody_never_left_is_not_asked(
    year: Cast,
) -> None:
    path = f"{year.desk(year.phase1, 'CTHDND')}/give-opinion"

    still_there = await year.refused(HEADS["CTHDND"], path, WORD)
    by_another = await year.refused(HEADS["CTQH"], path, WORD)

    assert still_there == (409, "not_asked")
    assert by_another == (403, "not_allowed")
