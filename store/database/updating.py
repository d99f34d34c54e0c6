"""Rows changed, however many, in one statement."""

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import bindparam, inspect, update
from sqlalchemy.orm.attributes import instance_state, set_committed_value
from sqlmodel import Session, SQLModel

from store.database.given import as_lists, given, goes_as_lists

Row = TypeVar("Row", bound=SQLModel)


def put(row: SQLModel, **values: Any) -> None:
    """Set columns of a row that `update_all` is about to write.

    The session notices nothing, so it writes none of them by itself meanwhile.
    """
    state = instance_state(row)
    state.dict.update(values)
    for name in values:
        state.committed_state.pop(name, None)


def update_all(session: Session, rows: Sequence[SQLModel], *names: str) -> None:
    """Write what was set in some columns of rows of one table, in one statement.

    Whoever sets them asks the database nothing in between, or the session writes them
    by itself, one statement for each set of columns that differ.
    """
    if not rows:
        return
    table = inspect(type(rows[0])).local_table
    of = {f"the_{key.name}": key for key in table.primary_key}
    of |= {name: table.c[name] for name in names}
    values = [{name: getattr(row, of[name].name) for name in of} for row in rows]
    types = {name: column.type for name, column in of.items()}
    lists = goes_as_lists(session, rows)
    new = given(types).c if lists else {n: bindparam(n, type_=types[n]) for n in types}
    statement = (
        update(table)
        .where(*(of[name] == new[name] for name in of if name not in names))
        .values({name: new[name] for name in names})
    )
    sent = as_lists(values) if lists else values
    session.connection().execute(statement, sent)
    for row in rows:
        for name in names if instance_state(row).modified else ():
            set_committed_value(row, name, getattr(row, name))
