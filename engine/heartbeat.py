"""While an activity runs, its worker says so: a dead one's work is soon handed on."""

import asyncio
from collections.abc import Sequence
from typing import Any

from temporalio import activity
from temporalio.worker import (
    ActivityInboundInterceptor,
    ActivityOutboundInterceptor,
    ExecuteActivityInput,
    Interceptor,
)

_EVERY = 0.5  # seconds


class Heartbeat(Interceptor):
    """Sends the heartbeats of every activity for which the engine expects some."""

    def intercept_activity(
        self, next: ActivityInboundInterceptor
    ) -> ActivityInboundInterceptor:
        """Stand before every activity."""
        return _Beating(next)


class _Beating(ActivityInboundInterceptor):
    def init(self, outbound: ActivityOutboundInterceptor) -> None:
        # An activity in a thread gets a heartbeat that waits for this loop; ours
        # runs on it.
        self._heard = _Hearing(outbound)
        super().init(self._heard)

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        if activity.info().heartbeat_timeout is None:
            return await self.next.execute_activity(input)
        beating = asyncio.create_task(self._keep_beating())
        try:
            return await self.next.execute_activity(input)
        finally:
            beating.cancel()

    async def _keep_beating(self) -> None:
        while True:
            await asyncio.sleep(_EVERY)
            self._heard.beat_again()


class _Hearing(ActivityOutboundInterceptor):
    """Hears how far an activity says that it has come: each beat says it again."""

    def __init__(self, next: ActivityOutboundInterceptor) -> None:
        super().__init__(next)
        self._said: Sequence[Any] | None = None

    def heartbeat(self, *details: Any) -> None:
        self._said = details
        if activity.info().heartbeat_timeout is not None:
            super().heartbeat(*details)

    def beat_again(self) -> None:
        # What an earlier try has said, until this one says something itself.
        earlier = activity.info().heartbeat_details
        super().heartbeat(*(earlier if self._said is None else self._said))
