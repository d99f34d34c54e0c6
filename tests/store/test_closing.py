"""A database that is closed keeps nothing open."""

import sqlite3
from typing import Any

import psycopg
import pytest

from store.database import Database


def test_a_connection_in_use_when_all_is_closed_is_closed_once_it_is_given_back(
    database: Database,
) -> None:
    with database.engine.connect() as used:
        own: Any = used.connection.driver_connection
        database.close()

        assert own.execute("SELECT 1").fetchone()[0] == 1

    with pytest.raises((sqlite3.ProgrammingError, psycopg.OperationalError)):
        own.execute("SELECT 1")
