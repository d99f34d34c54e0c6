"""Notices that are to leave the system, and what the ledger says of them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from activities.outbox.sending import Outbox
from activities.outbox.smtp import Email, MailServer, Security
from domain.outgoing.deliveries import Channel, DeliveryState
from domain.record import OFFICE
from duties.outgoing.planning import turn_on_channels
from engine.messages import OutboxProgress
from papers.mail.addresses import address
from papers.mail.letters import Sender
from store import clock
from store.database import Database, insert_all
from store.tables import Delivery, Notice, OutboxChannel, Person
from tests.journeys.cast import at
from tests.office import prepare
from tests.outbox.server import MailHost

# A working morning, when letters may go.
MORNING = at("2022-06-20", "09:00")
SENDER = Sender(
    address("Thi đua, khen thưởng", "thi-dua@vanphong.example"),
    address("", "hctcqt@vanphong.example"),
    "https://thidua.vanphong.example",
)


def email(host: MailHost, patience: float = 0.5, **more: Any) -> Email:
    """Make the channel that leads to a mail server of the tests."""
    server = MailServer("127.0.0.1", host.port, Security.NONE, patience=patience)
    return Email(server, SENDER, **more)


@dataclass
class Sent:
    """An office at a moment, and its outbox, which is told when to send."""

    database: Database
    outbox: Outbox

    @classmethod
    def on(
        cls, database: Database, host: MailHost, moment: datetime = MORNING, **more: Any
    ) -> "Sent":
        """Open the sample office with its e-mail on."""
        prepare(database, 2022, moment)
        carrier = email(host, **more)
        turn_on_channels(database, [Channel.EMAIL])
        return cls(database, Outbox(database, {Channel.EMAIL: carrier}))

    def send(self, times: int = 1) -> OutboxProgress:
        """Send as often as said; return what the last one came to."""
        found = [self.outbox.send_due(Channel.EMAIL) for _ in range(times)]
        return found[-1]

    def send_all(self) -> None:
        """Send until nothing more is due at once."""
        while self.send().more:
            pass

    def later(self, time: timedelta) -> None:
        """Let the time pass."""
        with self.database.write() as session:
            clock.step(session, clock.now(session) + time)

    def write(self, people: Iterable[str], kind: str = "launched", **row: Any) -> None:
        """Write a notice to each of some people."""
        with self.database.write() as session:
            moment = clock.now(session)
            insert_all(
                session,
                Notice,
                [a_notice(person, moment, kind, **row) for person in people],
            )

    def states(self) -> Counter[DeliveryState]:
        """Count the deliveries in each state."""
        with self.database.read() as session:
            return Counter(session.exec(select(Delivery.state)).all())

    def rows(self) -> Sequence[Delivery]:
        """Read the whole ledger."""
        with self.database.read() as session:
            return session.exec(select(Delivery).order_by(col(Delivery.id))).all()

    def channel(self, channel: Channel = Channel.EMAIL) -> OutboxChannel:
        """Read how a channel is."""
        with self.database.read() as session:
            return session.get_one(OutboxChannel, channel)

    def everybody(self) -> list[str]:
        """List everybody of the office."""
        with self.database.read() as session:
            return list(session.exec(select(Person.id).order_by(Person.id)).all())


def a_notice(person: str, moment: datetime, kind: str, **row: Any) -> dict[str, Any]:
    """A notice as a row, of the office's own unless a campaign is said."""
    said = {
        "campaign": OFFICE,
        "task": f"test/{kind}",
        "kind": kind,
        "step": "",
        "version": 1,
        "recipient": person,
        "subject": "Phát động: Phong trào thi đua năm 2022",
        "body": "Chánh Văn phòng đã phát động phong trào.",
        "at": moment,
    }
    return said | row


def set_address(session: Session, person: str, mail: str | None) -> None:
    """Give somebody another address."""
    row = session.get_one(Person, person)
    row.email = mail
    session.add(row)
