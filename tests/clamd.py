"""A stand-in for clamd: speaks INSTREAM on this machine, and answers as it is told."""

import socketserver
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

EICAR = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"
CLEAN, FOUND = b"stream: OK\0", b"stream: Eicar-Test-Signature FOUND\0"


class Clamd(socketserver.ThreadingTCPServer):
    """Reads each file whole, and answers of it; what it got is kept."""

    daemon_threads = True

    def __init__(self, answer: bytes | None) -> None:
        super().__init__(("127.0.0.1", 0), _Asked)
        self.answer, self.got, self.over = answer, b"", Event()

    @property
    def address(self) -> str:
        """Where it answers."""
        host, port = self.server_address[:2]
        return f"{host!s}:{port}"

    def judge(self, content: bytes) -> bytes:
        """Answer as told, else by what is in the file."""
        self.got = content
        if self.answer is not None:
            return self.answer
        return FOUND if EICAR in content else CLEAN


class _Asked(socketserver.StreamRequestHandler):
    server: Clamd

    def handle(self) -> None:
        """Read one command and its parts."""
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack(">I", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
        answer = self.server.judge(content)
        if answer == b"silence":
            self.server.over.wait(10)
        else:
            self.wfile.write(answer)


@contextmanager
def clamd(answer: bytes | None = None) -> Iterator[Clamd]:
    """Run a scanner for the length of the block."""
    with Clamd(answer) as server:
        serving = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        serving.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            serving.join()
