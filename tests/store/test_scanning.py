"""A scanner says of a file that it is clean, or whatever else, which is no answer."""

import io
import socket
from pathlib import Path
from threading import Thread

import pytest

from store.files.scanning import Infected, Scanner, ScannerAway
from tests.clamd import CLEAN, EICAR, clamd
from tests.processes import unused_port

LARGE = b"%PDF-" + bytes(range(256)) * 1000  # in several parts


def test_a_clean_file_reaches_the_scanner_whole() -> None:
    with clamd() as server:
        Scanner(server.address).scan(io.BytesIO(LARGE))

        assert server.got == LARGE


def test_what_it_finds_is_told() -> None:
    with clamd() as server, pytest.raises(Infected):
        Scanner(server.address).scan(io.BytesIO(b"a" + EICAR))


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"stream: OK and more\0",
        b"INSTREAM size limit exceeded. ERROR\0",
        b"\xff" * 5000,
        b"silence",
    ],
    ids=repr,
)
def test_what_is_no_answer_leaves_a_file_unscanned(answer: bytes) -> None:
    with clamd(answer) as server, pytest.raises(ScannerAway):
        Scanner(server.address, seconds=0.3).scan(io.BytesIO(LARGE))


def test_nobody_there_leaves_a_file_unscanned(tmp_path: Path) -> None:
    for address in (f"127.0.0.1:{unused_port()}", str(tmp_path / "clamd.sock")):
        with pytest.raises(ScannerAway):
            Scanner(address).scan(io.BytesIO(LARGE))


def test_a_scanner_may_be_asked_by_the_path_of_its_socket(tmp_path: Path) -> None:
    path = str(tmp_path / "clamd.sock")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path)
        listening.listen()
        answering = Thread(target=_answer_once, args=(listening,))
        answering.start()

        Scanner(path).scan(io.BytesIO(b"%PDF-"))

        answering.join()


def _answer_once(listening: socket.socket) -> None:
    asking, _ = listening.accept()
    with asking:
        asked = b""
        while not asked.endswith(bytes(4)):
            asked += asking.recv(100)
        asking.sendall(CLEAN)
