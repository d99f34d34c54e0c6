"""The council on the day of its meeting, in a running office."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from engine.client import Engine
from tests.council.day import EVERY_KIND, TOO_MANY, UNDER_A_QUOTA, to_the_vote
from tests.databases import Databases
from tests.journeys.cast import Cast
from tests.journeys.conftest import Days, acting, days

__all__ = ["days"]

_LISTS = {"vote": EVERY_KIND, "quota": UNDER_A_QUOTA, "too_many": TOO_MANY}


@pytest.fixture
def vote_days(days: Days, databases: Databases) -> Days:
    """The days of the vote, prepared once."""
    for name, lists in _LISTS.items():
        if not databases.prepared(name):
            made = databases.fresh()
            to_the_vote(made, lists)
            databases.keep(made, name)
    return days


@pytest_asyncio.fixture(loop_scope="session")
async def council(vote_days: Days, engine: Engine) -> AsyncIterator[Cast]:
    """The sample office on 13 July 2022: five lines wait for the council."""
    async with acting(vote_days.copy("vote"), engine) as everybody:
        yield everybody


@pytest_asyncio.fixture(loop_scope="session")
async def quota(vote_days: Days, engine: Engine) -> AsyncIterator[Cast]:
    """The same day, with one fighter nominated where the quota has room for none."""
    async with acting(vote_days.copy("quota"), engine) as everybody:
        yield everybody


@pytest_asyncio.fixture(loop_scope="session")
async def too_many(vote_days: Days, engine: Engine) -> AsyncIterator[Cast]:
    """The same day, with four fighters nominated where the quota has room for one."""
    async with acting(vote_days.copy("too_many"), engine) as everybody:
        yield everybody
