"""The engine's files are lost in mid-phase: the rows alone end the year."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from engine.client import connect
from engine.rebuild import rebuild
from machine.devserver import dev_server
from rehearsal.engine import RehearsedEngine
from store.database import Database
from tests.journeys.cast import Cast, at
from tests.journeys.test_year import (
    first_phase,
    golden,
    second_phase_ends,
    second_phase_is_submitted,
    superior,
)
from tests.office import DIRECTOR, open_office, prepare


@asynccontextmanager
async def an_engine(*settings: str) -> AsyncIterator[RehearsedEngine]:
    """Run a Temporal server that forgets all, with dynamic settings besides ours."""
    async with dev_server(settings=settings) as address:
        yield RehearsedEngine(await connect(address, lazy=False))
    await asyncio.sleep(0.3)  # the SDK's runtime lets go of its last connection


@pytest.mark.timeout(240)
async def test_the_year_ends_the_same_after_the_engine_lost_everything(
    database: Database,
) -> None:
    prepare(database, 2022, at("2022-01-03", "08:00"))
    async with an_engine() as engine, open_office(database, engine) as office:
        cast = Cast(office)
        await first_phase(cast)
        await second_phase_is_submitted(cast)

    async with an_engine() as engine:
        counted = await rebuild(database, engine)
        again = await rebuild(database, engine)
        async with open_office(database, engine) as office:
            cast = Cast(office)
            await second_phase_ends(cast)
            await superior(cast, "awarded")
            await cast.act(DIRECTOR, "/campaigns/2022/close")
            story = await cast.story()

    # The campaign, its open phase, and the four departments in it.
    assert (counted, again) == ((6, 0), (0, 6))
    assert story == golden("2022.json", story)
