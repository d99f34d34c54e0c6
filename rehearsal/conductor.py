"""The conductor of a rehearsal: moves the stepped clock of everything at once."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

from engine.messages import RunStatus
from engine.open_workflows import each_of, open_targets
from engine.situations import is_over
from rehearsal.engine import RehearsedEngine
from store import commands
from store.clock import step
from store.database import Database
from store.rehearsed import Glance, glance

_LOOK = 0.01  # seconds between looks
# How many workflows are asked at once: over a thousand the engine refuses, and of
# hundreds the last may wait too long for a worker that has to read each anew.
_AT_ONCE = 50


class Conductor:
    """Moves a rehearsal's time, and only once everything is quiet.

    Only what is due is stepped, one after the other and in a fixed order; whoever
    is told something later learns the time with it. Only those that something has
    reached since they were last asked are asked again: an act, a step of the clock,
    or word from another workflow.

    It reads without a thread of its own: that is soon done. To step it may have to wait
    for who writes just then, and needs this loop to end.
    """

    def __init__(self, database: Database, engine: RehearsedEngine) -> None:
        self._database = database
        self._engine = engine
        # When each workflow next wants to wake, as it said when it was last quiet.
        self._wakes: dict[str, datetime | None] = {}
        self._stirred: set[str] = set()
        self._told: dict[str, int] = {}
        self._ended: frozenset[commands.CommandEnd] | None = None
        # How things stood at the last look.
        self._seen = Glance(datetime.min.replace(tzinfo=UTC), 0, -1, -1)
        # What is open, as the last look had it: only an act changes it.
        self._targets: list[str] = []
        self._places = asyncio.Semaphore(_AT_ONCE)

    async def advance_to(self, moment: datetime) -> None:
        """Step through every moment at which something wakes, up to *moment*.

        Raises NotARehearsal.
        """
        while True:
            wake = await self.settle()
            following = moment if wake is None else min(wake, moment)
            if following <= self._seen.moment:
                return
            await asyncio.to_thread(self._step, following)

    def _step(self, moment: datetime) -> None:
        with self._database.write() as session:
            step(session, moment)

    async def settle(self) -> datetime | None:
        """Let everything that is due happen; return when something next wakes.

        Quiet means: no command waits, no workflow is at work, and none is due.
        """
        while True:
            targets, waiting = self._look()
            if await self._ask() or waiting:
                await asyncio.sleep(_LOOK)
            elif not self._stirred and not (
                await self._meet(targets) or await self._advance(targets)
            ):
                wakes = (self._wakes[target] for target in targets)
                return min((wake for wake in wakes if wake), default=None)

    async def _advance(self, targets: list[str]) -> bool:
        """Step the first workflow that is due; say whether there was one."""
        for target in targets:
            wake = self._wakes[target]
            if wake is not None and wake <= self._seen.moment:
                standing = await self._engine.advance(target, self._seen.moment)
                await self._hear(target, standing)
                return True
        return False

    async def _meet(self, targets: list[str]) -> bool:
        """Start whoever is new, of whom no other has told; say whether somebody is."""
        new = [target for target in targets if target not in self._wakes]
        for target in new:
            await self._engine.start(target)
            self._wakes[target] = None
        self._stirred.update(new)
        return bool(new)

    async def _ask(self) -> bool:
        """Ask those that were stirred how they stand; say whether one is at work."""
        asked, self._stirred = sorted(self._stirred), set()
        over = self._over(asked)
        answers = await asyncio.gather(
            *(self._standing(each, over=each in over) for each in asked)
        )
        for target, standing in zip(asked, answers, strict=True):
            await self._hear(target, standing)
        return any(standing.busy for standing in answers)

    async def _standing(self, target: str, *, over: bool) -> RunStatus:
        async with self._places:
            return await self._engine.standing(target, over=over)

    async def _hear(self, target: str, standing: RunStatus) -> None:
        """Note when it wakes, and whom it has told something since."""
        if standing.busy:
            self._stirred.add(target)
            return
        self._wakes[target] = standing.wake
        heard = self._told.get(target, 0)
        if heard > len(standing.told):
            heard = 0  # it has renewed itself
        if told := standing.told[heard:]:
            self._stirred.update(self._each_of(told))
        self._told[target] = len(standing.told)

    def _over(self, targets: Sequence[str]) -> set[str]:
        going_on = set(self._targets)
        doubtful = [target for target in targets if target not in going_on]
        if not doubtful:
            return set()
        with self._database.read() as session:
            return {target for target in doubtful if is_over(session, target)}

    def _each_of(self, targets: Sequence[str]) -> list[str]:
        with self._database.read() as session:
            return each_of(session, targets)

    def _look(self) -> tuple[list[str], bool]:
        with self._database.read() as session:
            last, self._seen = self._seen, glance(session)
            if (last.waiting, last.tries) != (self._seen.waiting, self._seen.tries):
                self._notice(commands.ended(session))
            if last.acts != self._seen.acts:
                self._targets = open_targets(session)
            return self._targets, bool(self._seen.waiting)

    def _notice(self, ended: frozenset[commands.CommandEnd]) -> None:
        if self._ended is not None:
            self._stirred.update(end.target for end in ended - self._ended)
        self._ended = ended
