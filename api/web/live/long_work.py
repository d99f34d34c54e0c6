"""Long work that somebody asks for: it goes on while they are away."""

import asyncio
import logging
from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

from api.web.words import gettext
from store.faults import told

# So many of a kind are kept once they are over.
_KEPT = 20
_FAILED = gettext("Việc này dừng giữa chừng; hãy thử lại.")
_log = logging.getLogger(__name__)


class LongWork(ABC):
    """Work that nobody waits for; it takes *at_most* so many seconds.

    *said* is why it ended before it should.
    """

    at_most = 300.0
    said = ""
    over = False

    @property
    @abstractmethod
    def percent(self) -> int:
        """Say how much of it is done."""

    @abstractmethod
    async def run(self) -> None:
        """Do it; whatever this raises ends it."""


Work = TypeVar("Work", bound=LongWork)


class LongWorks(Generic[Work]):
    """The works of one kind in this process: one after the other, of each the last.

    They are kept in memory alone, by whose they are.
    """

    def __init__(self) -> None:
        self._last: OrderedDict[Hashable, Work] = OrderedDict()
        self._turn = asyncio.Lock()
        self._tasks = set[asyncio.Task[None]]()

    def of(self, whose: Hashable) -> Work | None:
        """Give the last one that was asked for."""
        return self._last.get(whose)

    def begin(self, whose: Hashable, work: Work) -> None:
        """Let it be done, unless one of theirs still is."""
        known = self._last.get(whose)
        if known is not None and not known.over:
            return
        self._last[whose] = work
        self._last.move_to_end(whose)
        for other in [key for key, each in self._last.items() if each.over]:
            if len(self._last) > _KEPT:
                del self._last[other]
        task = asyncio.create_task(self._do(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _do(self, work: Work) -> None:
        try:
            async with self._turn, asyncio.timeout(work.at_most):
                await work.run()
        except Exception as error:  # noqa: BLE001 - who comes back hears it
            _log.error("a long work ended before it should: %s", told(error))
            work.said = _FAILED
        finally:
            work.over = True
