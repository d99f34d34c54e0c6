"""The engine's dev server: whose it is, where it listens, and what it keeps."""

import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, create_subprocess_exec
from datetime import timedelta
from pathlib import Path

import pytest
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client

from engine.client import connect
from machine.devserver import (
    EngineTrouble,
    dev_server,
    make_way,
    record_version,
    server_command,
)
from tests.processes import ROOT, until

# Runs a server until somebody kills it, and says where.
_HOST = """
import asyncio, sys
from pathlib import Path
from machine.devserver import dev_server

async def main():
    async with dev_server(Path(sys.argv[1])) as address:
        print(address, flush=True)
        await asyncio.sleep(60)

asyncio.run(main())
"""


async def listens(address: str) -> bool:
    """Say whether somebody listens at *address*."""
    host, port = address.split(":")
    with socket.socket() as probe:
        return probe.connect_ex((host, int(port))) == 0


async def kept_for(client: Client) -> timedelta:
    """Ask how long a workflow that has ended is kept."""
    answer = await client.workflow_service.describe_namespace(
        DescribeNamespaceRequest(namespace="default")
    )
    return answer.config.workflow_execution_retention_ttl.ToTimedelta()


async def test_files_have_one_owner_at_a_time(tmp_path: Path) -> None:
    files = tmp_path / "temporal.db"
    async with dev_server(files):
        with pytest.raises(EngineTrouble) as refused:
            await dev_server(files).__aenter__()

    async with dev_server(files) as address:
        again = await listens(address)

    assert (str(refused.value), again) == (
        f"«{tmp_path}» đang có một `thidua` khác dùng (tiến trình {os.getpid()}).",
        True,
    )


@pytest.mark.parametrize("which", ["port", "ui_port"])
async def test_a_port_of_somebody_else_is_refused(tmp_path: Path, which: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(EngineTrouble) as refused:
            await dev_server(tmp_path / "temporal.db", **{which: port}).__aenter__()

    assert str(refused.value) == f"Cổng {port} đã có chương trình khác dùng."


async def test_what_has_ended_is_kept_for_ten_years_in_memory_or_in_files(
    tmp_path: Path,
) -> None:
    kept = []
    for files in (None, tmp_path / "temporal.db"):
        async with dev_server(files) as address:
            kept.append(await kept_for(await connect(address)))

    assert kept == [timedelta(days=3650)] * 2


async def test_files_that_the_same_version_wrote_go_on(tmp_path: Path) -> None:
    files = tmp_path / "temporal.db"
    for start in (True, False):
        async with dev_server(files) as address:
            client = await connect(address)
            if start:
                await client.start_workflow("Any", id="any", task_queue="nobody")
            found = await client.get_workflow_handle("any").describe()

    assert found.workflow_type == "Any"


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("1.0.0 (Server 1.0.0)", "bản 1.0.0 (Server 1.0.0) đổi sang bản {version}"),
        (None, "ghi dở, hoặc không rõ bản nào ghi"),
    ],
)
def test_files_of_another_version_are_set_aside(
    tmp_path: Path, written: str | None, why: str
) -> None:
    files, said = tmp_path / "temporal.db", list[str]()
    for part in ("", "-wal"):
        Path(f"{files}{part}").write_text(f"old{part}")
    if written:
        record_version(files, written)

    version = make_way(files, said.append)
    record_version(files, version)
    files.write_text("new")
    make_way(files, said.append)

    aside = sorted(tmp_path.glob("temporal-*"))
    assert [file.read_text() for file in (*aside, files)] == ["old", "old-wal", "new"]
    assert said == [
        f"Tệp cũ của Temporal được cất thành «{aside[0].name}» "
        f"({why.format(version=version)}); mọi quy trình dựng lại từ cơ sở dữ liệu."
    ]


def test_what_is_left_of_a_lost_file_is_set_aside(tmp_path: Path) -> None:
    files, said = tmp_path / "temporal.db", list[str]()
    record_version(files, make_way(files, said.append))
    Path(f"{files}-wal").write_text("left")

    make_way(files, said.append)

    (aside,) = tmp_path.glob("temporal-*")
    assert (aside.read_text(), aside.name[-4:], len(said)) == ("left", "-wal", 1)


async def test_a_server_that_was_killed_in_its_first_moment_starts_anew(
    tmp_path: Path,
) -> None:
    files = tmp_path / "temporal.db"
    files.touch()  # it would never make the tables

    async with dev_server(files) as address:
        found = await listens(address)

    assert found


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux's kernel can be asked")
async def test_a_server_dies_with_whoever_started_it(tmp_path: Path) -> None:
    command = (sys.executable, "-c", _HOST, tmp_path / "temporal.db")
    host = await create_subprocess_exec(*command, cwd=ROOT, stdout=PIPE)
    assert host.stdout is not None
    address = (await host.stdout.readline()).decode().strip()
    before = await listens(address)

    host.send_signal(signal.SIGKILL)
    await host.wait()

    async def gone() -> bool:
        return not await listens(address)

    await until(gone, "the server has died", 3)
    async with dev_server(tmp_path / "temporal.db") as again:
        assert (before, await listens(again)) == (True, True)


def test_a_server_is_started_with_the_settings_that_were_measured() -> None:
    command = server_command(Path("var/temporal.db"), 7233, 8233, ("a.b=true",))

    assert command[1:] == [
        *("server", "start-dev", "--log-level", "error"),
        *("--ip", "127.0.0.1", "--port", "7233"),
        *("--ui-port", "8233", "--ui-disable-news-fetch"),
        *("--db-filename", "var/temporal.db"),
        *("--sqlite-pragma", "journal_mode=wal"),
        *("--sqlite-pragma", "synchronous=normal"),
        *("--dynamic-config-value", "history.transferProcessorMaxPollRPS=5000"),
        *("--dynamic-config-value", "a.b=true"),
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux's kernel can be asked")
async def test_the_server_listens_on_this_machine_only() -> None:
    async with dev_server() as address:
        found = listening_at(int(address.rpartition(":")[2]))

    assert found == {"0100007F"}  # 127.0.0.1


def listening_at(port: int) -> set[str]:
    """Say at which addresses somebody listens on a port, as the kernel writes them."""
    tables = [Path(f"/proc/net/{each}").read_text() for each in ("tcp", "tcp6")]
    sockets = [line.split() for each in tables for line in each.splitlines()[1:]]
    places = [local.split(":") for _, local, _, state, *_ in sockets if state == "0A"]
    return {address for address, number in places if int(number, 16) == port}
