"""A scanner of files, asked over a socket: clamd, by its command INSTREAM."""

import socket
import struct
from dataclasses import dataclass
from time import monotonic
from typing import IO

_PART, _LONGEST_ANSWER = 2**16, 2**12
_CLEAN, _FOUND = b"stream: OK", b" FOUND"


class Infected(Exception):
    """The scanner has found something in a file."""


class ScannerAway(Exception):
    """The scanner has not said whether a file is clean."""


@dataclass(frozen=True)
class Scanner:
    """A clamd, by its *address*: a host and a port, or the path of a socket.

    A scan takes so many seconds at most, whatever the scanner does.
    """

    address: str
    seconds: float = 60

    def scan(self, content: IO[bytes]) -> None:
        """Raise Infected or ScannerAway unless a file is clean."""
        try:
            answer = self._ask(content)
        except OSError:
            raise ScannerAway from None
        if answer.endswith(_FOUND):
            raise Infected
        if answer != _CLEAN:
            raise ScannerAway

    def _ask(self, content: IO[bytes]) -> bytes:
        until = monotonic() + self.seconds
        content.seek(0)
        with self._connect() as peer:
            peer.sendall(b"zINSTREAM\0")
            while part := content.read(_PART):
                peer.settimeout(_left(until))
                peer.sendall(struct.pack(">I", len(part)) + part)
            peer.sendall(struct.pack(">I", 0))
            answer = b""
            while b"\0" not in answer and len(answer) < _LONGEST_ANSWER:
                peer.settimeout(_left(until))
                if not (said := peer.recv(_LONGEST_ANSWER)):
                    break
                answer += said
        return answer.partition(b"\0")[0]

    def _connect(self) -> socket.socket:
        host, _, port = self.address.rpartition(":")
        if host:
            return socket.create_connection((host, int(port)), self.seconds)
        peer = socket.socket(socket.AF_UNIX)
        peer.settimeout(self.seconds)
        try:
            peer.connect(self.address)
        except OSError:
            peer.close()
            raise
        return peer


def _left(until: float) -> float:
    """Say how many seconds are left. Raises TimeoutError."""
    left = until - monotonic()
    if left <= 0:
        raise TimeoutError
    return left
