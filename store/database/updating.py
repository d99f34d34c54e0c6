"""Rows changed, however many, in one statement."""

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import bindparam, inspect, update
from sqlalchemy.orm.attributes import instance_state, set_committed_value
from sqlmodel import Session, SQLModel

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
