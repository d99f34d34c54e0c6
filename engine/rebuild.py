"""Start again, from the rows alone, every workflow that should be running."""

import asyncio
from datetime import datetime

from engine.client import Engine
from engine.situations import open_targets
from store.database import Database, stepped_moment

_AT_ONCE = 20


async def rebuild(database: Database, engine: Engine) -> tuple[int, int]:
    """Start what does not run; return how many were started, and how many ran."""
    targets, moment = await asyncio.to_thread(_look, database)
    places = asyncio.Semaphore(_AT_ONCE)

    async def one(target: str) -> bool:
        async with places:
            return await engine.start(target, moment)

    started = sum(await asyncio.gather(*(one(target) for target in targets)))
    return started, len(targets) - started


def _look(database: Database) -> tuple[list[str], datetime | None]:
    with database.read() as session:
        return open_targets(session), stepped_moment(session)
