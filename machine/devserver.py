"""The real Temporal dev server as a child process: one owner, one version, one port."""

import asyncio
import fcntl
import logging
import os
import random
import socket
import subprocess
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from time import monotonic, sleep
from typing import IO

from google.protobuf.duration_pb2 import Duration
from temporalio.api.namespace.v1 import NamespaceConfig
from temporalio.api.workflowservice.v1 import UpdateNamespaceRequest
from temporalio.service import RPCError

from engine.client import connect
from machine.child import child

HOST, NAMESPACE = "127.0.0.1", "default"
TEMPORAL = str(Path(sys.executable).with_name("temporal"))
# As measured: without these the server is two to five times slower.
_PRAGMAS = ("journal_mode=wal", "synchronous=normal")
_SETTINGS = ("history.transferProcessorMaxPollRPS=5000",)
# Its own is one day, after which nobody could look at a workflow that has ended.
_RETENTION = timedelta(days=3650)
# Below the ports that a machine gives to its clients: one that knocks while the
# server is away could be given the server's own.
_PORTS = range(20000, 32000)
# Seconds of patience: until it answers, until it has ended, and until the last owner,
# who may be dying just now, has let go.
_STARTING, STOPPING, _DYING = 30.0, 5.0, 2.0
_LOOK = 0.05

logger = logging.getLogger("thidua.devserver")


class EngineTrouble(Exception):
    """The server cannot run here; the message is a sentence for people."""


@asynccontextmanager
async def dev_server(
    files: Path | None = None,
    port: int | None = None,
    ui_port: int | None = None,
    settings: Sequence[str] = (),
) -> AsyncIterator[str]:
    """Run a server for the length of the block, and yield its address.

    It keeps all in *files*, or in memory; it listens on *port*, or on a free one; it
    has pages when there is a *ui_port*, and the dynamic *settings* beside our own.
    Raises EngineTrouble.
    """
    port = port or unused_port()
    address = f"{HOST}:{port}"
    command = server_command(files, port, ui_port, settings)
    with owned(files) if files else nullcontext(()) as lock:
        await asyncio.to_thread(require_free, port, *([ui_port] if ui_port else []))
        if files is None:
            async with _answering(command, address):
                yield address
            return
        version = await asyncio.to_thread(make_way, files, logger.warning)
        async with _answering(command, address, STOPPING, lock):
            record_version(files, version)
            yield address


def server_command(
    files: Path | None, port: int, ui_port: int | None, settings: Sequence[str] = ()
) -> list[str]:
    """Write the command that starts a server, on this machine only."""
    command = [TEMPORAL, "server", "start-dev", "--log-level", "error"]
    command += ["--ip", HOST, "--port", str(port)]
    if ui_port is None:
        command += ["--headless"]
    else:
        command += ["--ui-port", str(ui_port), "--ui-disable-news-fetch"]
    if files is not None:
        command += ["--db-filename", str(files)]
        command += [part for each in _PRAGMAS for part in ("--sqlite-pragma", each)]
    for each in (*_SETTINGS, *settings):
        command += ["--dynamic-config-value", each]
    return command


@contextmanager
def owned(files: Path) -> Iterator[tuple[int, ...]]:
    """Own *files* for the length of the block; yields the open file that is the lock.

    A server that keeps it open too is the owner for as long as it lives.
    Raises EngineTrouble.
    """
    lock = _open_lock(files)
    try:
        if not _soon(partial(_take, lock)):
            owner = os.pread(lock, 20, 0).decode(errors="replace").strip() or "?"
            raise EngineTrouble(
                f"«{files.parent}» đang có một `thidua` khác dùng (tiến trình {owner})."
            )
        os.ftruncate(lock, 0)
        os.pwrite(lock, str(os.getpid()).encode(), 0)
        yield (lock,)
    finally:
        os.close(lock)


def _open_lock(files: Path) -> int:
    try:
        files.parent.mkdir(parents=True, exist_ok=True)
        return os.open(files.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o644)
    except OSError:
        raise EngineTrouble(f"Không ghi được vào thư mục «{files.parent}».") from None


def _take(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def require_free(*ports: int) -> None:
    """Raise EngineTrouble for a port on which somebody else listens."""
    for port in ports:
        if not _soon(partial(_is_free, port)):
            raise EngineTrouble(f"Cổng {port} đã có chương trình khác dùng.")


def unused_port() -> int:
    """Find a port that nobody listens on, and that nobody else is given."""
    return next(port for port in random.sample(_PORTS, 100) if _is_free(port))


def _is_free(port: int) -> bool:
    try:
        socket.create_server((HOST, port)).close()
    except OSError:
        return False
    return True


def _soon(look: Callable[[], bool]) -> bool:
    """Look again for a moment: whoever was killed just now is still going."""
    deadline = monotonic() + _DYING
    while not (found := look()) and monotonic() < deadline:
        sleep(_LOOK)
    return found


def make_way(files: Path, say: Callable[[str], object]) -> str:
    """Set *files* aside unless this version can go on with them; return the version.

    No version migrates them, and the server does not finish what it left half-made.
    Nothing is lost: whatever should be running starts again from the rows.
    """
    record, version = _record(files), _version()
    if not record.exists():
        _set_aside(files, "ghi dở, hoặc không rõ bản nào ghi", say)
    elif (written := record.read_text("utf-8")) != version:
        _set_aside(files, f"bản {written} đổi sang bản {version}", say)
    elif not files.exists():  # the server would read what is left as a file of its own
        _set_aside(files, "tệp chính đã mất", say)
    return version


def record_version(files: Path, version: str) -> None:
    """Record which version wrote *files*, once its server has answered from them."""
    _record(files).write_text(version, "utf-8")


def _record(files: Path) -> Path:
    return files.with_suffix(".version")


def _set_aside(files: Path, why: str, say: Callable[[str], object]) -> None:
    parts = [part for part in ("", "-wal", "-shm") if Path(f"{files}{part}").exists()]
    aside = f"{files.stem}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}{files.suffix}"
    for part in parts:
        Path(f"{files}{part}").rename(files.with_name(aside + part))
    _record(files).unlink(missing_ok=True)
    if parts:
        say(
            f"Tệp cũ của Temporal được cất thành «{aside}» ({why}); mọi quy trình dựng "
            "lại từ cơ sở dữ liệu."
        )


def _version() -> str:
    """Ask the server which it is: of the command line, and of the server within."""
    asked = [TEMPORAL, "--version"]
    said = subprocess.run(asked, capture_output=True, check=True, encoding="utf-8")  # noqa: S603 - ours
    return said.stdout.removeprefix("temporal version").strip()


@asynccontextmanager
async def _answering(
    command: Sequence[str], address: str, patience: float = 0, lock: Sequence[int] = ()
) -> AsyncIterator[None]:
    with TemporaryFile() as log:
        async with child(command, log, patience, kept=lock) as process:
            await _until_it_answers(process, address, log)
            yield


async def _until_it_answers(process: Process, address: str, log: IO[bytes]) -> None:
    try:
        async with asyncio.timeout(_STARTING):
            while not await answers(address):
                if process.returncode is not None:
                    raise EngineTrouble(f"Temporal không chạy được: {_last(log)}")
                await asyncio.sleep(_LOOK)
    except TimeoutError:
        raise EngineTrouble("Temporal không trả lời sau khi khởi động.") from None


def _last(log: IO[bytes]) -> str:
    log.seek(0)
    said = log.read().decode(errors="replace").split("\n")
    return next((line.strip() for line in reversed(said) if line.strip()), "?")


async def answers(address: str) -> bool:
    """Ask a server to keep what has ended for long; say whether it could answer."""
    config = NamespaceConfig(workflow_execution_retention_ttl=_keep())
    request = UpdateNamespaceRequest(namespace=NAMESPACE, config=config)
    try:
        client = await connect(address, NAMESPACE, lazy=False)
        await client.workflow_service.update_namespace(request)
    except (RPCError, RuntimeError):
        return False
    return True


def _keep() -> Duration:
    duration = Duration()
    duration.FromTimedelta(_RETENTION)
    return duration
