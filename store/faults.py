"""Which faults may pass, and which are mistakes of ours and would come again."""

import sqlite3

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft


def is_away(error: Exception) -> bool:
    """Say whether the database could not be reached, or was lost on the way."""
    if isinstance(error, OperationalError) and error.statement is None:
        return True
    return isinstance(error, DBAPIError) and error.connection_invalidated


def may_pass(error: Exception) -> bool:
    """Say whether the same could be done a little later.

    A lock that is held, a disk that is full, a machine that has no more of something.
    SQLite calls a statement that it does not understand by the same name as those.
    """
    if isinstance(error, OperationalError):
        code = getattr(error.orig, "sqlite_errorcode", None)
        return code != sqlite3.SQLITE_ERROR
    return is_away(error) or isinstance(error, NoConnectionLeft | OSError | MemoryError)
