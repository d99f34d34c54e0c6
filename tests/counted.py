"""How many statements are sent: each counts once, however many rows it is for."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from store.database import Database


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """Collect the statements that are sent meanwhile.

    One with many sets of values (executemany) is one: it is prepared once, and goes
    out in one call of the driver.
    """
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


@contextmanager
def committed(database: Database) -> Iterator[list[str]]:
    """Collect the transactions that are committed meanwhile, one entry for each."""
    ended: list[str] = []

    def note(_connection: Any) -> None:
        ended.append("commit")

    event.listen(database.engine, "commit", note)
    try:
        yield ended
    finally:
        event.remove(database.engine, "commit", note)
