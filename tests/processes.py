"""Real processes for a test: engine, worker and API, each of which may be killed."""

import asyncio
import os
import random
import resource
import signal
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from time import monotonic

from machine.child import leashed
from machine.devserver import answers, server_command

ROOT = Path(__file__).parents[1]
THIDUA = str(Path(sys.executable).with_name("thidua"))
_API = "from api.main import main; from settings import Settings; main(Settings())"
# Nothing that a test waits for may take longer, on a busy machine either.
PATIENCE = 30
_LOOK = 0.02


def _slice_of_this_worker() -> Iterator[int]:
    """Go round the ports that are this test worker's alone, from anywhere in them.

    Below those that the product picks by chance: a port is chosen seconds before its
    process listens on it, and nobody else may be given it meanwhile.
    """
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw7").removeprefix("gw"))
    mine = range(12000 + number % 8 * 1000, 13000 + number % 8 * 1000)
    start = random.randrange(len(mine))
    yield from cycle([*mine[start:], *mine[:start]])


_mine = _slice_of_this_worker()


def unused_port() -> int:
    """Find a port that nobody listens on, and that no other test is given."""
    return next(port for port in _mine if not listens(port))


def listens(port: int) -> bool:
    """Say whether somebody listens on a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


async def until(
    look: Callable[[], Awaitable[bool]], what: str, seconds: float = PATIENCE
) -> None:
    """Look until it is so; fail when it is not so in time."""
    deadline = monotonic() + seconds
    while not await look():
        assert monotonic() < deadline, f"not within {seconds} s: {what}"
        await asyncio.sleep(_LOOK)


def spent() -> float:
    """How many seconds of processors the children that have ended took so far."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def time_of_help() -> float:
    """How many seconds of a processor `thidua practice --help` takes just now.

    That loads almost all there is.
    """
    before = spent()
    command = [THIDUA, "practice", "--help"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return spent() - before


@dataclass
class Machine:
    """One installation: three processes over one database, on ports of its own."""

    home: Path
    database: str
    queue: str = "thidua"
    engine_port: int = field(default_factory=unused_port)
    api_port: int = field(default_factory=unused_port)
    _running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    _logs: dict[str, Path] = field(default_factory=dict)
    _started: int = 0

    @property
    def address(self) -> str:
        """Where the API answers."""
        return f"http://127.0.0.1:{self.api_port}"

    def pid(self, name: str) -> int:
        """The id of a process that was started."""
        return self._running[name].pid

    async def start(self, name: str, failpoint: str = "") -> None:
        """Start «engine», «worker» or «api», and wait until it is ready."""
        command, ready = {
            "engine": (self._engine(), self._engine_answers),
            "worker": ([sys.executable, "worker.py"], self._worker_works),
            "api": ([sys.executable, "-c", _API], self._api_answers),
        }[name]
        self._spawn(name, command, failpoint)
        await until(lambda: self._alive(name, ready), f"{name} is ready")

    async def died(self, name: str) -> int:
        """Wait until a process has ended; return how."""
        process = self._running[name]

        async def ended() -> bool:
            return process.poll() is not None

        await until(ended, f"{name} has ended")
        return process.returncode

    async def stop(self, name: str) -> None:
        """Ask a process to end, and wait until it has."""
        self._running[name].send_signal(signal.SIGTERM)
        await self.died(name)

    def kill(self, name: str) -> None:
        """Kill a process, and wait until it is gone."""
        self._running[name].kill()
        self._running[name].wait()

    def end_all(self) -> None:
        """End whatever still runs."""
        for process in self._running.values():
            process.kill()  # does nothing to one that has been waited for
            process.wait()

    def log(self, name: str) -> str:
        """Read what a process said since it was last started."""
        return self._logs[name].read_text("utf-8", "replace")

    def _spawn(self, name: str, command: list[str], failpoint: str) -> None:
        self._started += 1
        self._logs[name] = self.home / f"{self._started:02}-{name}.log"
        with self._logs[name].open("wb") as log:
            self._running[name] = subprocess.Popen(
                leashed(command),
                cwd=ROOT,
                env=os.environ | self._environment(failpoint),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def _environment(self, failpoint: str) -> dict[str, str]:
        return {
            "THIDUA_HOME": str(self.home),
            "THIDUA_DATABASE_URL": self.database,
            "THIDUA_TEMPORAL_ADDRESS": f"127.0.0.1:{self.engine_port}",
            "THIDUA_TASK_QUEUE": self.queue,
            "THIDUA_SAMPLE": "1",
            "THIDUA_PORT": str(self.api_port),
            "THIDUA_SWEEP_EVERY": "0.2",
            "THIDUA_FAILPOINT": failpoint,
        }

    def _engine(self) -> list[str]:
        return server_command(self.home / "temporal.db", self.engine_port, None)

    async def _alive(self, name: str, ready: Callable[[], Awaitable[bool]]) -> bool:
        code = self._running[name].poll()
        assert code is None, f"{name} ended with {code}: {self.log(name)}"
        return await ready()

    async def _engine_answers(self) -> bool:
        return await answers(f"127.0.0.1:{self.engine_port}")

    async def _worker_works(self) -> bool:
        return "working on" in self.log("worker")

    async def _api_answers(self) -> bool:
        return listens(self.api_port)  # only once the application has started


@contextmanager
def machine(home: Path, database: str) -> Iterator[Machine]:
    """Hand out a machine on which nothing runs yet; afterwards nothing does."""
    made = Machine(home, database)
    try:
        yield made
    finally:
        made.end_all()
