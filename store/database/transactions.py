"""One database, SQLite or PostgreSQL: its transactions."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import event, inspect
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session, SQLModel

from store.database.grouping import Grouped
from store.database.judging import Judging, Versions
from store.database.opening import hasten_sqlite, open_engine
from store.database.reading import ReadingSession
from store.database.shelf import Shelf
from store.faults import is_held

Item = TypeVar("Item")
Result = TypeVar("Result")
# What is done to each of some items, in one transaction; it answers in their order.
Work = Callable[[Session, Sequence[Item]], Sequence[Result]]

_SCRUB_SECONDS = 1
_IMPATIENT = "SET LOCAL lock_timeout = '200ms'"
# Of the connections of a process so many are for requests that read, and for those
# that write. SQLite lets one write at a time.
READERS, _WRITERS = 16, 8
# Under which name a reading transaction carries what was found before, and how many
# rows' worth of that is kept.
SHELF = "shelf"
_ROOM = 500_000


class Database:
    """Opens read and write transactions; nothing else may."""

    def __init__(self, url: str, *, lasting: bool = True) -> None:
        self.url = url
        self.engine = open_engine(url)
        self._shelf = Shelf(_ROOM)
        self._groups: dict[Any, Grouped[Any, Any]] = {}
        if not lasting and self.engine.dialect.name == "sqlite":
            # Thrown away in the end: a power failure may have what it likes of it.
            event.listen(self.engine, "connect", hasten_sqlite)
        at_once = 1 if self.engine.dialect.name == "sqlite" else _WRITERS
        self._writers = ThreadPoolExecutor(at_once, "writer")

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a transaction that sees one moment and writes nothing."""
        with ReadingSession(self.engine) as session:
            if self.engine.dialect.name == "postgresql":
                session.connection(
                    execution_options={"isolation_level": "REPEATABLE READ"}
                )
            session.info[SHELF] = self._shelf
            yield session
            if self.engine.dialect.name == "postgresql":
                # Not rolled back: with that psycopg forgets all that it has prepared.
                session.connection().connection.commit()

    @contextmanager
    def write(self, *, impatient: bool = False) -> Iterator[Session]:
        """Open a transaction that commits when the block ends without an error.

        One that is *impatient* waits for no row that somebody else holds for long.
        """
        with Session(self.engine, expire_on_commit=False) as session:
            if self.engine.dialect.name == "sqlite":
                # A deferred transaction that reads and then writes fails at once
                # when another wrote in between, whatever the timeout.
                session.connection(execution_options={"thidua_immediate": True})
            elif impatient:
                session.connection().exec_driver_sql(_IMPATIENT)
            yield session
            session.commit()

    def together(self, work: Work[Item, Result], item: Item) -> Result:
        """Do *work*, which writes, on an item and on those of who asks meanwhile.

        Of several all is written, or nothing: where one cannot be, each is done by
        itself. So is one that meets a row that others hold, and nobody waits with it.
        """
        if work not in self._groups:
            at_once, alone = partial(self._at_once, work), partial(self._alone, work)
            self._groups.setdefault(work, Grouped(at_once, alone))
        result: Result = self._groups[work].do(item)
        return result

    def _at_once(
        self, work: Work[Item, Result], items: Sequence[Item]
    ) -> Sequence[Result]:
        try:
            with self.write(impatient=True) as session:
                return work(session, items)
        except Exception as error:
            if len(items) > 1 or is_held(error):
                return ()
            raise

    def _alone(self, work: Work[Item, Result], item: Item) -> Result:
        with self.write() as session:
            return work(session, [item])[0]

    async def in_turn(self, work: Callable[[], Result]) -> Result:
        """Do *work*, which writes, when its turn has come.

        Nobody is refused for being one of many: whoever waits holds no connection,
        nor a thread that somebody who reads could have.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._writers, work)

    def later(self, work: Callable[[], object]) -> None:
        """Do *work*, which writes, when its turn has come; nobody waits for it."""
        self._writers.submit(work)

    @contextmanager
    def judge(self, versions: Versions) -> Iterator[Session]:
        """Open a transaction that reads and judges first, and writes in the end.

        SQLite has one lock for all who write. It is taken here with the first statement
        that writes; until then others write, and what *versions* answers must be the
        same as in the beginning. PostgreSQL locks row by row, as it is asked to.

        Raises Stale when it is not: nothing was written, and all is to be done again.
        """
        if self.engine.dialect.name != "sqlite":
            with self.write() as session:
                yield session
            return
        with Session(self.engine, expire_on_commit=False) as session:
            judging = Judging(versions)
            options = {"thidua_judging": judging}
            judging.begin(session.connection(execution_options=options))
            yield session
            session.commit()

    def scrub(self, table: type[SQLModel]) -> None:
        """Take what was deleted from a table out of the files, as far as that goes.

        Best effort: another reader may keep it there for a while.
        """
        if self.engine.dialect.name == "sqlite":
            name = self.engine.url.database or ""
            # Nobody writes while it waits for readers.
            with closing(sqlite3.connect(name, timeout=_SCRUB_SECONDS)) as file:
                file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        name = inspect(table).local_table.name
        with self.engine.connect() as connection:
            alone = connection.execution_options(isolation_level="AUTOCOMMIT")
            alone.exec_driver_sql(f"VACUUM {name}")

    def close(self) -> None:
        """Close the connections; one that is still in use, when it is given back."""
        self._writers.shutdown()
        event.listen(self.engine.pool, "checkin", _close)
        self.engine.dispose()


def _close(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    connection.close()
