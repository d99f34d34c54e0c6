"""The conductor of a rehearsal: moves the stepped clock of everything at once."""

import asyncio
from datetime import datetime

from engine.client import Engine
from engine.messages import Advanced
from engine.situations import open_targets
from store import commands
from store.database import Database, lock
from store.tables import SteppedClock

_LOOK = 0.01  # seconds between looks


class NotARehearsal(Exception):
    """The database goes by its own clock; nobody may step it."""


class Conductor:
    """Moves a rehearsal's time, and only once everything is quiet.

    Every open workflow is stepped, not only those that are due: one that were
    signalled without would act by an old clock.
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
                break
        await self.settle()

    async def settle(self) -> datetime | None:
        """Let everything that is due happen; return when something next wakes.

        Quiet means: no command waits, and two looks find the same turns.
        """
        before: dict[str, Advanced] | None = None
        while True:
            seen = await self._look()
            if seen == before and not await asyncio.to_thread(self._waiting):
                wakes = [each.wake for each in seen.values() if each.wake]
                return min(wakes, default=None)
            if seen == before:
                await asyncio.sleep(_LOOK)
            before = seen

    async def _look(self) -> dict[str, Advanced]:
        targets, moment = await asyncio.to_thread(self._open)
        for target in targets:
            if target not in self._started:
                await self._engine.start(target, moment)
                self._started.add(target)
        answers = [(t, await self._engine.advance(t, moment)) for t in targets]
        return {target: answer for target, answer in answers if answer is not None}

    def _open(self) -> tuple[list[str], datetime]:
        with self._database.read() as session:
            clock = session.get(SteppedClock, 1)
            if clock is None:
                raise NotARehearsal
            return open_targets(session), clock.moment

    def _waiting(self) -> bool:
        with self._database.read() as session:
            return bool(commands.heads(session))

    def _step(self, moment: datetime) -> bool:
        """Set the database's clock; False when it already stands there or later."""
        with self._database.write() as session:
            clock = lock(session, SteppedClock, SteppedClock.id == 1)[0]
            if clock.moment >= moment:
                return False
            clock.moment = moment
            session.add(clock)
            return True
