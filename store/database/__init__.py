"""One database, SQLite or PostgreSQL: its transactions, its locks and its rows."""

from store.database.counting import count_by
from store.database.grouping import Grouped
from store.database.inserting import (
    insert_all,
    insert_missing,
    insert_once,
    insert_or_change,
    insert_or_take_over,
    insert_or_update,
    insert_selected,
)
from store.database.judging import (
    Stale,
    Versions,
)
from store.database.locks import (
    lock,
    lock_rows,
    lock_shared,
    locking,
)
from store.database.made_once import made_once
from store.database.one_of import among, one_of
from store.database.opening import (
    BUSY_SECONDS,
)
from store.database.reading import ReadingSession, only_read
from store.database.transactions import (
    READERS,
    SHELF,
    Database,
)
from store.database.updating import (
    put,
    update_all,
)

__all__ = [
    "BUSY_SECONDS",
    "READERS",
    "SHELF",
    "Database",
    "Grouped",
    "ReadingSession",
    "Stale",
    "Versions",
    "among",
    "count_by",
    "insert_all",
    "insert_missing",
    "insert_once",
    "insert_or_change",
    "insert_or_take_over",
    "insert_or_update",
    "insert_selected",
    "lock",
    "lock_rows",
    "lock_shared",
    "locking",
    "made_once",
    "one_of",
    "only_read",
    "put",
    "update_all",
]
