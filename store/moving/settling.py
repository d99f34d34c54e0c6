"""An office put into an empty database, in one transaction: whole, or not at all."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Integer, Table, delete, func, insert, text
from sqlalchemy import select as sql
from sqlmodel import Session, col, select

from store.moving.rows import arriving, tables
from store.tables import Chain, VotingRound

_AT_ONCE = 500
_REVISION = text("SELECT version_num FROM alembic_version")
# The office's record waits, empty, for its first act.
_HELD = {Chain.__tablename__: (col(Chain.seq) > 0,)}
_WATCHES = text(
    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :of"
)
# A line comes in with the state that its moves have led to; else it begins anew.
_MOVED = "nominations"


def revision(session: Session) -> str:
    """Say which release's tables a database has."""
    found: str = session.connection().execute(_REVISION).scalar_one()
    return found


def votes_are_open(session: Session) -> bool:
    """Say whether somebody may still cast a sealed sheet: it stays with its key."""
    still = select(VotingRound.number).where(
        col(VotingRound.public_key).is_not(None),
        col(VotingRound.closed_at).is_(None),
    )
    return session.connection().execute(still).first() is not None


def occupied(session: Session) -> str | None:
    """Name a table that is not empty; None in an office that nobody has moved into."""
    connection = session.connection()
    for table in tables():
        rows = sql(table).where(*_HELD.get(table.name, ())).limit(1)
        if connection.execute(rows).first() is not None:
            return table.name
    return None


def settle(session: Session, lines: Mapping[str, Iterable[bytes]]) -> dict[str, int]:
    """Put every row in its table; count them. Raises NotARow, and IntegrityError.

    It is the owner of the tables who may. Of tables without lines nothing comes.
    """
    connection = session.connection()
    many: dict[str, int] = {}
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    if Chain.__tablename__ in lines:
        connection.execute(delete(Chain).where(col(Chain.seq) == 0))
    for table in tables():
        rows = (arriving(table, line) for line in lines.get(table.name, ()))
        with _unwatched(connection, table):
            many[table.name] = _insert(connection, table, _parents_first(table, rows))
        _count_on(connection, table)
    return many


def _insert(
    connection: Connection, table: Table, rows: Iterable[dict[str, Any]]
) -> int:
    many, each = 0, iter(rows)
    while some := list(islice(each, _AT_ONCE)):
        connection.execute(insert(table), some)
        many += len(some)
    return many


def _parents_first(
    table: Table, rows: Iterable[dict[str, Any]]
) -> Iterable[dict[str, Any]]:
    """Put what others of the same table refer to before them."""
    own = [
        c for c in table.columns for key in c.foreign_keys if key.column.table is table
    ]
    if not own:
        return rows
    [refers], [key] = own, table.primary_key.columns
    return _in_order(list(rows), refers.name, key.name)


def _in_order(
    rows: list[dict[str, Any]], refers: str, key: str
) -> Iterator[dict[str, Any]]:
    here: set[Any] = {None}
    while rows:
        ready = [row for row in rows if row[refers] in here]
        yield from ready or rows  # one that refers to nothing: the database refuses it
        here |= {row[key] for row in ready}
        rows = [row for row in rows if row[refers] not in here] if ready else []


@contextmanager
def _unwatched(connection: Connection, table: Table) -> Iterator[None]:
    """Let lines come in as they stand; the watch is back with the end of the block."""
    if table.name != _MOVED:
        yield
        return
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"ALTER TABLE {_MOVED} DISABLE TRIGGER USER")
        yield
        connection.exec_driver_sql(f"ALTER TABLE {_MOVED} ENABLE TRIGGER USER")
        return
    watches = connection.execute(_WATCHES, {"of": _MOVED}).all()
    for name, _ in watches:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for _, made in watches:
        connection.exec_driver_sql(made)


def _count_on(connection: Connection, table: Table) -> None:
    """Let PostgreSQL number new rows after those that came with a number."""
    keys = list(table.primary_key.columns)
    numbered = len(keys) == 1 and isinstance(keys[0].type, Integer)
    if connection.dialect.name != "postgresql" or not numbered:
        return
    place = func.pg_get_serial_sequence(table.name, keys[0].name)
    last = sql(func.max(keys[0])).scalar_subquery()
    connection.execute(sql(func.setval(place, last)).where(last.is_not(None)))
