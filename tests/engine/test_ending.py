"""A worker ends in time, or is left behind."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from engine.ending import ended_within

SOON = timedelta(seconds=0.05)


@asynccontextmanager
async def endless() -> AsyncIterator[None]:
    """Work that is never done with ending."""
    try:
        yield
    finally:
        await asyncio.Event().wait()


async def test_a_worker_that_does_not_end_is_left(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with ended_within(SOON, endless()):
        done = True

    assert done
    assert [each.message for each in caplog.records] == [
        "the worker did not end within 0:00:00.050000: it is left"
    ]


async def test_a_worker_works_for_as_long_as_it_is_wanted() -> None:
    async with ended_within(SOON, endless()):
        await asyncio.sleep(3 * SOON.total_seconds())
        done = True

    assert done


async def test_what_fails_beside_a_worker_that_does_not_end_is_not_hidden() -> None:
    with pytest.raises(ValueError, match="a mistake"):
        async with ended_within(SOON, endless()):
            raise ValueError("a mistake")


async def test_a_time_that_runs_out_in_the_block_is_nobody_elses() -> None:
    with pytest.raises(TimeoutError):
        async with ended_within(timedelta(seconds=5), asyncio.timeout(0.01)):
            await asyncio.Event().wait()
