"""The dispatcher: brings to the engine what the desk could not, or died over."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from itertools import chain
from time import monotonic
from uuid import UUID, uuid4

from engine.client import Engine, Sent
from engine.line import Refs, settle, turn_away, waiting
from engine.open_workflows import each_of
from engine.situations import is_over
from engine.together import together
from store import commands, leases
from store.database import Database
from store.failpoints import failpoint
from store.tables import Command

logger = logging.getLogger("thidua.dispatcher")

_LEASE = "dispatcher"
_LEASE_TIME = timedelta(seconds=5)
_PATIENCE = timedelta(seconds=4)

# After so many seconds nobody will hear any more from the engine that it has followed
# up an act: whoever would has noted it by then, or died.
_OVERDUE = 4
_AT_A_LOOK = 100


class Dispatcher:
    """Sends waiting commands, those of a target together, in their order.

    Only the holder of the lease sends; a second dispatcher waits for its turn.
    Two that both believe to hold it do no harm: the command's row is the guard.
    *besides* is what else has come due in the rows that no workflow keeps a clock for.
    """

    def __init__(
        self,
        database: Database,
        engine: Engine,
        interval: timedelta = timedelta(seconds=1),
        besides: Callable[[Database], None] | None = None,
    ) -> None:
        self._database = database
        self._engine = engine
        self._interval = interval
        self._besides = besides
        self._holder = uuid4().hex
        self._seen: set[UUID] = set()
        self._owing: dict[UUID, float] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Look for waiting commands until told to stop.

        Whatever fails only delays: what waits is in its rows, and nobody else
        would notice a dispatcher that had ended.
        """
        while not stop.is_set():
            try:
                if await asyncio.to_thread(self._take_lease):
                    await self.sweep()
                    await self.follow_up()
                    if self._besides is not None:
                        await asyncio.to_thread(self._besides, self._database)
            except Exception as error:  # noqa: BLE001 - see above
                logger.error("a sweep failed: %s", type(error).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), self._interval.total_seconds())

    async def sweep(self) -> None:
        """Send what waits for each target whose oldest waited at the last look.

        A command seen for the first time is still in the hands of the desk.
        """
        heads = await asyncio.to_thread(self._heads)
        waited = [command.target for command in heads if command.id in self._seen]
        self._seen = {command.id for command in heads}
        await together(waited, self._drain)

    async def follow_up(self) -> None:
        """Start and wake whom acts concern that the engine did not answer for in time.

        An act is applied beside the workflow task, and the engine knows of it by the
        end of that: when it dies before, it has forgotten what was to follow.
        """
        owed, now = await asyncio.to_thread(self._owed), monotonic()
        self._owing = {each.id: self._owing.get(each.id, now) for each in owed}
        late = [each for each in owed if now - self._owing[each.id] >= _OVERDUE]
        if late:
            start, wake = await asyncio.to_thread(self._concerned, late)
            await together(start, self._engine.start)
            await together(wake, self._engine.wake)
            await self._settle([each.id for each in late])

    def _owed(self) -> list[commands.Owed]:
        with self._database.read() as session:
            return commands.owed(session, _AT_A_LOOK)

    def _concerned(self, late: Sequence[commands.Owed]) -> tuple[list[str], list[str]]:
        start = dict.fromkeys(chain.from_iterable(each.start for each in late))
        with self._database.read() as session:
            own = [each.target for each in late if not is_over(session, each.target)]
            wake = dict.fromkeys([*own, *chain.from_iterable(e.wake for e in late)])
            return each_of(session, start), each_of(session, wake)

    async def _settle(self, ids: Sequence[UUID]) -> None:
        await asyncio.to_thread(settle, self._database, ids)

    async def _drain(self, target: str) -> None:
        """Send all that waits for a target, as long as there is a getting on."""
        before: Refs = ()
        while refs := await asyncio.to_thread(waiting, self._database, target):
            if refs[0] in before or not await self._send(target, refs):
                return
            before = refs

    async def _send(self, target: str, refs: Refs) -> bool:
        failpoint("dispatch.before_send")
        sent = await self._engine.send(target, refs, _PATIENCE)
        failpoint("dispatch.after_send")
        if sent is Sent.OVER:
            await asyncio.to_thread(turn_away, self._database, target, refs)
        if sent is Sent.ENDED:
            await self._settle([ref.id for ref in refs])
        if sent is not Sent.AWAY:
            await asyncio.to_thread(self._take_lease)
        return sent is not Sent.AWAY

    def _heads(self) -> list[Command]:
        with self._database.read() as session:
            return commands.heads(session)

    def _take_lease(self) -> bool:
        return leases.take(self._database, _LEASE, self._holder, _LEASE_TIME)
