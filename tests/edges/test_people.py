"""E15 to E18, E34, E38: who was away, new, disciplined, not rated, or nearly alone."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from sqlmodel import delete

from engine.client import Engine
from store.database import Database
from store.tables import Rating
from tests.council.day import a_short_plan
from tests.edges.staff import appraised, found, hired, recorded, two_people
from tests.journeys.cast import HEADS, Cast, at
from tests.journeys.conftest import Days, acting
from tests.office import SECRETARIAT

TITLES = {"CTQH": (("ctqh-04", "LDTT"), ("CTQH", "TTLDTT"))}


async def to_the_registration(cast: Cast) -> None:
    """Launch a campaign of one phase, which gives the year's titles."""
    await two_people(cast)
    await cast.launch(a_short_plan(TITLES))
    await cast.until(at("2022-01-20"))


@pytest_asyncio.fixture(loop_scope="session")
async def january(days: Days, engine: Engine) -> AsyncIterator[Cast]:
    """The office on 20 January 2022: departments register."""
    await days.carry("january", "migrated", to_the_registration)
    async with acting(days.copy("january"), engine) as everybody:
        yield everybody


async def test_e15_maternity_leave_counts_as_service(january: Cast) -> None:
    await hired(january, "moi-01", "2021-09-01")
    leave = {"kind": "maternity", "starts": "2022-01-01", "ends": "2022-06-30"}
    await recorded(january, "leaves", person="moi-01", **leave)

    await appraised(january, "CTQH", [("moi-01", "LDTT")])

    assert await found(january) == {"moi-01": ("eligible", [])}


async def test_e16_a_recruit_waits_ten_full_months_to_the_day(january: Cast) -> None:
    await hired(january, "moi-01", "2021-09-01")
    await hired(january, "moi-02", "2021-09-02")

    await appraised(january, "CTQH", [("moi-01", "LDTT"), ("moi-02", "LDTT")])

    assert await found(january) == {
        "moi-01": ("eligible", []),
        "moi-02": ("ineligible", ["VN2017.LDTT.service_months"]),
    }


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        ("good", ("eligible", [])),
        ("poor", ("ineligible", ["VN2017.LDTT.service_months"])),
    ],
)
async def test_e17_a_year_of_training_counts_when_it_ended_well(
    january: Cast, result: str, expected: tuple[str, list[str]]
) -> None:
    await hired(january, "moi-01", "2021-01-01")
    training = {"kind": "training", "starts": "2021-01-01", "ends": "2022-03-01"}
    await recorded(january, "leaves", person="moi-01", result=result, **training)

    await appraised(january, "CTQH", [("moi-01", "LDTT")])

    assert (await found(january))["moi-01"] == expected


async def test_e17_sick_leave_of_more_than_forty_days_bars_nobody(
    january: Cast,
) -> None:
    leave = {"kind": "sick_leave", "starts": "2022-02-01", "ends": "2022-05-01"}
    await recorded(january, "leaves", person="ctqh-04", **leave)

    await appraised(january, "CTQH", [("ctqh-04", "LDTT")])

    assert await found(january) == {"ctqh-04": ("eligible", [])}


async def test_e18_a_reprimand_bars_the_person_and_a_warning_the_department(
    january: Cast,
) -> None:
    for person, level in (("ctqh-04", "REPRIMAND"), ("ctqh-05", "WARNING")):
        day = "2022-01-03"
        await recorded(
            january, "disciplines", person=person, level=level, decided_on=day
        )

    aims = [("ctqh-04", "LDTT"), ("ctqh-02", "LDTT"), ("CTQH", "TTLDTT")]
    await appraised(january, "CTQH", aims)

    assert await found(january) == {
        "ctqh-02": ("eligible", []),
        "ctqh-04": ("ineligible", ["VN2017.LDTT.discipline"]),
        "CTQH": (
            "ineligible",
            ["VN2017.TTLDTT.ldtt_share", "VN2017.TTLDTT.member_discipline"],
        ),
    }


async def test_e34_a_missing_rating_blocks_and_is_no_failure(january: Cast) -> None:
    forget_rating(january.office.database, "ctqh-04")

    answer = await appraised(
        january, "CTQH", [("ctqh-04", "LDTT"), ("ctqh-02", "LDTT")]
    )
    [waiting] = answer["waiting"]
    before = await found(january)
    desk = january.office.person(SECRETARIAT)
    await desk.put("/ratings/individual/ctqh-04/2022", {"level": "GOOD_COMPLETION"})
    path = f"{january.desk(january.phase1, 'CTQH')}/appraise"
    again = await january.just_act(SECRETARIAT, path)

    assert (answer["state"], again["state"]) == ("received", "appraised")
    assert [refusal["code"] for refusal in waiting["refusals"]] == ["missing_rating"]
    assert before == {"ctqh-04": ("nominated", []), "ctqh-02": ("eligible", [])}
    lines = await january.pages(f"/phases/{january.phase1}/lines")
    assert {each["state"] for each in lines} == {"eligible"}


def forget_rating(database: Database, person: str) -> None:
    """Take somebody's rating away."""
    with database.write() as session:
        session.exec(delete(Rating).where(Rating.subject == person))


@pytest.mark.parametrize(
    ("workers", "outcome"),
    [(("hai-01", "hai-02"), "council_passed"), (("hai-01",), "ineligible")],
)
async def test_e38_of_a_department_of_two_more_than_half_is_both(
    january: Cast, workers: tuple[str, ...], outcome: str
) -> None:
    aims = [*((person, "LDTT") for person in workers), ("HAI", "TTLDTT")]
    await appraised(january, "HAI", aims)
    silent = {"without": sorted(HEADS)}
    await january.act(SECRETARIAT, f"/phases/{january.phase1}/publish", silent)
    await january.until(at("2022-07-13", "14:00"))
    session = await january.convene(january.phase1, at("2022-07-14"))
    await january.until(at("2022-07-14"))

    await january.vote(session)

    states = await january.states(january.phase1)
    assert states == {
        "LDTT council_passed": len(workers),
        f"TTLDTT {outcome}": 1,
    }
