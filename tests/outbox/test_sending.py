"""Letters that go out to a server that fails: none is lost, none doubled."""

from collections.abc import Iterator
from datetime import timedelta
from time import monotonic

import pytest
from sqlmodel import select

from domain.outgoing.deliveries import Cause, Channel, DeliveryState
from engine.messages import OutboxProgress
from store.database import Database
from store.tables import Notice
from tests.outbox.ledger import Sent, set_address
from tests.outbox.server import DROP, HANG, KEEP_AND_DROP, MailHost, mail_host

_S = DeliveryState
ONE, OTHER, THIRD = "ctqh-02", "ctqh-03", "ttdn-02"


@pytest.fixture
def host() -> Iterator[MailHost]:
    with mail_host() as found:
        yield found


def test_each_notice_arrives_once_at_whom_it_is_for(
    database: Database, host: MailHost
) -> None:
    office = Sent.on(database, host)
    everybody = office.everybody()

    office.write(everybody)
    office.send_all()
    office.send()

    arrived = [
        str(message["To"].addresses[0].addr_spec) for message in host.boxes.arrived
    ]
    assert sorted(arrived) == [f"{who}@vanphong.example" for who in everybody]
    assert office.states() == {_S.SENT: len(everybody)}
    assert {(row.tries, row.unsure, row.status) for row in office.rows()} == {
        (1, 0, 250)
    }


def test_what_was_written_before_a_channel_was_on_stays_in_the_system(
    database: Database, host: MailHost
) -> None:
    office = Sent.on(database, host)
    office.write([ONE])
    with database.write() as session:
        for row in session.exec(select(Notice)):
            row.planned_at = row.at

    office.send()

    assert (host.boxes.arrived, office.rows()) == ([], [])


def test_many_go_out_by_few_connections_and_never_more_at_once_than_the_server_takes(
    database: Database, host: MailHost
) -> None:
    office = Sent.on(database, host, at_once=20)
    everybody = office.everybody()
    office.write(everybody)

    assert office.send() == OutboxProgress(more=True, rest=1)
    assert office.states() == {_S.SENT: 20, _S.WAITING: len(everybody) - 20}
    office.send_all()

    assert office.states() == {_S.SENT: len(everybody)}
    assert host.boxes.connections == -(-len(everybody) // 20)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_ten_thousand_go_out_in_batches_and_each_arrives_once(
    database: Database, host: MailHost
) -> None:
    office = Sent.on(database, host, at_once=100, patience=10.0)
    everybody = office.everybody()
    many = 10_000 // len(everybody)
    for n in range(many):
        office.write(everybody, task=f"test/{n}")

    started = monotonic()
    office.send_all()

    sent = many * len(everybody)
    print(f"\n{sent} letters: {monotonic() - started:.0f} s")  # noqa: T201
    assert office.states() == {_S.SENT: sent}
    assert (len(host.boxes.arrived), len(host.boxes.ids())) == (sent, sent)
    assert host.boxes.connections == -(-sent // 100)


@pytest.mark.parametrize("fault", ["451 4.3.0 Later", "421 4.3.2 Closing", DROP, HANG])
def test_a_letter_that_was_not_taken_goes_out_later_once(
    database: Database, host: MailHost, fault: str
) -> None:
    office = Sent.on(database, host)
    office.write([ONE])
    host.boxes.at_rcpt = [fault]

    office.send()
    office.later(timedelta(hours=1))
    office.send()

    assert office.states() == {_S.SENT: 1}
    assert set(host.boxes.ids().values()) == {1}


@pytest.mark.parametrize("fault", ["452 4.2.2 Full", DROP, HANG])
def test_a_letter_that_was_lost_after_data_goes_out_again(
    database: Database, host: MailHost, fault: str
) -> None:
    office = Sent.on(database, host)
    office.write([ONE, OTHER])
    host.boxes.after_data = [fault]

    office.send()
    office.later(timedelta(hours=1))
    office.send()

    assert office.states() == {_S.SENT: 2}
    assert list(host.boxes.ids().values()) == [1, 1]
    unsure = 0 if fault[0].isdigit() else 1
    assert sorted(row.unsure for row in office.rows()) == [0, unsure]


def test_a_letter_that_was_taken_unheard_comes_again_as_the_same_message(
    database: Database, host: MailHost
) -> None:
    """What SMTP cannot rule out (RFC 1047): the ledger counts it, and the id is one."""
    office = Sent.on(database, host)
    office.write([ONE, OTHER])
    host.boxes.after_data = [KEEP_AND_DROP]

    office.send()
    office.later(timedelta(hours=1))
    office.send()

    assert office.states() == {_S.SENT: 2}
    assert sorted(host.boxes.ids().values()) == [1, 2]
    assert sum(row.unsure for row in office.rows()) == 1
    same = [m for m in host.boxes.arrived if host.boxes.ids()[str(m["Message-ID"])] > 1]
    assert same[0].as_bytes() == same[1].as_bytes()


def test_a_server_that_is_dead_for_three_days_loses_nothing_and_doubles_nothing(
    database: Database, host: MailHost
) -> None:
    office = Sent.on(database, host)
    everybody = office.everybody()
    host.die()
    office.write(everybody)
    for _ in range(3 * 8):
        assert office.send().rest is not None
        office.later(timedelta(hours=3))

    away = office.channel()
    assert office.states() == {_S.WAITING: len(everybody)}
    assert {(row.tries, row.unsure) for row in office.rows()} == {(0, 0)}
    assert (away.trouble, away.failures) == ("ConnectionRefusedError", 24)
    host.start()
    office.later(timedelta(hours=1))
    office.send_all()

    assert office.states() == {_S.SENT: len(everybody)}
    assert set(host.boxes.ids().values()) == {1}
    assert len(host.boxes.arrived) == len(everybody)
    assert (office.channel().away_since, office.channel().failures) == (None, 0)


def test_a_refused_address_stops_nobody_else_and_the_secretariat_is_told_once(
    database: Database, host: MailHost
) -> None:
    office = Sent.on(database, host)
    host.boxes.refused[f"{ONE}@vanphong.example"] = "550 5.1.1 No such user"
    office.write([ONE, OTHER])
    office.write([ONE], "closed")

    office.send_all()

    ended = {(row.state, row.cause, row.status) for row in office.rows()}
    assert (_S.BOUNCED, Cause.NO_SUCH_ADDRESS, 550) in ended
    with database.read() as session:
        told = session.exec(
            select(Notice).where(Notice.kind == "address_refused")
        ).all()
    assert [notice.recipient for notice in told] == ["hctcqt-01", "hctcqt-03"]
    assert f"{ONE}@vanphong.example" in told[0].body


def test_an_address_that_is_none_is_not_tried_and_none_at_all_says_so(
    database: Database, host: MailHost
) -> None:
    office = Sent.on(database, host)
    with database.write() as session:
        set_address(session, ONE, "a@b\r\nBcc: all@vanphong.example")
        set_address(session, OTHER, None)
    office.write([ONE, OTHER, THIRD])

    office.send()

    found = {(row.state, row.cause) for row in office.rows()}
    assert found >= {
        (_S.BOUNCED, Cause.NO_SUCH_ADDRESS),
        (_S.FAILED, Cause.NO_ADDRESS),
        (_S.SENT, None),
    }
    assert [m["To"].addresses[0].username for m in host.boxes.arrived] == [THIRD]


def test_what_a_dead_worker_had_taken_is_sent_by_another_when_its_time_is_over(
    database: Database, host: MailHost
) -> None:
    office = Sent.on(database, host)
    office.write([ONE])
    dying, living = office.outbox, office.outbox
    dying.lease = timedelta(0)
    carrier = dying.carriers
    dying.carriers = {name: _Dying() for name in carrier}  # type: ignore[misc]
    with pytest.raises(KeyboardInterrupt):
        office.send()
    assert office.states() == {_S.SENDING: 1}

    living.carriers = carrier
    office.send()

    assert office.states() == {_S.SENT: 1}
    assert set(host.boxes.ids().values()) == {1}


class _Dying:
    """A way on which a worker dies."""

    at_once, pace, link = 10, timedelta(0), ""
    channel = Channel.EMAIL

    def open(self) -> None:
        raise KeyboardInterrupt


def test_at_night_and_on_days_off_nobody_is_written_to(
    database: Database, host: MailHost
) -> None:
    office = Sent.on(database, host)
    office.later(timedelta(days=4, hours=13))  # Friday, 22:00
    office.write([ONE])

    assert office.send() == OutboxProgress(more=False, rest=57 * 3600)  # Monday, 07:00
    office.later(timedelta(hours=57))
    office.send()

    assert len(host.boxes.arrived) == 1
