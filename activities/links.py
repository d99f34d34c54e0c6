"""From one workflow to another: start it, or tell it to look again."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from temporalio import activity

from engine import names
from engine.client import Engine
from engine.open_workflows import each_of
from engine.together import together
from store.database import Database
from store.failpoints import failpoint

# After how many it is noted how far one has come.
_BATCH = 100


class Links:
    """The activities that reach other workflows, a batch at a time.

    One that is cut short goes on after the last batch; to reach somebody twice does
    no harm.
    """

    def __init__(self, database: Database, engine: Engine) -> None:
        self._database = database
        self._engine = engine

    @activity.defn(name=names.START_WORKFLOWS)
    async def start_workflows(self, targets: list[str]) -> None:
        """Start workflows that are not running yet."""
        failpoint("links.before_start")
        await self._reach(targets, self._engine.start)
        failpoint("links.after_start")

    @activity.defn(name=names.WAKE_WORKFLOWS)
    async def wake_workflows(self, targets: list[str]) -> None:
        """Tell workflows to look at their rows again."""
        failpoint("links.before_wake")
        await self._reach(targets, self._engine.wake)
        failpoint("links.after_wake")

    async def _reach(
        self, targets: list[str], one: Callable[[str], Coroutine[Any, Any, object]]
    ) -> None:
        each = await asyncio.to_thread(self._look, targets)
        for first in range(_reached(each), len(each), _BATCH):
            batch = each[first : first + _BATCH]
            await together(batch, one)
            activity.heartbeat(batch[-1])

    def _look(self, targets: list[str]) -> list[str]:
        with self._database.read() as session:
            return each_of(session, targets)


def _reached(targets: list[str]) -> int:
    """Count those whom an earlier try has reached."""
    last = next(iter(activity.info().heartbeat_details), None)
    return targets.index(last) + 1 if last in targets else 0
