"""Can this process read what it is to go on with?"""

import asyncio
from functools import partial

from temporalio.service import RPCError

from domain.ids import Kind, read
from engine.client import Engine, is_unknown
from engine.messages import Start
from engine.open_workflows import open_targets
from engine.together import together
from store.database import Database


async def require_keys(database: Database, engine: Engine) -> None:
    """Raise NoKey where an open workflow was started by a key that is not here.

    Departments are passed over: there are thousands, each started by what its phase
    was started by, or later.
    """
    targets = await asyncio.to_thread(_few, database)
    await together(targets, partial(_read_start, engine))


def _few(database: Database) -> list[str]:
    with database.read() as session:
        targets = open_targets(session)
    return [each for each in targets if read(each).kind is not Kind.DEPARTMENT]


async def _read_start(engine: Engine, target: str) -> None:
    try:
        async for event in engine.handle(target).fetch_history_events(page_size=1):
            started = event.workflow_execution_started_event_attributes
            await engine.client.data_converter.decode(started.input.payloads, [Start])
            return
    except RPCError as error:
        if not is_unknown(error):
            raise
