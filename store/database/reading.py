"""Many rows that are only read."""

from typing import Any, TypeVar, cast

from sqlalchemy import inspect
from sqlmodel import Session, SQLModel
from sqlmodel.sql.expression import SelectOfScalar

Row = TypeVar("Row", bound=SQLModel)


def only_read(session: Session, query: SelectOfScalar[Row]) -> list[Row]:
    """Read rows that nobody is going to change, at a fraction of what objects take.

    They have the names and values of their class and nothing else of it: the session
    does not know them, and they cannot be written to.
    """
    entity: Any = query.column_descriptions[0]["entity"]
    columns = [getattr(entity, each.key) for each in inspect(entity).column_attrs]
    rows = session.execute(query.with_only_columns(*columns)).all()
    return cast("list[Row]", rows)
