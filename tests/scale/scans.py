"""Which tables statements look through, row by row: SQLite tells it of each."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from sqlalchemy import Connection, event

from store.database import Database

# What the office, its lists and its years make longer and longer.
GROWING = frozenset(
    [
        "act_payloads",
        "acts",
        "attachments",
        "ballots_cast",
        "board_entries",
        "commands",
        "comments",
        "deadlines",
        "decision_lines",
        "deliveries",
        "disciplines",
        "drafts",
        "ladder_steps",
        "leaves",
        "nomination_moves",
        "nominations",
        "notices",
        "past_awards",
        "people",
        "ratings",
        "recognitions",
        "registrations",
        "round_lines",
        "service_spans",
        "session_lines",
        "submissions",
        "windows",
    ]
)
_ASKS = re.compile(r"\s*(SELECT|WITH|UPDATE|DELETE|INSERT\b.*\bSELECT)\b", re.DOTALL)
_SCAN = re.compile(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?")
# All that there is of a campaign, a phase, a year or a meeting, and what is asked for
# where it is about some of that.
_WHOLE = re.compile(r"SEARCH (\w+) USING (?:COVERING )?INDEX (\w+) \(([^<>]+)\)$")
_SOME = r"{}\.(?:department|id|line|person|subject) (?:= \?|IN \((?:\?|SELECT value))"
_WIDE = frozenset(
    ["campaign", "decision", "kind", "period", "phase", "session", "state", "year"]
)
_OURS = re.compile(
    r"(?!store\.database\b)(activities|api|ballots|duties|engine|papers|store)\."
)


@contextmanager
def scanned(database: Database, found: set[str]) -> Iterator[None]:
    """Note which of our functions look through which table that grows.

    To look through an index of the few that are open still, or through the first of an
    order, is none of it. What a test itself asks is left out. PostgreSQL chooses by how
    much there is, and tells nothing here.
    """
    if database.engine.dialect.name != "sqlite":
        yield
        return
    asked: dict[str, tuple[str, Any]] = {}

    def note(*said: Any) -> None:
        _, _, statement, parameters, _, many = said
        if statement not in asked and _ASKS.match(statement):
            given = parameters[0] if many else parameters
            asked[statement] = _asking(sys._getframe(1)), given

    event.listen(database.engine, "before_cursor_execute", note)
    yield
    event.remove(database.engine, "before_cursor_execute", note)
    with database.read() as session:
        connection = session.connection()
        partial = _partial(connection)
        for statement, (who, parameters) in asked.items():
            if who:
                for table in _scans(connection, statement, parameters, partial):
                    found.add(f"{who}: {table}")


def _asking(frame: FrameType | None) -> str:
    """Name which of our functions a statement is of; none of a test's own."""
    while frame is not None:
        module = frame.f_globals["__name__"]
        if module.startswith("tests."):
            return ""
        if _OURS.match(module):
            return f"{module}.{frame.f_code.co_name}"
        frame = frame.f_back
    return ""


def _partial(connection: Connection) -> frozenset[str]:
    """Name the indexes that hold some rows only."""
    rows = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE '% WHERE %'"
    )
    return frozenset(row[0] for row in rows)


def _scans(
    connection: Connection, statement: str, parameters: Any, partial: frozenset[str]
) -> Iterator[str]:
    explained = f"EXPLAIN QUERY PLAN {statement}"
    plan = [row[-1] for row in connection.exec_driver_sql(explained, parameters)]
    sorts = any("TEMP B-TREE FOR ORDER BY" in step for step in plan)
    ordered = "LIMIT" in statement and not sorts
    for step in plan:
        scan = _SCAN.match(step) or _too_wide(step, statement)
        if scan is None or scan[1] not in GROWING or scan[2] in partial:
            continue
        if not (ordered and scan[2]):
            yield scan[1]


def _too_wide(step: str, statement: str) -> re.Match[str] | None:
    """Find a search through all of a campaign, where some of it was asked for."""
    found = _WHOLE.match(step)
    if found is None or not _WIDE.issuperset(re.findall(r"(\w+)=\?", found[3])):
        return None
    return found if re.search(_SOME.format(found[1]), statement) else None
