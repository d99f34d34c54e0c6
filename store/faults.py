"""Which faults may pass, which are mistakes of ours, and what a log says of one."""

import sqlite3
import traceback
from pathlib import Path

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

_LOCK_NOT_AVAILABLE = "55P03"


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


def is_held(error: Exception) -> bool:
    """Say whether somebody impatient has met a row that others hold (PostgreSQL)."""
    orig = getattr(error, "orig", None)
    return getattr(orig, "sqlstate", None) == _LOCK_NOT_AVAILABLE


def told(error: BaseException) -> str:
    """Name a fault and where in the code it came: nothing that anybody wrote."""
    frames = reversed(traceback.extract_tb(error.__traceback__))
    place = " < ".join(f"{Path(each.filename).name}:{each.lineno}" for each in frames)
    return f"{type(error).__name__} at {place}"
