"""A real SMTP server that fails when it is told to, and keeps what has arrived."""

import asyncio
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

# What the server does at a stage, instead of what it ought to: an answer, or a fault.
DROP, HANG = "drop", "hang"
# Kept, and then the connection is dropped before the answer.
KEEP_AND_DROP = "keep and drop"
_GOOD = "250 OK"


@dataclass
class MailBoxes:
    """What has arrived, each time that it has, and what is to go wrong next.

    *faults* are used up in their order, at RCPT or after DATA; one for an *address*
    stays.
    """

    at_rcpt: list[str] = field(default_factory=list)
    after_data: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    senders: list[str] = field(default_factory=list)
    arrived: list[EmailMessage] = field(default_factory=list)
    connections: int = 0

    async def handle_EHLO(  # noqa: N802 - as aiosmtpd calls it
        self,
        _server: SMTP,
        session: Session,
        _envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _: Any
    ) -> str:
        self.senders.append(address)
        envelope.mail_from = address
        return _GOOD

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _: Any
    ) -> str:
        planned = self.at_rcpt.pop(0) if self.at_rcpt else _GOOD
        said = self.refused.get(address, planned)
        if said.startswith("250"):
            envelope.rcpt_tos.append(address)
        return await _said(server, said)

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        said = self.after_data.pop(0) if self.after_data else _GOOD
        if said in (_GOOD, KEEP_AND_DROP):
            content = envelope.content
            assert isinstance(content, bytes)
            message = message_from_bytes(content, policy=default)
            assert isinstance(message, EmailMessage)
            self.arrived.append(message)
        return await _said(server, said)

    def ids(self) -> Counter[str]:
        """Count how often each message has arrived, by its id."""
        return Counter(str(message["Message-ID"]) for message in self.arrived)


async def _said(server: SMTP, said: str) -> str:
    if said == HANG:
        await asyncio.sleep(60)
    if said in (DROP, KEEP_AND_DROP, HANG):
        assert server.transport is not None
        server.transport.abort()
    return said if said[0].isdigit() else _GOOD


@dataclass
class MailHost:
    """A port on which a mail server listens, or not."""

    boxes: MailBoxes
    port: int
    controller: Controller | None = None
    made: Callable[["MailHost"], Controller] = lambda host: Controller(
        host.boxes, hostname="127.0.0.1", port=host.port
    )

    def start(self) -> None:
        """Let the server live."""
        self.controller = self.made(self)
        self.controller.start()

    def die(self) -> None:
        """Let it die, with every connection."""
        if self.controller is not None:
            self.controller.stop()
        self.controller = None


def free_port() -> int:
    """Find a port on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def mail_host(**made: Any) -> Iterator[MailHost]:
    """Run a mail server for the length of the block."""
    host = MailHost(MailBoxes(), free_port(), **made)
    host.start()
    try:
        yield host
    finally:
        host.die()
