"""Many calls to the engine at once, but not all of them."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_AT_ONCE = 20


async def together(
    items: Iterable[Item], work: Callable[[Item], Coroutine[Any, Any, Result]]
) -> list[Result]:
    """Do *work* on each item, some at a time; return the results in their order."""
    places = asyncio.Semaphore(_AT_ONCE)

    async def one(item: Item) -> Result:
        async with places:
            return await work(item)

    return await asyncio.gather(*(one(item) for item in items))
