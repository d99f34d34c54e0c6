"""Rows inserted, however many, in one statement."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, inspect, literal, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, SQLModel

from store.database.given import as_lists, given, goes_as_lists

# How many an INSERT has put in is forgotten, else, where its cursor is closed.
_COUNTED: Any = {"preserve_rowcount": True}


def insert_missing(
    session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]
) -> int:
    """Insert rows in one statement; leave out those whose key is taken.

    Facts are not overwritten, and what runs twice inserts once. Return how many are
    new.
    """
    if not rows:
        return 0
    lists, values = _values(session, rows)
    statement = _missing_into(_dialect(session), table, lists)
    return session.connection().execute(statement, values).rowcount


def insert_selected(
    session: Session,
    table: type[SQLModel],
    names: Sequence[str],
    each: Select[*tuple[Any, ...]],
    values: Mapping[str, Any],
) -> int:
    """Insert a row with these *values* for *each* that a query selects under *names*.

    Those whose key is taken are left out; return how many are new.
    """
    columns = inspect(table).local_table.c
    alike = [literal(x, columns[name].type) for name, x in values.items()]
    query = each.add_columns(*alike)
    statement = _insert(session, table).from_select([*names, *values], query)
    counted = statement.on_conflict_do_nothing().execution_options(**_COUNTED)
    return session.connection().execute(counted).rowcount


def insert_all(
    session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert rows in one statement."""
    if rows:
        lists, values = _values(session, rows)
        statement = _into(_dialect(session), table, lists)
        session.connection().execute(statement, values)


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


def insert_or_change(
    session: Session,
    table: type[SQLModel],
    row: Mapping[str, Any],
    changes: Mapping[str, Any],
) -> Any:
    """Insert one row, or make *changes* to that whose key it has; return its values."""
    statement, key = _insert(session, table), inspect(table).primary_key
    over = statement.on_conflict_do_update(index_elements=key, set_=dict(changes))
    columns = inspect(table).local_table.c
    return session.connection().execute(over.returning(*columns), [row]).one()


def insert_or_take_over(
    session: Session, table: type[SQLModel], row: Mapping[str, Any], free: Any
) -> bool:
    """Insert one row, or write over that with its key where it is *free*; say whether.

    Whoever has to wait for another finds it as that one leaves it.
    """
    statement, key = _insert(session, table), inspect(table).primary_key
    over = statement.on_conflict_do_update(
        index_elements=key, set_=dict(row), where=free
    ).execution_options(**_COUNTED)
    return session.connection().execute(over, [row]).rowcount > 0


def insert_once(
    session: Session, table: type[SQLModel], row: Mapping[str, Any], *asked: Any
) -> Any:
    """Insert one row; return what is *asked* of it. None when its key is taken."""
    statement = _insert(session, table).on_conflict_do_nothing()
    answered = session.connection().execute(statement.returning(*asked), row)
    return answered.one_or_none()


def _insert(session: Session, table: type[SQLModel]) -> Any:
    return _into(_dialect(session), table)


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name


# To make these takes as long as to insert a row or two.
@cache
def _into(dialect: str, table: type[SQLModel], lists: tuple[str, ...] = ()) -> Any:
    """Insert rows by their values, or by *lists* of them, one for each name."""
    insert = (sqlite_insert if dialect == "sqlite" else postgresql_insert)(table)
    if not lists:
        return insert
    columns = inspect(table).local_table.c
    each = given({name: columns[name].type for name in lists})
    return insert.from_select(list(lists), select(each))


@cache
def _missing_into(dialect: str, table: type[SQLModel], lists: tuple[str, ...]) -> Any:
    missing = _into(dialect, table, lists).on_conflict_do_nothing()
    return missing.execution_options(**_COUNTED)


def _values(
    session: Session, rows: Sequence[Mapping[str, Any]]
) -> tuple[tuple[str, ...], Any]:
    """Say by which lists rows are inserted, if by any, and by which values."""
    if goes_as_lists(session, rows):
        return tuple(rows[0]), as_lists(rows)
    return (), list(rows)
