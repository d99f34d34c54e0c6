"""What a mail server says: whole, in time and in the words of SMTP, or not at all."""

import smtplib
from io import BufferedReader, RawIOBase
from socket import socket
from time import monotonic
from typing import Any

# So often a server may use up our patience in one exchange: signing in, or one letter.
HESITATIONS = 4
_LONGEST = 64 * 2**10  # bytes of one reply
_CODES = range(200, 600)


class NotSmtp(smtplib.SMTPException):
    """A server says what is no reply of SMTP: what it did is not known."""


class Replies(smtplib.SMTP):
    """A conversation that ends in time, however little at a time a server says.

    smtplib waits anew for each byte, and takes what it cannot read for code -1.
    """

    def connect(self, *where: Any, **more: Any) -> tuple[int, bytes]:
        """Connect, and begin the first exchange."""
        self.begin()
        return super().connect(*where, **more)

    def begin(self) -> None:
        """Begin an exchange, which ends in time whatever is said in it."""
        self._ends = monotonic() + HESITATIONS * self.timeout

    def getreply(self) -> tuple[int, bytes]:
        """Read a whole reply. Raises OSError, SMTPException."""
        if self.file is None and self.sock is not None:
            self._heard = _Heard(self.sock)
            self.file = BufferedReader(self._heard)
        self._heard.within(min(monotonic() + self.timeout, self._ends))
        try:
            code, said = super().getreply()
        except smtplib.SMTPServerDisconnected as error:
            # smtplib calls every fault so; whoever mends it wants to know which.
            raise self._heard.fault or error from None
        if code not in _CODES:
            self.close()
            raise NotSmtp
        return code, said


class SealedReplies(Replies, smtplib.SMTP_SSL):
    """The same by TLS from the first byte."""


class _Heard(RawIOBase):
    """What comes in until a moment, and no more than one reply is long."""

    def __init__(self, line: socket) -> None:
        self._line = line
        self.fault: OSError | None = None
        self.within(0)

    def within(self, until: float) -> None:
        """Wait for one more reply, until a moment."""
        self._until, self._left = until, _LONGEST

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            return self._read_into(buffer)
        except OSError as error:
            self.fault = error
            raise

    def _read_into(self, buffer: Any) -> int:
        time = self._until - monotonic()
        if time <= 0:
            raise TimeoutError
        if self._left <= 0:
            raise ConnectionResetError  # by us: nobody says so much
        usual = self._line.gettimeout()
        self._line.settimeout(time)
        try:
            many = self._line.recv_into(buffer, min(len(buffer), self._left))
        finally:
            self._line.settimeout(usual)
        self._left -= many
        return many
