"""Rows as text and back, the same whichever database they lie in."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import Date, LargeBinary, Table, Uuid
from sqlalchemy import select as sql
from sqlmodel import Session, SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

# What no other office needs: who works just now, who is signed in, by which secret.
STAYS = frozenset(
    {
        *("leases", "sign_in_tries", "user_sessions", "one_time_codes", "api_tokens"),
        "sealed_sheets",
    }
)
# Who is in an office, and its own days: no act, and nothing that few may know.
_ROSTER = frozenset(
    {
        *("departments", "people", "told_apart", "service_spans", "appointments"),
        *("council_seats", "ratings", "recognitions", "calendar_overrides"),
    }
)
_SOME = {"yield_per": 500}


class NotARow(Exception):
    """A text is no row of its table."""


def tables() -> list[Table]:
    """List the tables that go along, each after those that it refers to."""
    every = SQLModel.metadata.sorted_tables
    return [table for table in every if table.name not in STAYS]


def roster() -> list[Table]:
    """List the tables that say who is in an office, and on which days it works."""
    return [table for table in tables() if table.name in _ROSTER]


def leaving(session: Session, table: Table) -> Iterator[bytes]:
    """Read a table as lines of text, row by row in the order of its key."""
    query = sql(table).order_by(*table.primary_key.columns)
    for row in session.connection().execute(query, execution_options=_SOME).mappings():
        told = {name: _told(value) for name, value in row.items()}
        written = json.dumps(
            told, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        yield written.encode() + b"\n"


def arriving(table: Table, line: bytes) -> dict[str, Any]:
    """Read a row of a table. Raises NotARow, also for a column too few or too many."""
    try:
        told = json.loads(line)
        if not isinstance(told, dict) or told.keys() != {*table.columns.keys()}:
            raise NotARow
        return {name: _meant(table.columns[name].type, x) for name, x in told.items()}
    except (ValueError, TypeError, RecursionError):
        raise NotARow from None


def _told(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case datetime() | date():
            return value.isoformat()
        case UUID():
            return str(value)
        case bytes() | memoryview():
            return bytes(value).hex()
    return value


def _meant(kind: Any, told: Any) -> Any:
    match kind, told:
        case _, None:
            return None
        case UTCDateTime(), _:
            return datetime.fromisoformat(told)
        case Date(), _:
            return date.fromisoformat(told)
        case Uuid(), _:
            return UUID(told)
        case LargeBinary(), _:
            return bytes.fromhex(told)
    return told
