"""One database, SQLite or PostgreSQL: its transactions and its locks."""

import asyncio
import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import (
    Connection,
    Engine,
    bindparam,
    create_engine,
    event,
    inspect,
    literal,
    update,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import make_url
from sqlalchemy.orm.attributes import instance_state, set_committed_value
from sqlmodel import Session, SQLModel, select
from sqlmodel.sql.expression import SelectOfScalar

from store.findings.shelf import Shelf

Row = TypeVar("Row", bound=SQLModel)
Result = TypeVar("Result")
# What a transaction is judged by: the same answer says that nothing of it has changed.
Versions = Callable[[Connection], Any]

# How long a writer waits for another before it gives up, in seconds.
BUSY_SECONDS = 30
_SCRUB_SECONDS = 1
# Of the connections of a process so many are for requests that read, and for those
# that write. SQLite lets one write at a time.
READERS, _WRITERS = 16, 8
# Under which name a reading transaction carries what was found before, and how many
# rows' worth of that is kept.
SHELF = "shelf"
_ROOM = 500_000
# How many different statements are remembered, by all connections and by each. A year
# of one office has some hundreds; a forgotten one is compiled, and prepared, again.
_COMPILED, _PREPARED = 4000, 1000

# A value of so many characters is a campaign's plan, or its rules: the same again and
# again, with every act.
_LONG = 4096

_PRAGMAS = (
    "foreign_keys=ON",
    "journal_mode=WAL",
    "synchronous=FULL",
    "recursive_triggers=ON",  # else REPLACE deletes behind a DELETE trigger's back
    "secure_delete=ON",  # what was deleted is overwritten, not left in free pages
)


class Stale(Exception):
    """What was judged by has changed; nothing was written."""


class Database:
    """Opens read and write transactions; nothing else may."""

    def __init__(self, url: str, *, lasting: bool = True) -> None:
        self.url = url
        self.engine = _open(url)
        self._shelf = Shelf(_ROOM)
        if not lasting and self.engine.dialect.name == "sqlite":
            # Thrown away in the end: a power failure may have what it likes of it.
            event.listen(self.engine, "connect", _hasten_sqlite)
        at_once = 1 if self.engine.dialect.name == "sqlite" else _WRITERS
        self._writers = ThreadPoolExecutor(at_once, "writer")

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a transaction that sees one moment and writes nothing."""
        with Session(self.engine, expire_on_commit=False) as session:
            if self.engine.dialect.name == "postgresql":
                session.connection(
                    execution_options={"isolation_level": "REPEATABLE READ"}
                )
            session.info[SHELF] = self._shelf
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Open a transaction that commits when the block ends without an error."""
        with Session(self.engine, expire_on_commit=False) as session:
            if self.engine.dialect.name == "sqlite":
                # A deferred transaction that reads and then writes fails at once
                # when another wrote in between, whatever the timeout.
                session.connection(execution_options={"thidua_immediate": True})
            yield session
            session.commit()

    async def in_turn(self, work: Callable[[], Result]) -> Result:
        """Do *work*, which writes, when its turn has come.

        Nobody is refused for being one of many: whoever waits holds no connection,
        nor a thread that somebody who reads could have.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._writers, work)

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
            judging = _Judging(versions)
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
        """Give the connections back."""
        self._writers.shutdown()
        self.engine.dispose()


class _Judging:
    """A transaction of SQLite's that has not written yet, and as of when it reads."""

    def __init__(self, versions: Versions) -> None:
        self._versions = versions
        self._read: Any = None
        self._writes = False

    def begin(self, connection: Connection) -> None:
        """Remember as of when it reads."""
        self._read = self._versions(connection)

    def write(self, connection: Connection) -> None:
        """Wait for the lock, once. Raises Stale when others wrote meanwhile."""
        if self._writes:
            return
        self._writes = True
        # SQLite would refuse at once to write where anybody has written meanwhile.
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        if self._versions(connection) != self._read:
            raise Stale


def _open(url: str) -> Engine:
    shared: dict[str, Any] = {
        "pool_size": 10,
        "max_overflow": 20,
        "query_cache_size": _COMPILED,
        "hide_parameters": True,
        "json_deserializer": _read_json,
    }
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, **shared)
    own = {"timeout": BUSY_SECONDS, "cached_statements": _PREPARED}
    engine = create_engine(url, connect_args=own, **shared)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "before_cursor_execute", _write_sqlite)
    return engine


def _read_json(text: str | bytes) -> Any:
    """Read a value, a long one once: whoever changes what was read makes it anew."""
    return json.loads(text) if len(text) < _LONG else _read_long(text)


@lru_cache(maxsize=32)
def _read_long(text: str | bytes) -> Any:
    return json.loads(text)


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _hasten_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.execute("PRAGMA synchronous=OFF")


def _begin_sqlite(connection: Any) -> None:
    immediate = connection.get_execution_options().get("thidua_immediate")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _write_sqlite(
    connection: Connection, _cursor: Any, _statement: str, _values: Any, *rest: Any
) -> None:
    judging: _Judging | None = connection.get_execution_options().get("thidua_judging")
    context, _many = rest
    if judging and (context.isinsert or context.isupdate or context.isdelete):
        judging.write(connection)


def lock_shared(session: Session, table: type[Row], *where: Any) -> list[Row]:
    """Read rows so that nobody changes them before this transaction ends.

    On SQLite a write transaction already excludes every other writer.
    """
    statement = select(table).where(*where).with_for_update(read=True)
    return list(session.exec(statement).all())


def lock(session: Session, table: type[Row], *where: Any) -> list[Row]:
    """Read rows so that nobody else locks or changes them before this ends.

    Keys never change: whoever writes a row that refers to one of these need not wait,
    nor can two such wait for each other.
    """
    statement = (
        select(table)
        .where(*where)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return list(session.exec(statement).all())


def lock_rows(session: Session, column: Any, *where: Any) -> None:
    """Take rows exclusively, however many, without reading them."""
    session.exec(select(column).where(*where).with_for_update(key_share=True)).all()


def insert_missing(
    session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert rows in one statement; leave out those whose key is taken.

    Facts are not overwritten, and what runs twice inserts once.
    """
    if rows:
        statement = _insert(session, table).on_conflict_do_nothing()
        session.connection().execute(statement, list(rows))


def insert_selected(
    session: Session,
    table: type[SQLModel],
    column: str,
    each: SelectOfScalar[Any],
    values: Mapping[str, Any],
) -> None:
    """Insert a row with these *values* for *each* that a query selects as a *column*.

    Those whose key is taken are left out.
    """
    columns = inspect(table).local_table.c
    alike = [literal(x, columns[name].type) for name, x in values.items()]
    query = each.add_columns(*alike)
    statement = _insert(session, table).from_select([column, *values], query)
    session.connection().execute(statement.on_conflict_do_nothing())


def insert_all(
    session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert rows in one statement."""
    if rows:
        session.connection().execute(_insert(session, table), list(rows))


def insert_or_update(
    session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert rows in one statement; those whose key is taken are written over."""
    if not rows:
        return
    statement, key = _insert(session, table), inspect(table).primary_key
    new = {c.name: c for c in statement.excluded if c.name not in {k.name for k in key}}
    over = statement.on_conflict_do_update(index_elements=key, set_=new)
    session.connection().execute(over, list(rows))


def _insert(session: Session, table: type[SQLModel]) -> Any:
    dialect = session.get_bind().dialect.name
    return (sqlite_insert if dialect == "sqlite" else postgresql_insert)(table)


def put(row: SQLModel, **values: Any) -> None:
    """Set columns of a row that `update_all` is about to write.

    The session notices nothing, so it writes none of them by itself meanwhile.
    """
    for name, value in values.items():
        set_committed_value(row, name, value)


def update_all(session: Session, rows: Sequence[SQLModel], *names: str) -> None:
    """Write what was set in some columns of rows of one table, in one statement.

    Whoever sets them asks the database nothing in between, or the session writes them
    by itself, one statement for each set of columns that differ.
    """
    if not rows:
        return
    mapper = inspect(type(rows[0]))
    keys = [column.name for column in mapper.primary_key]
    columns = mapper.local_table.c
    statement = (
        update(mapper.local_table)
        .where(*(columns[key] == bindparam(f"the_{key}") for key in keys))
        .values({name: bindparam(name, type_=columns[name].type) for name in names})
    )
    values = [
        {f"the_{key}": getattr(row, key) for key in keys}
        | {name: getattr(row, name) for name in names}
        for row in rows
    ]
    session.connection().execute(statement, values)
    for row in rows:
        for name in names if instance_state(row).modified else ():
            set_committed_value(row, name, getattr(row, name))


def insert_once(
    session: Session, table: type[Row], row: Mapping[str, Any], *more: Any
) -> Any:
    """Insert one row; return it as it stands, and what *more* is asked with it.

    None when its key is taken.
    """
    statement = _insert(session, table).on_conflict_do_nothing()
    return session.execute(statement.returning(table, *more), [row]).one_or_none()
