"""Rows that are only read."""

from typing import Any, TypeVar, cast

from sqlalchemy import Engine, inspect
from sqlmodel import Session, SQLModel
from sqlmodel.sql.expression import SelectOfScalar

Row = TypeVar("Row", bound=SQLModel)


class ReadingSession(Session):
    """A session that writes nothing: what it fetched by its key stays until it ends.

    A session forgets what nobody holds, and what lies above all else, a campaign with
    its plan and its rules, would come again for each who asks.
    """

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine, expire_on_commit=False)
        self._fetched: list[Any] = []

    def get(self, *what: Any, **more: Any) -> Any:
        """Fetch a row by its key; none that is not there."""
        found = super().get(*what, **more)
        self._fetched.append(found)
        return found


def only_read(session: Session, query: SelectOfScalar[Row]) -> list[Row]:
    """Read rows that nobody is going to change, at a fraction of what objects take.

    They have the names and values of their class and nothing else of it: the session
    does not know them, and they cannot be written to.
    """
    entity: Any = query.column_descriptions[0]["entity"]
    columns = [getattr(entity, each.key) for each in inspect(entity).column_attrs]
    rows = session.execute(query.with_only_columns(*columns)).all()
    return cast("list[Row]", rows)
