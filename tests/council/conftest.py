"""The council on the day of its meeting, in a running office."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from temporalio.client import Client

from engine.client import Engine
from tests.council.day import EVERY_KIND, UNDER_A_QUOTA, to_the_vote
from tests.databases import Databases
from tests.journeys.cast import Cast
from tests.journeys.conftest import Days, acting


@pytest.fixture
def days(databases: Databases, temporal: Client) -> Iterator[Days]:
    """The days of the vote, prepared once; copies are thrown away in the end."""
    for name, lists in {"vote": EVERY_KIND, "quota": UNDER_A_QUOTA}.items():
        if not databases.prepared(name):
            made = databases.fresh()
            to_the_vote(made, lists)
            databases.keep(made, name)
    prepared = Days(databases, temporal)
    yield prepared
    for database in prepared.copies:
        databases.drop(database)


@pytest_asyncio.fixture(loop_scope="session")
async def council(days: Days, engine: Engine) -> AsyncIterator[Cast]:
    """The sample office on 13 July 2022: five lines wait for the council."""
    async with acting(days.copy("vote"), engine) as everybody:
        yield everybody


@pytest_asyncio.fixture(loop_scope="session")
async def quota(days: Days, engine: Engine) -> AsyncIterator[Cast]:
    """The same day, with one fighter nominated where the quota has room for none."""
    async with acting(days.copy("quota"), engine) as everybody:
        yield everybody
