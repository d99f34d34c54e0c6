"""Databases for tests: each test has its own, copied from one prepared before."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from store.database import Database
from store.grants import grant
from store.migrate import upgrade
from tests.postgres import OWNER, SERVICE, run_sql

# For what the two databases do each in its own way: locks, keys, order, triggers.
# All else is tried on SQLite, and on PostgreSQL in make test-long.
ON_BOTH = pytest.mark.parametrize("databases", ["sqlite", "postgres"], indirect=True)


def migrate(database: Database) -> None:
    """Make the tables, as their owner, and let the service in."""
    upgrade(database)
    grant(database, SERVICE)


@contextmanager
def as_owner(database: Database) -> Iterator[Database]:
    """Come to a database as who owns its tables, and may do what no service may."""
    owned = Database(database.url.replace(f"//{SERVICE}@", f"//{OWNER}@"))
    yield owned
    owned.close()


@dataclass
class Databases:
    """Makes databases of one kind, and keeps prepared ones to copy from.

    In PostgreSQL the tables are the owner's; a copy is opened as the service.
    """

    kind: str
    home: Path
    server: str
    _prepared: set[str] = field(default_factory=set)
    _made: list[Database] = field(default_factory=list)
    _first: Engine | None = None

    def prepared(self, name: str) -> bool:
        """Say whether a database of this name can be copied."""
        return name in self._prepared

    def fresh(self, of: str = "migrated") -> Database:
        """Copy a prepared database."""
        if not self.prepared("migrated"):
            self.prepare("migrated", migrate)
        return self._open(f"t{uuid4().hex}", of)

    def prepare(self, name: str, work: Callable[[Database], object]) -> None:
        """Make a database to copy from: an empty one, with *work* done to it."""
        database = self._open(f"p_{name}", None)
        work(database)
        self.keep(database, name)

    def keep(self, database: Database, name: str) -> None:
        """Close a database, and let it be copied under *name* from now on."""
        database.close()
        self._made.remove(database)
        source = database.engine.url.database or ""
        if self.kind == "sqlite":
            shutil.move(source, self.home / f"{name}.db")
        elif source != name:
            run_sql(self.server, f'ALTER DATABASE "{source}" RENAME TO "{name}"')
        self._prepared.add(name)

    def drop(self, database: Database) -> None:
        """Close a copy and throw it away."""
        database.close()
        self._made.remove(database)
        name = database.engine.url.database or ""
        if self.kind == "sqlite":
            Path(name).unlink()
        else:
            run_sql(self.server, f'DROP DATABASE "{name}" WITH (FORCE)')

    def _open(self, name: str, of: str | None) -> Database:
        database = self._sqlite(name, of) if self.kind == "sqlite" else None
        database = database or self._postgres(name, of)
        self._share_statements(database.engine)
        self._made.append(database)
        return database

    def _share_statements(self, engine: Engine) -> None:
        """Let a statement that one copy has compiled serve the next; all are alike.

        A fifth of a test's time goes there otherwise: a service compiles each once.
        """
        if self._first is None:
            with engine.connect():  # asks the server what its dialect may do
                self._first = engine
        engine.dialect = self._first.dialect
        engine._compiled_cache = self._first._compiled_cache

    def _sqlite(self, name: str, of: str | None) -> Database:
        path = self.home / f"{name}.db"
        if of is not None:
            shutil.copy(self.home / f"{of}.db", path)
        return Database(f"sqlite:///{path}", lasting=False)

    def _postgres(self, name: str, of: str | None) -> Database:
        template = f' TEMPLATE "{of}"' if of else ""
        run_sql(self.server, f'CREATE DATABASE "{name}"{template}')
        whole = self.server + name
        return Database(whole.replace(f"//{OWNER}@", f"//{SERVICE}@") if of else whole)
