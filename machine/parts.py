"""What serves an office on one machine: the engine, the worker and the API."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from temporalio.converter import DataConverter
from temporalio.service import RPCError

from engine.client import Engine
from engine.payloads import MESSAGES
from engine.rebuild import rebuild
from machine.devserver import (
    HOST,
    NAMESPACE,
    STOPPING,
    answers,
    make_way,
    record_version,
    server_command,
)
from machine.supervisor import ManagedProcess
from store.database import Database

THIDUA = str(Path(sys.executable).with_name("thidua"))
_GRACE = 5.0  # seconds for what worker and API are still doing
_PATIENCE = 3.0  # seconds for an answer of the API


@dataclass(frozen=True)
class Place:
    """Where an office is: its folder, its ports, and its queue in the engine.

    In one for *practice* the visitor moves the clock. The engine has *pages* when it
    is told to: whoever opens them in a browser may end any workflow. While nobody is in
    the office, whoever has the *setup_code* sets it up.
    """

    home: Path
    port: int
    engine_port: int
    task_queue: str
    practice: bool = False
    pages: bool = False
    setup_code: str = ""
    messages: DataConverter = MESSAGES

    @property
    def files(self) -> Path:
        """The engine's own files."""
        return self.home / "temporal.db"

    @property
    def pages_port(self) -> int:
        """Where the engine's pages are: by its own rule."""
        return self.engine_port + 1000

    @property
    def engine_address(self) -> str:
        """Where the engine answers."""
        return f"{HOST}:{self.engine_port}"

    def environment(self) -> dict[str, str]:
        """What a process has to be told to find all this."""
        return {
            "THIDUA_HOME": str(self.home),
            "THIDUA_HOST": HOST,  # sample sign-ins are for this machine only
            "THIDUA_PORT": str(self.port),
            "THIDUA_TEMPORAL_ADDRESS": self.engine_address,
            "THIDUA_TEMPORAL_NAMESPACE": NAMESPACE,
            "THIDUA_TASK_QUEUE": self.task_queue,
            "THIDUA_SAMPLE": "1",
            "THIDUA_PRACTICE": str(int(self.practice)),
            "THIDUA_SETUP_CODE": self.setup_code,
        }


@dataclass
class Parts:
    """The processes of an office, and how each is asked whether it is ready."""

    place: Place
    database: Database
    engine: Engine
    say: Callable[[str], None]
    _version: str = ""
    _rebuilt: set[int] = field(default_factory=set)

    def all(self, lock: Sequence[int]) -> tuple[ManagedProcess, ...]:
        """List them; the last one is ended first."""
        place = self.place
        engine = ManagedProcess(
            name="temporal",
            command=server_command(
                place.files,
                place.engine_port,
                place.pages_port if place.pages else None,
            ),
            ready=self._engine_is_ready,
            patience=STOPPING,
            before=self._make_way,
            kept=lock,
        )
        worker = self._ours("worker", self._worker_is_ready, needs="temporal")
        return (engine, worker, self._ours("api", self._api_is_ready))

    def _ours(
        self, name: str, ready: Callable[[int], Awaitable[bool]], needs: str = ""
    ) -> ManagedProcess:
        command, more = (THIDUA, name), self.place.environment()
        return ManagedProcess(name, command, ready, _GRACE, needs=needs, more=more)

    def _make_way(self) -> None:
        self._version = make_way(self.place.files, self.say)

    async def _engine_is_ready(self, process: int) -> bool:
        """Say whether it answers, and runs all that the rows say should be running.

        Its files may be new or set aside, or lack what was written last.
        """
        if not await answers(self.place.engine_address):
            return False
        if process not in self._rebuilt:
            try:
                await rebuild(self.database, self.engine)
            except (RPCError, RuntimeError):
                return False
            record_version(self.place.files, self._version)
            self._rebuilt.add(process)
        return True

    async def _worker_is_ready(self, process: int) -> bool:
        """Say whether the engine has seen this very process poll."""
        try:
            pollers = await self.engine.pollers()
        except (RPCError, RuntimeError):
            return False
        return any(identity.startswith(f"{process}@") for identity in pollers)

    async def _api_is_ready(self, process: int) -> bool:
        """Ask the API itself, which asks the database and the engine."""
        return await asyncio.to_thread(_says_ready, self.place.port)


def _says_ready(port: int) -> bool:
    connection = HTTPConnection(HOST, port, timeout=_PATIENCE)
    try:
        connection.request("GET", "/health/ready")
        return connection.getresponse().status == HTTPStatus.OK
    except (HTTPException, OSError):
        return False
    finally:
        connection.close()
