"""Letters that come back days later, as a report of a mail server."""

from collections.abc import Iterator

import pytest
from sqlmodel import select

from domain.outgoing.deliveries import Cause, DeliveryState
from duties.outgoing.refusals import take_back
from papers.mail.returned import returned_in
from store.database import Database
from store.tables import Notice
from tests.outbox.ledger import Sent
from tests.outbox.server import MailHost, mail_host

REPORT = """\
From: MAILER-DAEMON@mx.example
To: thi-dua@vanphong.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

The mailbox does not exist.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; ctqh-02@vanphong.example
Action: {action}
Status: {status}
--b
Content-Type: {kind}

From: thi-dua@vanphong.example
Message-ID: <{key}@vanphong.example>
Subject: Nhac

--b--
"""
KEY = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def host() -> Iterator[MailHost]:
    with mail_host() as found:
        yield found


def a_report(
    key: str = KEY,
    action: str = "failed",
    status: str = "5.1.1",
    kind: str = "message/rfc822",
) -> bytes:
    return REPORT.format(key=key, action=action, status=status, kind=kind).encode()


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_report_names_the_letter_that_did_not_arrive(kind: str) -> None:
    assert returned_in(a_report(kind=kind)) == [KEY]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"Hello\n",
        a_report(action="delayed", status="4.4.1"),
        a_report(action="delivered", status="2.0.0"),
        a_report(key="somebody-elses"),
        f"Message-ID: <{KEY}@vanphong.example>\n\nAction: failed\n".encode(),
    ],
)
def test_what_is_no_such_report_names_none(content: bytes) -> None:
    assert returned_in(content) == []


def test_a_letter_that_comes_back_is_noted_once_and_the_secretariat_is_told(
    database: Database, host: MailHost
) -> None:
    office = Sent.on(database, host)
    office.write(["ctqh-02", "ctqh-03"])
    office.send()
    [back] = [x for x in host.boxes.arrived if "ctqh-02" in str(x["To"])]
    key = str(back["Message-ID"])[1:41]

    for _ in range(2):
        with database.write() as session:
            taken = take_back(session, returned_in(a_report(key)))

    assert taken == 0
    assert {(row.state, row.cause) for row in office.rows()} == {
        (DeliveryState.BOUNCED, Cause.RETURNED),
        (DeliveryState.SENT, None),
    }
    with database.read() as session:
        refused = select(Notice.recipient).where(Notice.kind == "address_refused")
        told = session.exec(refused).all()
    assert {*told} == {"hctcqt-01", "hctcqt-03"}
