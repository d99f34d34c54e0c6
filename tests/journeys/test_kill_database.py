"""PostgreSQL is killed in the middle of an act: what was committed stands, once."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import pytest_asyncio

from tests.databases import Databases
from tests.journeys.scene import Scene, a_scene
from tests.journeys.test_kill import PLACES, begin, check_rows
from tests.office import answered
from tests.postgres import SAFE, Server, server
from tests.processes import listens, until

POINTS = tuple(point for point in PLACES if point.endswith("_commit"))


@pytest.fixture
def postgres() -> Iterator[Server]:
    """A server of its own, which waits for its disk."""
    with server(options=SAFE) as made:
        yield made


@pytest_asyncio.fixture(loop_scope="session")
async def office(postgres: Server, tmp_path: Path) -> AsyncIterator[Scene]:
    """An office over that server."""
    databases = Databases("postgres", tmp_path, postgres.address)
    database = databases.fresh()
    async with a_scene(database, tmp_path) as opened:
        yield opened
    database.close()


@pytest.mark.long
@pytest.mark.parametrize("point", POINTS)
async def test_an_act_is_done_once_though_the_database_is_killed_on_the_way(
    office: Scene, postgres: Server, point: str
) -> None:
    place, trial = PLACES[point]
    await begin(office, trial, {place: f"{point}={postgres.pid}"})
    key = uuid4().hex

    first = asyncio.create_task(office.ask(trial.act, key))
    await until(lambda: gone(postgres), "PostgreSQL has been killed")
    await asyncio.to_thread(postgres.start_again)
    answer = await office.settle_soon(trial.act, key)
    await office.opened()
    await answered(office.database)

    lost = await first
    assert lost is not None
    assert lost.status_code in (202, 503) or lost.json() == answer
    with office.database.read() as session:
        check_rows(session, trial, key, answer)
    again = await office.ask(trial.act, key)
    assert again is not None
    assert (again.status_code, again.json()) == (200, answer)


async def gone(postgres: Server) -> bool:
    """Say whether nobody answers for the server any more."""
    return not listens(postgres.port)
