"""The service as its own processes: database, Temporal, API and worker, counted."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any, Literal

import httpx2
import psycopg

from bench.gauges import memory, spent, spent_with_children
from bench.visitors import Outside
from engine.client import connect
from intake.office.year import OfficeYear
from intake.rulepacks import RULES
from machine.child import child
from machine.devserver import answers, server_command, unused_port
from rehearsal.conductor import Conductor
from rehearsal.engine import RehearsedEngine
from store.clock import stand_still
from store.database import Database
from store.migrate import upgrade
from store.office.sample import load_office
from tests.postgres import SAFE, run_sql, server
from tests.processes import until
from tests.scale.test_deadline import lengths

Kind = Literal["sqlite", "postgres"]
PARTS = ("api", "worker")
_LOOK, _PATIENCE, _NAME = 0.02, 90.0, "thidua"


@dataclass(frozen=True)
class House:
    """One installation at work, and what its processes have spent so far."""

    kind: Kind
    home: Path
    office: Outside
    pids: dict[str, int]

    def spent(self) -> dict[str, float]:
        """Seconds of processors, by process; «driver» is who asks and measures."""
        each = {name: spent_with_children(pid) for name, pid in self.pids.items()}
        return {**each, "driver": spent(os.getpid())}

    def memory(self) -> dict[str, dict[str, int]]:
        """Megabytes, by process."""
        return {name: memory(pid) for name, pid in self.pids.items()}

    async def counts(self) -> dict[str, dict[str, Any]]:
        """Ask each of our processes how many statements and commits it has made."""
        return {part: await self._told(part) for part in PARTS}

    async def _told(self, part: str) -> dict[str, Any]:
        file = self.home / f"{part}.json"
        before = json.loads(file.read_text("utf-8"))["told"]
        os.kill(self.pids[part], signal.SIGUSR1)
        async with asyncio.timeout(_PATIENCE):
            while True:
                await asyncio.sleep(_LOOK)
                found: dict[str, Any] = json.loads(file.read_text("utf-8"))
                if found["told"] > before:
                    return found

    async def lengths(self) -> list[int]:
        """How many events each workflow's history has."""
        return list((await lengths(self.office.engine)).values())

    def sizes(self) -> dict[str, int]:
        """Bytes that the database and Temporal's file have on the disk."""
        mine = _size(self.home / "thidua.db")
        if self.kind == "postgres":
            address = self.office.database.url.replace("+psycopg", "")
            with psycopg.connect(address) as asked:
                [mine] = asked.execute(f"select pg_database_size('{_NAME}')").fetchone()  # type: ignore[misc]
        return {"database": mine, "temporal": _size(self.home / "temporal.db")}


def _size(file: Path) -> int:
    parts = file.parent.glob(f"{file.name}*")
    return sum(part.stat().st_size for part in parts if part.suffix != ".lock")


@asynccontextmanager
async def open_house(
    kind: Kind, people: OfficeYear, moment: datetime
) -> AsyncIterator[House]:
    """Serve an office on a stepped clock that stands at *moment*, from empty.

    As in service: the database is safe against a loss of power, Temporal keeps a file,
    the worker is sandboxed. Only the rules differ: every line is voted on in secret.
    """
    with (
        TemporaryDirectory(prefix="thidua-bench-") as folder,
        _database(kind, Path(folder)) as (database, postgres),
    ):
        with database.write() as session:
            load_office(session, people)
            stand_still(session, moment)
        home, port = Path(folder), unused_port()
        command = server_command(home / "temporal.db", port, None)
        with (home / "temporal.log").open("wb") as log:
            async with child(command, log, patience=5) as temporal:
                address = f"127.0.0.1:{port}"
                await until(lambda: answers(address), "Temporal answers")
                pids = {"temporal": temporal.pid, **postgres}
                async with _served(kind, home, database, address, pids) as house:
                    yield house


@contextmanager
def _database(kind: Kind, home: Path) -> Iterator[tuple[Database, dict[str, int]]]:
    """Make an empty database; yield it, and its process where it has one."""
    if kind == "sqlite":
        database = Database(f"sqlite:///{home / 'thidua.db'}")
        upgrade(database)
        yield database, {}
        database.close()
        return
    with server(options=SAFE) as made:
        run_sql(made.address, f"CREATE DATABASE {_NAME}")
        database = Database(made.address + _NAME)
        upgrade(database)
        yield database, {"postgres": made.pid}
        database.close()


@asynccontextmanager
async def _served(
    kind: Kind, home: Path, database: Database, address: str, pids: dict[str, int]
) -> AsyncIterator[House]:
    port = unused_port()
    more = {
        "THIDUA_HOME": str(home),
        "THIDUA_DATABASE_URL": database.url,
        "THIDUA_TEMPORAL_ADDRESS": address,
        "THIDUA_PORT": str(port),
        "THIDUA_SAMPLE": "1",
        "THIDUA_RULES": str(_all_in_secret(home / "rules")),
    }
    many = httpx2.Limits(max_connections=400, max_keepalive_connections=400)
    async with (
        _part("api", home, more) as api,
        _part("worker", home, more) as worker,
        httpx2.AsyncClient(
            base_url=f"http://127.0.0.1:{port}", timeout=600, limits=many
        ) as http,
    ):
        engine = RehearsedEngine(await connect(address, lazy=False))
        await _until_ready(http, home)
        conductor = Conductor(database, engine)
        office = Outside(database, engine, http, conductor)
        yield House(kind, home, office, {**pids, "api": api, "worker": worker})


@asynccontextmanager
async def _part(name: str, home: Path, more: dict[str, str]) -> AsyncIterator[int]:
    """Run one of our processes, counted; yield its id."""
    counted = [sys.executable, "-m", "bench.counted", str(home / f"{name}.json"), name]
    with (home / f"{name}.log").open("wb") as log:
        async with child(counted, log, patience=5, more=more) as process:
            yield process.pid


async def _until_ready(http: httpx2.AsyncClient, home: Path) -> None:
    try:
        await until(lambda: _is_ready(http), "the service is ready", _PATIENCE)
    except AssertionError as late:
        said = ((home / f"{part}.log").read_text("utf-8")[-2000:] for part in PARTS)
        raise RuntimeError("\n".join([str(late), *said])) from None


async def _is_ready(http: httpx2.AsyncClient) -> bool:
    try:
        return (await http.get("/health/ready")).status_code == 200
    except httpx2.TransportError:
        return False


def _all_in_secret(folder: Path) -> Path:
    """Copy the shipped rules, but for how they vote."""
    copytree(RULES, folder)
    for file in folder.glob("*.yaml"):
        said = file.read_text("utf-8")
        file.write_text(said.replace("ballot: open", "ballot: secret"), "utf-8")
    return folder
