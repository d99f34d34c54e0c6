"""A worker's liveness: a file that stays young while it can do its work."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from sqlalchemy.exc import OperationalError
from temporalio.client import RPCError

from engine.client import Engine
from store.clock import real_now
from store.database import Database

_EVERY = 3  # seconds

logger = logging.getLogger("thidua.liveness")


@asynccontextmanager
async def liveness_file(
    file: Path, database: Database, engine: Engine
) -> AsyncIterator[None]:
    """Keep *file* young for the length of the block, and take it away after it.

    It grows old when the database does not answer, when the engine does not see
    this worker poll, and when the worker's own loop stands still.
    """
    touching = asyncio.create_task(_keep_touching(file, database, engine))
    try:
        yield
    finally:
        touching.cancel()
        with suppress(asyncio.CancelledError):
            await touching
        await asyncio.to_thread(file.unlink, missing_ok=True)


async def _keep_touching(file: Path, database: Database, engine: Engine) -> None:
    while True:
        try:
            if await engine.polled():
                await asyncio.to_thread(_touch, file, database)
        except (RPCError, OperationalError, OSError) as error:
            logger.warning("not live: %s", type(error).__name__)
        await asyncio.sleep(_EVERY)


def _touch(file: Path, database: Database) -> None:
    """Touch the file once the database has answered."""
    with database.read() as session:
        real_now(session)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()
