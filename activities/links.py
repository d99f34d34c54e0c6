"""From one workflow to another: start it, or tell it to look again."""

import asyncio
from datetime import datetime

from temporalio import activity

from engine import names
from engine.client import Engine
from engine.together import together
from store.database import Database, stepped_moment
from store.failpoints import failpoint


class Links:
    """The activities that reach other workflows."""

    def __init__(self, database: Database, engine: Engine) -> None:
        self._database = database
        self._engine = engine

    @activity.defn(name=names.START_WORKFLOWS)
    async def start_workflows(self, targets: list[str]) -> None:
        """Start workflows that are not running yet."""
        failpoint("links.before_start")
        moment = await asyncio.to_thread(self._moment)
        await together(targets, lambda target: self._engine.start(target, moment))
        failpoint("links.after_start")

    @activity.defn(name=names.WAKE_WORKFLOWS)
    async def wake_workflows(self, targets: list[str]) -> None:
        """Tell workflows to look at their rows again."""
        failpoint("links.before_wake")
        moment = await asyncio.to_thread(self._moment)
        await together(targets, lambda target: self._engine.wake(target, moment))
        failpoint("links.after_wake")

    def _moment(self) -> datetime | None:
        with self._database.read() as session:
            return stepped_moment(session)
