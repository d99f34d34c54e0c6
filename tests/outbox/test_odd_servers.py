"""Mail servers that speak SMTP as no server should: in drops, without end, or not."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from socketserver import StreamRequestHandler
from time import monotonic, sleep
from typing import Any, ClassVar

import pytest

from activities.outbox.channel import Unreachable
from activities.outbox.smtp import Email, MailServer, Security
from domain.outgoing.deliveries import Result
from papers.mail.troubles import meaning
from store.outbox.trying import Tried
from tests.outbox.ledger import SENDER
from tests.outbox.listening import listening
from tests.outbox.test_tls import A_LETTER, PASSWORD, USER

PATIENCE = 0.4
# Nobody waits so long for one who drips for forty seconds, however busy the machine.
SOON = 20 * PATIENCE
GREETING, CONTENT = "", "."
# What an honest server says to each command.
GOOD: Mapping[str, bytes] = {
    GREETING: b"220 mail.vanphong.example\r\n",
    "EHLO": b"250-mail.vanphong.example\r\n250 AUTH PLAIN LOGIN CRAM-MD5\r\n",
    "AUTH": b"235 2.7.0 Good\r\n",
    "MAIL": b"250 2.1.0 OK\r\n",
    "RCPT": b"250 2.1.5 OK\r\n",
    "DATA": b"354 Go on\r\n",
    CONTENT: b"250 2.0.0 Taken\r\n",
    "RSET": b"250 2.0.0 OK\r\n",
    "QUIT": b"221 2.0.0 Bye\r\n",
}
DRIPS, NEVER_ENDS, HESITATES = b"drips", b"never ends", b"hesitates"
_GOES_ON = (GOOD["DATA"], HESITATES)


class Odd(StreamRequestHandler):
    """Says to each command what it is told to, and keeps what it was given."""

    says: ClassVar[dict[str, bytes]]
    taken: ClassVar[list[bytes]]

    def handle(self) -> None:
        try:
            self._say(GREETING)
            while line := self.rfile.readline():
                self._say(line[:4].decode("ascii").upper().strip())
                if line.startswith(b"data") and self.says["DATA"] in _GOES_ON:
                    self._content()
        except OSError:
            pass

    def _content(self) -> None:
        lines = iter(self.rfile.readline, b".\r\n")
        self.taken.append(b"".join(lines))
        self._say(CONTENT)

    def _say(self, command: str) -> None:
        said = self.says.get(command, b"500 What?\r\n")
        if said == HESITATES:
            sleep(PATIENCE * 0.6)
            said = GOOD[command]
        if said == NEVER_ENDS:
            while True:
                self.wfile.write(b"250-and so on\r\n" * 100)
        if said == DRIPS:
            for letter in b"250" + b"-" * 1000:
                self.wfile.write(bytes((letter,)))
                sleep(PATIENCE / 10)
        self.wfile.write(said)


@contextmanager
def odd(says: Mapping[str, bytes], **more: Any) -> Iterator[tuple[Email, list[bytes]]]:
    """Run a server that says what is said in the place of what is good."""
    taken: list[bytes] = []
    told = type("Told", (Odd,), {"says": {**GOOD, **says}, "taken": taken})
    with listening(told) as port:
        where = MailServer("127.0.0.1", port, Security.NONE, patience=PATIENCE, **more)
        yield Email(where, SENDER), taken


def tried(carrier: Email) -> Tried:
    with carrier.open() as way:
        return way.send(A_LETTER)


@pytest.mark.parametrize("how", [DRIPS, NEVER_ENDS])
@pytest.mark.parametrize("where", ["MAIL", "RCPT", "DATA", CONTENT])
def test_a_reply_has_an_end_and_the_letter_is_not_held_for_sent(
    where: str, how: bytes
) -> None:
    began = monotonic()
    with odd({where: how}) as (carrier, _):
        found = tried(carrier)

    unsure = where in {"DATA", CONTENT}
    assert found.result is (Result.UNKNOWN if unsure else Result.LATER)
    assert found.broken
    assert monotonic() - began < SOON


@pytest.mark.parametrize("how", [DRIPS, NEVER_ENDS])
@pytest.mark.parametrize("where", [GREETING, "EHLO", "AUTH"])
def test_nobody_signs_in_for_longer_than_a_server_may_hesitate(
    where: str, how: bytes
) -> None:
    began = monotonic()
    with (
        odd({where: how}, user=USER, password=PASSWORD) as (carrier, _),
        pytest.raises(Unreachable) as away,
        carrier.open(),
    ):
        pass

    trouble = "TimeoutError" if how == DRIPS else "ConnectionResetError"
    assert str(away.value) == trouble
    assert monotonic() - began < SOON


def test_a_server_that_hesitates_at_each_step_is_waited_for() -> None:
    with odd(dict.fromkeys(("MAIL", "RCPT", "DATA", CONTENT), HESITATES)) as found:
        carrier, taken = found
        assert tried(carrier) == Tried(Result.SENT, 250)

    assert len(taken) == 1


@pytest.mark.parametrize(
    ("says", "result"),
    [
        # No reply at all: what it has done is not known.
        ({CONTENT: b"OK, thanks\r\n"}, Result.UNKNOWN),
        ({CONTENT: b"-1 what\r\n"}, Result.UNKNOWN),
        ({CONTENT: "Đã nhận\r\n".encode()}, Result.UNKNOWN),
        ({CONTENT: b"999 2.0.0 Taken\r\n"}, Result.UNKNOWN),
        ({CONTENT: b"\r\n"}, Result.UNKNOWN),
        # A reply to something else: nothing was taken.
        ({CONTENT: b"354 Go on\r\n"}, Result.LATER),
        ({"DATA": b"250 2.0.0 OK\r\n"}, Result.LATER),
        ({"MAIL": b"354 Go on\r\n"}, Result.LATER),
        ({"RCPT": b"334 \r\n"}, Result.LATER),
        ({"RCPT": b"Guess\r\n"}, Result.LATER),
        ({"MAIL": b"\xff\xfe\r\n"}, Result.LATER),
        ({"DATA": b"550 5.7.1 No\r\n"}, Result.REFUSED),
        ({"DATA": b"451 4.3.0 Later\r\n"}, Result.LATER),
    ],
)
def test_only_a_good_reply_to_the_content_is_a_letter_that_was_sent(
    says: Mapping[str, bytes], result: Result
) -> None:
    with odd(says) as (carrier, _):
        assert tried(carrier).result is result


@pytest.mark.parametrize(
    "says", [b"HTTP/1.1 400 Bad Request\r\n", b"SSH-2.0-OpenSSH\r\n", b"\x15\x03\r\n"]
)
def test_what_is_no_mail_server_is_said_to_be_none(says: bytes) -> None:
    with (
        odd({GREETING: says}) as (carrier, _),
        pytest.raises(Unreachable) as away,
        carrier.open(),
    ):
        pass

    assert "như một máy chủ thư" in meaning(str(away.value))


def test_a_greeting_in_other_letters_is_a_greeting() -> None:
    hello = {
        GREETING: "220 Máy chủ thư Văn phòng\r\n".encode(),
        "EHLO": b"250-m\xe1y ch\xf9\r\n250-SIZE abc\r\n250 8BITMIME\r\n",
    }
    with odd(hello) as (carrier, taken):
        assert tried(carrier).result is Result.SENT

    assert len(taken) == 1
