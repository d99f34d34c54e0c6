"""A second channel: signed requests to a program of the office's own."""

import base64
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from socketserver import StreamRequestHandler
from time import monotonic, sleep
from typing import Any

import pytest

from activities.outbox.sending import Outbox
from activities.outbox.webhook import Webhook
from domain.outgoing.deliveries import Channel, DeliveryState, Result
from duties.outgoing.planning import turn_on_channels
from store.database import Database
from tests.office import prepare
from tests.outbox.ledger import MORNING, Sent
from tests.outbox.listening import listening
from tests.outbox.server import free_port
from tests.outbox.test_tls import A_LETTER

SECRET = "mot-bi-mat-cua-van-phong"


@dataclass
class Listener:
    """A program that is told: what it answers next, and what it was told."""

    port: int
    answers: list[int] = field(default_factory=list)
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def listener() -> Iterator[Listener]:
    told = Listener(free_port())

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            told.heard.append(({k.lower(): v for k, v in self.headers.items()}, body))
            self.send_response(told.answers.pop(0) if told.answers else 204)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", told.port), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield told
    server.shutdown()
    server.server_close()
    thread.join()


def told_by(database: Database, port: int) -> Sent:
    prepare(database, 2022, MORNING)
    turn_on_channels(database, [Channel.WEBHOOK])
    hook = Webhook(f"http://127.0.0.1:{port}/thidua", SECRET)
    return Sent(database, Outbox(database, {Channel.WEBHOOK: hook}))


def send(office: Sent) -> None:
    office.outbox.send_due(Channel.WEBHOOK)


def is_ours(headers: dict[str, str], body: bytes) -> bool:
    """Check as Standard Webhooks tells whoever is told to."""
    said = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    digest = hmac.new(SECRET.encode(), said, sha256).digest()
    expected = f"v1,{base64.b64encode(digest).decode()}"
    return hmac.compare_digest(headers["webhook-signature"], expected)


def test_a_program_is_told_of_each_notice_once_and_knows_that_it_is_us(
    database: Database, listener: Listener
) -> None:
    office = told_by(database, listener.port)
    office.write(["ctqh-02", "ctqh-03"])

    send(office)
    send(office)

    assert [is_ours(*each) for each in listener.heard] == [True, True]
    assert not is_ours(listener.heard[0][0], listener.heard[1][1])
    said = [json.loads(body)["notices"][0] for _, body in listener.heard]
    assert [each["recipient"] for each in said] == ["ctqh-02", "ctqh-03"]
    assert said[0]["subject"] == "Phát động: Phong trào thi đua năm 2022"


def test_a_program_that_fails_is_told_again_under_the_same_id(
    database: Database, listener: Listener
) -> None:
    office = told_by(database, listener.port)
    listener.answers = [503, 204]
    office.write(["ctqh-02"])

    send(office)
    office.later(timedelta(minutes=2))
    send(office)

    ids = [headers["webhook-id"] for headers, _ in listener.heard]
    assert (len(ids), len(set(ids))) == (2, 1)
    assert office.states() == {DeliveryState.SENT: 1}


def test_a_program_that_is_away_or_says_no_stops_nothing_else(
    database: Database, listener: Listener
) -> None:
    office = told_by(database, free_port())
    office.write(["ctqh-02"])
    send(office)
    away = office.channel(Channel.WEBHOOK)

    there = told_by_again(office, listener.port)
    listener.answers = [400]
    office.later(timedelta(minutes=2))
    send(there)

    assert (away.trouble, away.failures) == ("ConnectError", 1)
    assert there.states() == {DeliveryState.FAILED: 1}


def told_by_again(office: Sent, port: int) -> Sent:
    hook = Webhook(f"http://127.0.0.1:{port}/thidua", SECRET)
    return Sent(office.database, Outbox(office.database, {Channel.WEBHOOK: hook}))


def test_a_program_whose_answer_has_no_end_was_told_all_the_same() -> None:
    class Endless(StreamRequestHandler):
        def handle(self) -> None:
            self.rfile.readline()
            self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
            with suppress(OSError):
                while True:
                    self.wfile.write(b"...")
                    sleep(0.05)

    began = monotonic()
    with listening(Endless) as port:
        hook = Webhook(f"http://127.0.0.1:{port}/", SECRET, patience=0.4)
        with hook.open() as way:
            tried = way.send(replace(A_LETTER, parts=[]))

    assert (tried.result, tried.status) == (Result.SENT, 200)
    assert monotonic() - began < 8
