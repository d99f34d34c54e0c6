"""The conductor of a rehearsal: moves the stepped clock of everything at once."""

import asyncio
from datetime import datetime

from engine.client import Engine
from engine.messages import Standing
from engine.situations import open_targets
from store import commands
from store.database import Database, lock
from store.tables import SteppedClock

_LOOK = 0.01  # seconds between looks


class NotARehearsal(Exception):
    """The database goes by its own clock; nobody may step it."""


class Conductor:
    """Moves a rehearsal's time, and only once everything is quiet.

    Only what is due is stepped, one after the other and in a fixed order; whoever
    is told something later learns the time with it.
    """

    def __init__(self, database: Database, engine: Engine) -> None:
        self._database = database
        self._engine = engine
        self._started: set[str] = set()

    async def advance_to(self, moment: datetime) -> None:
        """Step through every moment at which something wakes, up to *moment*.

        Raises NotARehearsal.
        """
        while True:
            wake = await self.settle()
            following = moment if wake is None else min(wake, moment)
            if not await asyncio.to_thread(self._step, following):
                return

    async def settle(self) -> datetime | None:
        """Let everything that is due happen; return when something next wakes.

        Quiet means: no command waits, no workflow is at work, and none is due.
        """
        while True:
            targets, moment, waiting = await asyncio.to_thread(self._look)
            standings = await self._ask(targets, moment)
            due = [t for t in targets if _due(standings[t], moment)]
            for target in due:
                await self._engine.advance(target, moment)
            if due:
                continue
            if not waiting and not any(each.busy for each in standings.values()):
                wakes = [each.wake for each in standings.values() if each.wake]
                return min(wakes, default=None)
            await asyncio.sleep(_LOOK)

    async def _ask(self, targets: list[str], moment: datetime) -> dict[str, Standing]:
        for target in targets:
            if target not in self._started:
                await self._engine.start(target, moment)
                self._started.add(target)
        answers = await asyncio.gather(*map(self._engine.standing, targets))
        return dict(zip(targets, answers, strict=True))

    def _look(self) -> tuple[list[str], datetime, bool]:
        with self._database.read() as session:
            clock = session.get(SteppedClock, 1)
            if clock is None:
                raise NotARehearsal
            waiting = bool(commands.heads(session))
            return open_targets(session), clock.moment, waiting

    def _step(self, moment: datetime) -> bool:
        """Set the database's clock; False when it already stands there or later."""
        with self._database.write() as session:
            clock = lock(session, SteppedClock, SteppedClock.id == 1)[0]
            if clock.moment >= moment:
                return False
            clock.moment = moment
            session.add(clock)
            return True


def _due(standing: Standing, moment: datetime) -> bool:
    return standing.wake is not None and standing.wake <= moment
