"""What has happened to people does not lie ahead, nor before they came."""

from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio

from engine.client import Engine, connect
from store.database import Database
from tests.api.calls import Caller, idle_office
from tests.journeys.cast import at
from tests.office import SECRETARIAT, prepare


@pytest_asyncio.fixture(loop_scope="session")
async def secretariat(database: Database) -> AsyncIterator[Caller]:
    """The secretariat on 14 July 2022."""
    prepare(database, 2022, at("2022-07-14"))
    async with idle_office(database, Engine(await connect("127.0.0.1:1"))) as office:
        yield Caller(office.http, SECRETARIAT)


async def test_nobody_has_died_tomorrow_or_before_coming_to_the_office(
    secretariat: Caller,
) -> None:
    said = {
        day: await secretariat.put(
            "/people/ctqh-02", {"name": "Người Xưa", "died_on": day}, version=1
        )
        for day in ("2022-07-15", "2999-01-01", "1950-01-01", "2022-07-14")
    }

    assert {day: code(answer) for day, answer in said.items()} == {
        "2022-07-15": (409, "day_out_of_reach"),
        "2999-01-01": (422, "invalid"),
        "1950-01-01": (409, "bad_document"),
        "2022-07-14": (200, None),
    }


def code(answer: tuple[int, Any]) -> tuple[int, str | None]:
    """Give an answer's status, and the code of a refusal."""
    status, said = answer
    return status, said if isinstance(said, str) else None


async def test_a_discipline_was_decided_by_today(secretariat: Caller) -> None:
    measure = {"person": "ctqh-02", "level": "WARNING", "ends_on": "2023-07-15"}

    said = [
        await secretariat.post("/disciplines", {**measure, "decided_on": day})
        for day in ("2022-07-15", "2022-07-14")
    ]

    assert [code(each) for each in said] == [(409, "day_out_of_reach"), (201, None)]


async def test_no_year_to_come_is_rated_or_has_a_recognition(
    secretariat: Caller,
) -> None:
    good = {"level": "EXCELLENT"}
    merit = {"person": "ctqh-02", "kind": "research"}

    said = [
        await secretariat.put("/ratings/individual/ctqh-02/2023", good),
        await secretariat.put("/ratings/individual/ctqh-02/2021", good),
        await secretariat.post("/recognitions", {**merit, "year": 2023}),
        await secretariat.post("/recognitions", {**merit, "year": 2021}),
    ]

    assert [code(each) for each in said] == [
        (409, "bad_document"),
        (201, None),
        (409, "bad_document"),
        (201, None),
    ]
