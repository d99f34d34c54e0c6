"""Days on which an edge case begins, beside those of the journeys."""

from collections.abc import AsyncIterator

import pytest_asyncio

from engine.client import Engine
from store.database import Database
from tests.council.conftest import council, too_many, vote_days
from tests.edges.staff import a_whole_year, two_people
from tests.journeys.cast import Cast, at
from tests.journeys.conftest import Days, acting, days, july, june, to_july, to_june

__all__ = ["council", "days", "july", "june", "too_many", "vote_days"]


async def to_the_director(cast: Cast) -> None:
    """Carry the first phase to 14 July: three lines wait for the director."""
    session = await cast.convene(cast.phase1, at("2022-07-14"))
    await cast.until(at("2022-07-14"))
    await cast.vote(session)


@pytest_asyncio.fixture(loop_scope="session")
async def before_the_director(days: Days) -> Database:
    """The rows of 14 July 2022: three lines wait for the director."""
    await days.carry("june", "migrated", to_june)
    await days.carry("july", "june", to_july)
    await days.carry("passed", "july", to_the_director)
    return days.copy("passed")


@pytest_asyncio.fixture(loop_scope="session")
async def passed(before_the_director: Database, engine: Engine) -> AsyncIterator[Cast]:
    """The office on that day, at work."""
    async with acting(before_the_director, engine) as everybody:
        yield everybody


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
