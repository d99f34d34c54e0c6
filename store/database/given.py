"""Rows that are given to PostgreSQL as one list for each of their columns.

A statement that is run for each row begins anew for each: PostgreSQL reads the checks
of the table and the conditions of its triggers again, which takes longer than the row
itself. SQLite has no lists, and compiles a statement once for all rows.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ARRAY, TableValuedAlias, bindparam, column, func
from sqlalchemy.types import TypeEngine
from sqlmodel import Session


def goes_as_lists(session: Session, rows: Sequence[Any]) -> bool:
    """Say whether rows are better given as lists than one by one."""
    return len(rows) > 1 and session.get_bind().dialect.name == "postgresql"


def given(types: Mapping[str, TypeEngine[Any]]) -> TableValuedAlias:
    """Name the columns of the rows that are given, with their types."""
    # A list as JSON is one value of its list, not a list within it: one dimension.
    lists = [
        bindparam(name, type_=ARRAY(of, dimensions=1)) for name, of in types.items()
    ]
    columns = [column(name, of) for name, of in types.items()]
    return func.unnest(*lists).table_valued(*columns, name="given").render_derived()


def as_lists(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Turn rows, which have the columns of the first, into a list for each column.

    What a column says by itself is said once for all rows: an id is given.
    """
    return {name: [row[name] for row in rows] for name in rows[0]}
