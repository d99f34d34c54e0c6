"""Start again, from the rows alone, every workflow that should be running."""

import asyncio

from engine.client import Engine
from engine.open_workflows import open_targets
from engine.together import together
from store.database import Database


async def rebuild(database: Database, engine: Engine) -> tuple[int, int]:
    """Start what does not run; return how many were started, and how many ran."""
    targets = await asyncio.to_thread(_look, database)
    started = sum(await together(targets, engine.start))
    return started, len(targets) - started


def _look(database: Database) -> list[str]:
    with database.read() as session:
        return open_targets(session)
