"""A running office at the start of 2022, and its cast."""

from collections.abc import AsyncIterator

import pytest_asyncio

from engine.client import Engine
from store.database import Database
from tests.journeys.cast import Cast, at
from tests.office import open_office, prepare


@pytest_asyncio.fixture(loop_scope="session")
async def cast(database: Database, engine: Engine) -> AsyncIterator[Cast]:
    """The sample office on 3 January 2022, on a stepped clock."""
    prepare(database, 2022, at("2022-01-03", "08:00"))
    async with open_office(database, engine) as office:
        yield Cast(office, f"y{engine.task_queue[-8:]}")
