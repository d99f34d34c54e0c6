"""A fault that may pass is told from one that would come again."""

import ast
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import text

from store.database import Database
from store.faults import is_away, may_pass, told
from tests.sources import ROOT, modules, packages
from tests.store.rows import CAMPAIGN, a_campaign, written

AGAIN, PASSING, AWAY = (False, False), (False, True), (True, True)


def judged(error: Exception) -> tuple[bool, bool]:
    return is_away(error), may_pass(error)


def fault(database: Database, last: str, *before: str) -> Exception:
    """Run statements in one transaction; return what the last one meets."""
    with database.engine.connect() as connection:
        alone = connection.execution_options(isolation_level="AUTOCOMMIT")
        for each in before:
            alone.execute(text(each))
        with pytest.raises(Exception) as failed:  # noqa: PT011 - that is the question
            alone.execute(text(last))
    return failed.value


@pytest.fixture
def office(database: Database) -> Database:
    """An office of two with a nominated line."""
    written(database)
    return database


def test_what_no_database_could_do_comes_again(office: Database) -> None:
    wrong = {
        "no statement": "NONSENSE",
        "no table": "SELECT * FROM nowhere",
        "a key twice": f"INSERT INTO chains VALUES ('{CAMPAIGN}', 0, 'x')",
        "no such code": "UPDATE campaigns SET state = 'asleep'",
        "what a trigger refuses": "DELETE FROM acts",
    }

    told = {what: judged(fault(office, each)) for what, each in wrong.items()}

    assert told == dict.fromkeys(wrong, AGAIN)


def test_a_mistake_in_the_code_comes_again(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        session.add(a_campaign(year=10**30))
        with pytest.raises(OverflowError) as too_long:
            session.flush()
        session.rollback()
    mistakes = [KeyError(), AssertionError(), TypeError(), too_long.value]

    assert [judged(each) for each in mistakes] == [AGAIN] * 4


def test_what_the_machine_has_no_more_of_may_come_back() -> None:
    assert [judged(each) for each in (OSError(), MemoryError())] == [PASSING] * 2


@contextmanager
def held(database: Database) -> Iterator[tuple[str, str]]:
    """Hold a lock; hand out what asks for it, and how not to wait for long."""
    if database.engine.dialect.name == "sqlite":
        name: Any = database.engine.url.database
        file = sqlite3.connect(name, isolation_level=None)
        file.execute("BEGIN IMMEDIATE")
        yield "DELETE FROM notices", "PRAGMA busy_timeout = 1"
        file.close()
        return
    with database.write() as session:
        session.connection().execute(text("LOCK TABLE chains"))
        yield "SELECT * FROM chains", "SET lock_timeout = 1"


def test_a_lock_that_is_held_passes(office: Database) -> None:
    with held(office) as (asking, not_for_long):
        told = judged(fault(office, asking, not_for_long))

    assert told == PASSING


@pytest.mark.parametrize(
    "url",
    ["sqlite:////nowhere/at/all.db", "postgresql+psycopg://127.0.0.1:1/nowhere"],
    ids=["sqlite", "postgres"],
)
def test_a_database_that_cannot_be_reached_is_away(url: str) -> None:
    with pytest.raises(Exception) as failed:  # noqa: PT011 - that is the question
        Database(url).engine.connect()

    assert judged(failed.value) == AWAY


def test_a_connection_that_is_lost_on_the_way_is_away(
    postgres_database: Database,
) -> None:
    lost = fault(postgres_database, "SELECT pg_terminate_backend(pg_backend_pid())")

    assert judged(lost) == AWAY


def test_a_fault_is_told_by_its_kind_and_place_without_what_anybody_wrote() -> None:
    with pytest.raises(KeyError) as raised:
        {}["Nguyễn Văn An"]

    said = told(raised.value)

    assert re.fullmatch(r"KeyError at test_faults\.py:\d+", said)


def test_no_log_of_ours_says_a_fault_in_its_own_words() -> None:
    own = dict(modules(*packages(), *(file.name for file in ROOT.glob("*.py"))))

    wordy = [f"{path}:{line}" for path in own for line in _wordy(own[path])]

    assert wordy == []


def _wordy(tree: ast.AST, fault: str | None = None) -> Iterator[int]:
    """List where a log is given a fault: whole, as a traceback, or by its words."""
    match tree:
        case ast.ExceptHandler(name=str()):
            fault = tree.name
        case ast.Call(func=ast.Attribute(value=ast.Name(id=log), attr=how)):
            whole = how == "exception" or "exc_info" in {x.arg for x in tree.keywords}
            if log in _LOGS and (whole or any(_says(x, fault) for x in tree.args)):
                yield tree.lineno
    for each in ast.iter_child_nodes(tree):
        yield from _wordy(each, fault)


# As logs are called here.
_LOGS = ("_log", "_LOGGER", "logger", "logging")


def _says(node: ast.AST, fault: str | None) -> bool:
    """Say whether a text holds a fault, but for its kind and what `told` says of it."""
    match node:
        case ast.Call(func=ast.Name(id="told" | "type")):
            return False
        case ast.Name(id=name):
            return name == fault
    return any(_says(each, fault) for each in ast.iter_child_nodes(node))
