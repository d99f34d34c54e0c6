"""The floor: the rows that a phase left behind, inserted again, and nothing else.

By plain statements, in as many transactions as the phase committed, with their keys
and indexes; without triggers, engine or HTTP.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from sqlalchemy import Connection, Table, text
from sqlmodel import SQLModel

from bench.gauges import spent, spent_with_children
from bench.house import Kind
from store.database import Database
from tests.postgres import SAFE, run_sql, server

Rows = dict[str, list[dict[str, Any]]]
# What was there before the phase began.
_OFFICE = {
    "people",
    "departments",
    "service_spans",
    "appointments",
    "ratings",
    "council_seats",
    "recognitions",
    "past_awards",
    "disciplines",
    "leaves",
    "stepped_clock",
    "calendar_overrides",
    "posts",
}


def rows_of(database: Database) -> Rows:
    """Read every row of a database."""
    with database.engine.connect() as connection:
        return {
            table.name: [
                dict(row._mapping) for row in connection.execute(table.select())
            ]
            for table in SQLModel.metadata.sorted_tables
        }


def insert_again(kind: Kind, rows: Rows, commits: int, lines: int) -> dict[str, Any]:
    """Insert what a phase of so many lines left behind; say what that takes."""
    with _empty(kind) as (database, pid):
        SQLModel.metadata.create_all(database.engine)
        _transaction(database, [(each, rows[each.name]) for each in _tables(_OFFICE)])
        pieces = list(_pieces(rows, commits))
        mine, theirs, began = (
            spent(os.getpid()),
            spent_with_children(pid),
            perf_counter(),
        )
        for piece in pieces:
            _transaction(database, [piece])
        seconds = perf_counter() - began
        cpu = {
            "process": spent(os.getpid()) - mine,
            "postgres": spent_with_children(pid) - theirs,
        }
    return {
        "lines": lines,
        "rows": sum(len(piece) for _, piece in pieces),
        "transactions": len(pieces),
        "seconds": round(seconds, 3),
        "per_second": round(lines / seconds, 1),
        "cpu_ms": round(1000 * sum(cpu.values()) / lines, 3),
        "cpu_ms_by_process": {n: round(1000 * s / lines, 3) for n, s in cpu.items()},
    }


def _tables(names: set[str]) -> Iterator[Table]:
    return (each for each in SQLModel.metadata.sorted_tables if each.name in names)


def _pieces(rows: Rows, commits: int) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    """Cut the phase's own rows into so many transactions, about."""
    mine = list(_tables({name for name in rows if name not in _OFFICE}))
    size = max(1, sum(len(rows[each.name]) for each in mine) // commits)
    for table in mine:
        for at in range(0, len(rows[table.name]), size):
            yield table, rows[table.name][at : at + size]


def _transaction(
    database: Database, pieces: Sequence[tuple[Table, list[dict[str, Any]]]]
) -> None:
    with database.engine.begin() as connection:
        _in_any_order(connection)
        for table, rows in pieces:
            if rows:
                connection.execute(table.insert(), rows)


def _in_any_order(connection: Connection) -> None:
    """Let a row come before the one that it refers to."""
    postgres = connection.dialect.name == "postgresql"
    connection.execute(
        text("SET session_replication_role = replica")
        if postgres
        else text("PRAGMA defer_foreign_keys = ON")
    )


@contextmanager
def _empty(kind: Kind) -> Iterator[tuple[Database, int]]:
    """Make an empty database; yield it with its process, 0 where it has none."""
    if kind == "sqlite":
        with TemporaryDirectory(prefix="thidua-floor-") as folder:
            database = Database(f"sqlite:///{Path(folder) / 'floor.db'}")
            yield database, 0
            database.close()
        return
    with server(options=SAFE) as made:
        run_sql(made.address, "CREATE DATABASE floor")
        database = Database(f"{made.address}floor")
        yield database, made.pid
        database.close()
