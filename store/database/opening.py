"""A connection to either database, as it is opened."""

import json
import sqlite3
from functools import lru_cache
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url

from store.database.judging import write_sqlite

# How long a writer waits for another before it gives up, in seconds.
BUSY_SECONDS = 30
# How many different statements are remembered, by all connections and by each. A year
# of one office has some hundreds; a forgotten one is compiled, and prepared, again.
_COMPILED, _PREPARED = 4000, 1000
# As many as ask at once, and all stay: one that is opened for a moment prepares anew.
_CONNECTIONS = 30
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


def open_engine(url: str) -> Engine:
    """Open a database, by its address."""
    shared: dict[str, Any] = {
        "pool_size": _CONNECTIONS,
        "max_overflow": 0,
        "pool_use_lifo": True,  # a few connections that have all prepared, not many
        "query_cache_size": _COMPILED,
        "hide_parameters": True,
        "json_deserializer": _read_json,
    }
    if make_url(url).get_backend_name() != "sqlite":
        engine = create_engine(url, pool_pre_ping=True, **shared)
        event.listen(engine, "connect", _prepare_postgres)
        return engine
    own = {"timeout": BUSY_SECONDS, "cached_statements": _PREPARED}
    engine = create_engine(url, connect_args=own, **shared)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "before_cursor_execute", write_sqlite)
    return engine


def _read_json(text: str | bytes) -> Any:
    """Read a value, a long one once: whoever changes what was read makes it anew."""
    if text == "[]":  # as most of what a line may have a list of
        return []
    return json.loads(text) if len(text) < _LONG else _read_long(text)


@lru_cache(maxsize=32)
def _read_long(text: str | bytes) -> Any:
    return json.loads(text)


def _prepare_postgres(connection: Any, _record: Any) -> None:
    from store.database.lists import QuotedList  # noqa: PLC0415 - loads psycopg

    connection.adapters.register_dumper(list, QuotedList)
    connection.prepared_max = _PREPARED  # 100 by itself: fewer than we have
    # At its first use: acts come over many connections, and each would read and plan a
    # statement five times before it remembers it.
    connection.prepare_threshold = 0


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def hasten_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    """Let a connection not wait for the disk."""
    connection.execute("PRAGMA synchronous=OFF")


def _begin_sqlite(connection: Any) -> None:
    immediate = connection.get_execution_options().get("thidua_immediate")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
