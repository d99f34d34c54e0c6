"""The peers, each measured in a process of its own environment, on a PostgreSQL."""

import asyncio
import json
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.sidebyside import Contender, Figures
from machine.child import child
from machine.devserver import answers, server_command, unused_port
from tests.postgres import SAFE, run_sql, server
from tests.processes import ROOT, until

PYTHON = ROOT / ".venv-peers" / "bin" / "python"
_PATIENCE = 600
_DATABASE = "peer"


@dataclass(frozen=True)
class Peer:
    """One of those that we set beside us: who, how, and how much of it.

    *count* are nominations: as many as take some seconds.
    """

    who: str
    style: str
    count: int
    clients: int

    @property
    def name(self) -> str:
        """Name it."""
        of = "in our grain" if self.style == "grain" else "in its own style"
        return f"{self.who} {of}"

    async def run(self) -> Figures:
        """Measure it once."""
        with server(options=SAFE) as postgres:
            run_sql(postgres.address, f"CREATE DATABASE {_DATABASE}")
            url = f"{postgres.address}{_DATABASE}"
            if self.who != "temporal":
                return await asyncio.to_thread(self._measured, url, postgres.pid)
            async with _temporal() as (pid, address):
                more = (str(pid), address)
                return await asyncio.to_thread(self._measured, url, postgres.pid, *more)

    def _measured(self, url: str, postgres: int, *temporal: str) -> Figures:
        numbers = (str(self.count), str(self.clients), str(postgres))
        done = subprocess.run(
            [
                PYTHON,
                "-m",
                "bench.peers",
                self.who,
                self.style,
                url,
                *numbers,
                *temporal,
            ],
            cwd=ROOT,
            capture_output=True,
            timeout=_PATIENCE,
            encoding="utf-8",
        )
        if done.returncode:
            raise RuntimeError(f"{self.name}: {done.stderr[-2000:]}")
        found: Figures = json.loads(done.stdout.splitlines()[-1])
        return found


PEERS = (
    Peer("floor", "grain", 3000, 1),
    Peer("temporal", "grain", 3000, 8),
    Peer("dbos", "grain", 3000, 8),
    Peer("floor", "own", 400, 8),
    Peer("spiff", "own", 60, 4),
    Peer("dbos", "own", 40, 8),
    Peer("temporal", "own", 60, 20),
    Peer("viewflow", "own", 40, 4),
)


def peers() -> Iterator[Contender]:
    """All peers, where their environment was made (`make bench`)."""
    if PYTHON.exists():
        yield from (Contender(peer.name, peer.run) for peer in PEERS)


@asynccontextmanager
async def _temporal() -> AsyncIterator[tuple[int, str]]:
    """Run the dev server in a file, with the product's own flags."""
    port = unused_port()
    address = f"127.0.0.1:{port}"
    with TemporaryDirectory(prefix="thidua-peer-") as folder:
        command = server_command(Path(folder) / "temporal.db", port, None)
        async with child(command, subprocess.DEVNULL, patience=5) as process:
            await until(lambda: answers(address), "Temporal answers")
            yield process.pid, address
