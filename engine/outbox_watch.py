"""Watches the rows for what is to leave the system, and wakes whoever sends it."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from time import monotonic

from domain import ids
from domain.outgoing.deliveries import Channel
from engine.client import Engine
from store.clock import now
from store.database import Database
from store.outbox.planning import is_due

logger = logging.getLogger("thidua.outbox")

_EVERY = timedelta(seconds=2)
# What is due and still there after so many seconds is told once more.
_AGAIN = 30.0


class OutboxWatch:
    """Wakes the workflow of each channel as soon as something is due on it.

    Whoever writes a notice need not know that it leaves the system. An engine that is
    away, or new, only delays: it is told again.
    """

    def __init__(
        self,
        database: Database,
        engine: Engine,
        channels: Sequence[Channel],
        every: timedelta = _EVERY,
    ) -> None:
        self._database = database
        self._engine = engine
        self._told_at: dict[Channel, float] = {}
        self._channels = channels
        self._every = every

    async def run(self, stop: asyncio.Event) -> None:
        """Look until told to stop; whatever fails only delays."""
        while not stop.is_set():
            for channel in self._channels:
                try:
                    await self._look(channel)
                except Exception as error:  # noqa: BLE001 - see above
                    logger.error("%s not woken: %s", channel, type(error).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), self._every.total_seconds())

    async def _look(self, channel: Channel) -> None:
        if not await asyncio.to_thread(self._is_due, channel):
            if channel in self._told_at:
                self._told_at[channel] = float("-inf")
                return
            # Nothing is due, but it has to be there for when something is.
        elif monotonic() - self._told_at.get(channel, float("-inf")) < _AGAIN:
            return
        await self._engine.wake(str(ids.outbox(channel)))
        self._told_at[channel] = monotonic()

    def _is_due(self, channel: Channel) -> bool:
        with self._database.read() as session:
            return is_due(session, channel, now(session))
