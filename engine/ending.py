"""A worker ends in time, or is left behind."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from typing import Any

logger = logging.getLogger("thidua.worker")


@asynccontextmanager
async def ended_within(
    patience: timedelta, worker: AbstractAsyncContextManager[Any]
) -> AsyncIterator[None]:
    """Run a worker for the length of the block, and wait so long for its end.

    The SDK has been seen to wait for ever for the end of what it had done already.
    Nothing is lost with a worker that is left: to the engine it is one that was killed.
    """
    left, failed = asyncio.timeout(None), None
    try:
        async with left, worker:
            try:
                yield
            except BaseException as error:
                failed = error
                raise
            finally:
                now = asyncio.get_running_loop().time()
                left.reschedule(now + patience.total_seconds())
    except TimeoutError:
        if not left.expired():
            raise
        logger.error("the worker did not end within %s: it is left", patience)
        if failed:
            raise failed from None
