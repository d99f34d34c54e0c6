"""`thidua up` as a process: what it says, what it has started, and people at work."""

import asyncio
import os
import re
import signal
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

import httpx2

from domain.calendar import local_day
from machine.child import child
from store.database import Database
from store.migrate import upgrade
from tests.office import Person, prepare
from tests.processes import PATIENCE, THIDUA, until, unused_port

READY, AGAIN = "Sẵn sàng: ", "Mọi phần lại sẵn sàng."
# For several processes, and for a year to be played, on a busy machine.
_LONG = 8 * PATIENCE


@dataclass(frozen=True)
class Home:
    """An office's folder, and the ports that are its own."""

    folder: Path
    port: int = field(default_factory=unused_port)
    engine_port: int = field(default_factory=unused_port)

    @property
    def database(self) -> str:
        """Its database's address."""
        return f"sqlite:///{self.folder / 'thidua.db'}"

    def furnish(self) -> None:
        """Write the sample office, but play no year in it: that takes too long."""
        self.folder.mkdir(exist_ok=True)
        database = Database(self.database)
        upgrade(database)
        prepare(database, local_day(datetime.now(UTC)).year)
        database.close()

    def lose_engine(self) -> None:
        """Delete the engine's files."""
        for part in ("", "-wal", "-shm"):
            (self.folder / f"temporal.db{part}").unlink(missing_ok=True)

    def upgrade_engine(self) -> None:
        """Let the engine's files be another version's."""
        (self.folder / "temporal.version").write_text("1.0.0 (Server 1.0.0)")

    def set_aside(self) -> list[str]:
        """Name the engine's files that were set aside."""
        return [file.name for file in self.folder.glob("temporal-*.db")]

    def environment(self) -> dict[str, str]:
        """What `thidua` has to be told."""
        return {
            "THIDUA_HOME": str(self.folder),
            "THIDUA_PORT": str(self.port),
            "THIDUA_TEMPORAL_ADDRESS": f"127.0.0.1:{self.engine_port}",
        }


@dataclass
class Running:
    """An office that was started, whether it ever gets ready or not."""

    home: Home
    process: Process
    http: httpx2.AsyncClient
    began: float = field(default_factory=monotonic)
    lines: list[str] = field(default_factory=list)

    def person(self, code: str) -> Person:
        """Hand out somebody."""
        return Person(self.http, code)

    def pid(self, name: str) -> int:
        """The process that a part has had last."""
        started = re.compile(rf"{name} khởi động \(tiến trình (\d+)\)")
        return int([m[1] for line in self.lines if (m := started.search(line))][-1])

    def children(self) -> set[int]:
        """The processes that run by its hand, and by theirs."""
        found, parents = {self.process.pid}, processes()
        while more := {pid for pid, up in parents if up in found} - found:
            found |= more
        return found - {self.process.pid}

    def spent(self) -> float:
        """How many seconds of a processor it and all that it started have taken."""
        ticks = 0
        for pid in (self.process.pid, *self.children()):
            stat = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
            ticks += sum(map(int, stat[11:15]))  # by itself, and by what it waited for
        return ticks / os.sysconf("SC_CLK_TCK")

    async def says(self, text: str, times: int = 1) -> None:
        """Wait until it has said something so often."""
        deadline = monotonic() + _LONG
        while sum(text in line for line in self.lines) < times:
            on_its_way = self.process.returncode is None and monotonic() < deadline
            assert on_its_way, f"not {text!r}, but\n" + "\n".join(self.lines)
            await asyncio.sleep(0.05)

    async def starts_something(self) -> None:
        """Wait until it has started another process."""

        async def started() -> bool:
            return bool(self.children())

        await until(started, "it has a child", _LONG)

    async def ready(self) -> float:
        """Wait until it is ready; return how many seconds that took."""
        await self.says(READY)
        return monotonic() - self.began

    async def ended(self) -> int:
        """Wait until it has ended; return how."""
        return await asyncio.wait_for(self.process.wait(), _LONG)

    async def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        """Tell its whole group to stop, as a terminal does; return how it ended."""
        os.killpg(self.process.pid, how)
        return await self.ended()

    async def settle(self, who: str, path: str, body: Any, key: str) -> Any:
        """Send an act until it has ended, as a client does who gets no answer."""
        answers: list[Any] = []

        async def ended() -> bool:
            try:
                answer = await self.person(who).post(path, body, key)
            except httpx2.TransportError:
                return False
            assert answer.status_code in (200, 202), answer.text
            answers.append(answer.json())
            return answer.status_code == 200

        await until(ended, f"{path} has ended")
        return answers[-1]

    async def acts(self, campaign: str) -> list[str]:
        """List the kinds of the acts that are in a campaign's record."""
        path = f"/campaigns/{campaign}/acts"
        page = await self.person("hctcqt-03").get(path)
        return [act["kind"] for act in page["items"]]


def processes() -> list[tuple[int, int]]:
    """List every process that still runs, with its parent."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rpartition(") ")[2].split()[:2]
        except OSError:  # it has ended meanwhile
            continue
        if state != "Z":
            found.append((int(stat.parent.name), int(parent)))
    return found


@asynccontextmanager
async def up(
    home: Home, command: Sequence[str] = (THIDUA, "up")
) -> AsyncIterator[Running]:
    """Start an office; in the end it is stopped, if it has not ended by itself."""
    async with (
        httpx2.AsyncClient(
            base_url=f"http://127.0.0.1:{home.port}", timeout=PATIENCE
        ) as http,
        child(command, PIPE, PATIENCE, more=home.environment()) as process,
    ):
        running = Running(home, process, http)
        hearing = asyncio.create_task(_hear(running))
        yield running
    await hearing


async def _hear(running: Running) -> None:
    assert running.process.stdout is not None
    async for line in running.process.stdout:
        running.lines.append(line.decode().rstrip())
