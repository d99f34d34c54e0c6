"""The socket that requests come by."""

import asyncio
import socket
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from api.main import listen
from store.database import Database
from tests.processes import machine

# Longer than uvicorn lets a connection rest by itself, and many clients theirs.
_RESTED = 6


def test_an_answer_never_waits_until_its_first_half_is_acknowledged() -> None:
    with (
        listen("127.0.0.1", 0) as listening,
        socket.create_connection(listening.getsockname()),
    ):
        accepted, _ = listening.accept()
        with accepted:
            at_once = accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)

    assert at_once


@pytest.mark.long
async def test_a_connection_that_has_rested_is_answered(
    sqlite_database: Database, tmp_path: Path
) -> None:
    with machine(tmp_path, sqlite_database.url) as office:
        await office.start("api")
        with closing(HTTPConnection("127.0.0.1", office.api_port)) as connection:
            connection.auto_open = 0  # what was closed is not opened again
            connection.connect()
            before = asked(connection)
            await asyncio.sleep(_RESTED)
            after = asked(connection)

    assert (before, after) == (200, 200)


def asked(connection: HTTPConnection) -> int:
    """Ask whether the service lives, and read the answer to its end."""
    connection.request("GET", "/health/live")
    with connection.getresponse() as answer:
        answer.read()
        return answer.status
