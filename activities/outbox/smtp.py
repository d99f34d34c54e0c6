"""E-mail by SMTP: over TLS from the start, or from STARTTLS on."""

import smtplib
import ssl
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from activities.outbox.channel import Outgoing, Unreachable
from activities.outbox.replies import NotSmtp, Replies, SealedReplies
from domain.outgoing.deliveries import Channel, Result
from papers.mail.addresses import BadAddress, address
from papers.mail.letters import Letter, Sender, message_of
from store.outbox.trying import Tried

# After so many seconds without an answer nobody is there.
PATIENCE = 30.0
_LET_IN, _LATER, _REFUSED = 235, 400, 500
_GOOD = range(200, 300)
# The server closes the connection: not this letter is wrong.
_CLOSING = 421
# Of addresses: no such mailbox, moved, none of ours, and names that are none.
_NO_MAILBOX = frozenset({550, 551, 553})


class Security(StrEnum):
    """How what is said is kept from others on the way."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"  # to a server on this machine, or in a closed network


@dataclass(frozen=True)
class MailServer:
    """Where a mail server is, and how we come in."""

    host: str
    port: int
    security: Security = Security.STARTTLS
    user: str = ""
    password: str = ""
    authorities: Path | None = None
    patience: float = PATIENCE


@dataclass(frozen=True)
class Email:
    """The channel by which everybody with an address is reached."""

    server: MailServer
    sender: Sender
    at_once: int = 100
    pace: timedelta = timedelta(0)
    channel: Channel = Channel.EMAIL

    @property
    def link(self) -> str:
        """Where the system is on the web."""
        return self.sender.link

    @contextmanager
    def open(self) -> Iterator["Connection"]:
        """Connect and sign in. Raises Unreachable."""
        try:
            smtp = self._connected()
        except (OSError, smtplib.SMTPException, ValueError) as error:
            raise Unreachable(_named(error)) from None
        try:
            yield Connection(smtp, self.sender)
        finally:
            with suppress(OSError, smtplib.SMTPException):
                smtp.quit()
            smtp.close()

    def _connected(self) -> Replies:
        server, trusted = self.server, self._trusted()
        if server.security is Security.TLS:
            smtp: Replies = SealedReplies(
                server.host, server.port, timeout=server.patience, context=trusted
            )
        else:
            smtp = Replies(server.host, server.port, timeout=server.patience)
        try:
            if server.security is Security.STARTTLS:
                smtp.starttls(context=trusted)
            smtp.ehlo()
            if server.user:
                _sign_in(smtp, server.user, server.password)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.server.authorities)


class Connection:
    """One connection, by which letters are handed over one after the other."""

    def __init__(self, smtp: Replies, sender: Sender) -> None:
        self._smtp = smtp
        self._sender = sender

    def send(self, outgoing: Outgoing) -> Tried:
        """Hand a letter over. Raises Unreachable when the server takes none from us."""
        try:
            to = address(outgoing.to.name, outgoing.to.email or "")
        except BadAddress:
            return Tried(Result.NO_SUCH_ADDRESS)
        letter = Letter(
            outgoing.key, to, outgoing.parts, outgoing.at, attached=outgoing.attached
        )
        content = message_of(letter, self._sender).as_bytes()
        self._smtp.begin()
        try:
            tried = self._envelope(to.addr_spec) or self._data(content)
            if tried.status is not None and tried.status >= _LATER:
                self._smtp.rset()
        except (OSError, smtplib.SMTPException) as error:
            # Broken before the letter was handed over: it is as it was.
            return Tried(Result.LATER, trouble=_named(error), broken=True)
        return tried

    def _envelope(self, to: str) -> Tried | None:
        """Say from whom and to whom; None when both are right."""
        code, _ = self._smtp.mail(self._sender.address.addr_spec)
        if code == _CLOSING or code >= _REFUSED:
            raise Unreachable(f"mail_{code}")
        if code in _GOOD:
            code, _ = self._smtp.rcpt(to)
        return None if code in _GOOD else _refused(code, Result.NO_SUCH_ADDRESS)

    def _data(self, content: bytes) -> Tried:
        try:
            code, _ = self._smtp.data(content)
        except smtplib.SMTPDataError as error:
            # Of the content nothing was said yet, whatever the answer.
            return _refused(int(error.smtp_code))
        except (OSError, smtplib.SMTPException) as error:
            # It may have been taken, and only the answer was lost.
            return Tried(Result.UNKNOWN, trouble=_named(error), broken=True)
        return Tried(Result.SENT, code) if code in _GOOD else _refused(code)


def _sign_in(smtp: Replies, user: str, password: str) -> None:
    """Sign in. Raises SMTPException.

    What smtplib writes is ASCII; with other letters it is UTF-8 (RFC 4616).
    """
    if f"{user}{password}".isascii():
        smtp.login(user, password)
        return
    said = b64encode(f"\0{user}\0{password}".encode()).decode()
    code, answer = smtp.docmd("AUTH", f"PLAIN {said}")
    if code != _LET_IN:
        raise smtplib.SMTPAuthenticationError(code, answer)


def _refused(code: int, for_good: Result = Result.REFUSED) -> Tried:
    if code == _CLOSING:
        raise Unreachable(f"closing_{code}")
    if code < _LATER:  # good at another place, and not at this one
        return Tried(Result.LATER, code, trouble=NotSmtp.__name__, broken=True)
    if code < _REFUSED:
        return Tried(Result.LATER, code)
    if for_good is Result.NO_SUCH_ADDRESS and code not in _NO_MAILBOX:
        return Tried(Result.REFUSED, code)
    return Tried(for_good, code)


def _named(error: BaseException) -> str:
    """Name a fault by its kind alone: a server's words may hold an address."""
    return type(error).__name__[:40]
