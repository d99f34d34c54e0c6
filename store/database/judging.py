"""What is judged before SQLite is locked, and whether it still stands then."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

# What a transaction is judged by: the same answer says that nothing of it has changed.
Versions = Callable[[Connection], Any]


class Stale(Exception):
    """What was judged by has changed; nothing was written."""


class Judging:
    """A transaction of SQLite's that has not written yet, and as of when it reads."""

    def __init__(self, versions: Versions) -> None:
        self._versions = versions
        self._read: Any = None
        self._writes = False

    def begin(self, connection: Connection) -> None:
        """Remember as of when it reads."""
        self._read = self._versions(connection)

    def write(self, connection: Connection) -> None:
        """Wait for the lock, once. Raises Stale when others wrote meanwhile."""
        if self._writes:
            return
        self._writes = True
        # SQLite would refuse at once to write where anybody has written meanwhile.
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        if self._versions(connection) != self._read:
            raise Stale


def write_sqlite(
    connection: Connection, _cursor: Any, _statement: str, _values: Any, *rest: Any
) -> None:
    """Take the lock before the first statement that writes, where somebody judges."""
    judging: Judging | None = connection.get_execution_options().get("thidua_judging")
    context, _many = rest
    if judging and (context.isinsert or context.isupdate or context.isdelete):
        judging.write(connection)
