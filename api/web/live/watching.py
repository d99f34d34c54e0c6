"""One watcher a process, for all who listen: has a record grown, or been voted?"""

import asyncio
import logging
from collections.abc import AsyncIterator

from sqlalchemy.exc import SQLAlchemyError

from store import record
from store.accounts.asking import holding
from store.database import Database
from store.faults import told
from store.voting import turnout

# Seconds between two looks; after so many looks an open stream says that it is there.
_EVERY, _QUIET = 1.0, 20
# So many streams a process, and of one session: a browser has some tabs open.
_MOST, _EACH = 500, 8
MOVED, THERE = b"event: moved\ndata:\n\n", b":\n\n"
_log = logging.getLogger(__name__)


class Listener:
    """One page that listens, by the digest of its session."""

    def __init__(self, session: str) -> None:
        self.session = session
        self.waiting: asyncio.Queue[bytes | None] = asyncio.Queue(4)

    def tell(self, what: bytes | None) -> None:
        """Pass on that something moved, or that it ends; who is slow misses some."""
        if what is None and self.waiting.full():
            self.waiting.get_nowait()
        if not self.waiting.full():
            self.waiting.put_nowait(what)


class RecordWatcher:
    """Looks at the heads of all records, and the turnout, while anybody listens."""

    def __init__(self, database: Database, every: float = _EVERY) -> None:
        self._database, self._every = database, every
        self._listening: set[Listener] = set()
        self._task: asyncio.Task[None] | None = None

    def place_for(self, session: str) -> Listener | None:
        """Let one more listen; None where too many do."""
        own = sum(each.session == session for each in self._listening)
        if own >= _EACH or len(self._listening) >= _MOST:
            return None
        listener = Listener(session)
        self._listening.add(listener)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._watch())
        return listener

    async def stream(self, listener: Listener) -> AsyncIterator[bytes]:
        """Give what is told, until the session ends or nobody reads any more."""
        try:
            yield THERE
            while (said := await listener.waiting.get()) is not None:
                yield said
        finally:
            self._listening.discard(listener)

    async def _watch(self) -> None:
        heads, looks = None, 0
        try:
            while self._listening:
                known = {each.session for each in self._listening}
                found, holding = await asyncio.to_thread(self._look, known)
                looks += 1
                self._tell_ended(known - holding)
                if heads is not None and found != heads:
                    self._tell(MOVED)
                elif looks % _QUIET == 0:
                    self._tell(THERE)
                heads = found
                await asyncio.sleep(self._every)
        except SQLAlchemyError as error:  # it is away: pages go on without
            _log.error("nobody is told any more of what moves: %s", told(error))
            self._tell(None)

    def _tell(self, what: bytes | None) -> None:
        for each in self._listening:
            each.tell(what)

    def _tell_ended(self, sessions: set[str]) -> None:
        for each in self._listening:
            if each.session in sessions:
                each.tell(None)

    def _look(self, known: set[str]) -> tuple[object, frozenset[str]]:
        with self._database.read() as session:
            seen = record.heads(session), turnout(session)
            return seen, holding(session, known)
