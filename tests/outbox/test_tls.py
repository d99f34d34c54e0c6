"""Letters go by TLS, to the server that is meant and that knows us, or not at all."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from activities.outbox.channel import Outgoing, Unreachable
from activities.outbox.smtp import Email, MailServer, Security
from domain.outgoing.deliveries import Channel, DeliveryState
from papers.mail.troubles import meaning
from store.database import Database
from store.tables import Person
from tests.outbox.ledger import MORNING, SENDER, Sent
from tests.outbox.server import MailHost, mail_host
from tests.outbox.test_letters import PART

USER, PASSWORD = "thi-dua", "mật khẩu dài"
WAYS = [Security.STARTTLS, Security.TLS]
TO = Person(
    id="ctqh-02",
    name="Nguyễn Văn Ánh",
    email="ctqh-02@vanphong.example",
    sort_key="",
    search_key="",
)
A_LETTER = Outgoing("0" * 40, {1: 0}, TO, [], [PART], MORNING)


class Requiring(Controller):
    """Takes letters of nobody who has not signed in."""

    def factory(self) -> SMTP:
        made = super().factory()
        # As an argument it would warn of a sign-in in plain, of which it does not know
        # where TLS stands before it.
        made._auth_required = True
        return made


@dataclass
class Locked:
    """A mail server behind TLS that lets in one user, and what it was told."""

    way: Security
    folder: Path
    name: str = "127.0.0.1"
    authority: trustme.CA = field(default_factory=trustme.CA)
    said: list[tuple[bytes, bytes, bool]] = field(default_factory=list)

    def controller(self, host: MailHost) -> Controller:
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.authority.issue_cert(self.name).configure_cert(tls)
        at_once = self.way is Security.TLS
        more = {"ssl_context": tls} if at_once else {"tls_context": tls}
        return Requiring(
            host.boxes,
            hostname="127.0.0.1",
            port=host.port,
            require_starttls=not at_once,
            auth_require_tls=not at_once,
            authenticator=self.lets_in,
            **more,
        )

    def lets_in(self, server: Any, session: Any, _e: Any, _m: str, who: Any) -> Any:
        assert isinstance(who, LoginPassword)
        sealed = server.transport.get_extra_info("sslcontext") is not None
        self.said.append((who.login, who.password, sealed))
        known = (who.login, who.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=known, handled=False)

    def trusted(self) -> Path:
        file = self.folder / "ca.pem"
        file.write_bytes(self.authority.cert_pem.bytes())
        return file


@contextmanager
def locked(way: Security, folder: Path, **more: Any) -> Iterator[tuple[Locked, Any]]:
    lock = Locked(way, folder, **more)
    with mail_host(made=lock.controller) as host:
        yield lock, host


def email(host: MailHost, way: Security, trusted: Path | None, **more: Any) -> Email:
    said = {"user": USER, "password": PASSWORD, "patience": 2.0} | more
    server = MailServer("127.0.0.1", host.port, way, authorities=trusted, **said)
    return Email(server, SENDER)


def trouble(carrier: Email) -> str:
    with pytest.raises(Unreachable) as away, carrier.open():
        pass
    return str(away.value)


@pytest.mark.parametrize("way", WAYS)
def test_a_letter_goes_by_tls_to_a_server_that_has_let_us_in(
    database: Database, tmp_path: Path, way: Security
) -> None:
    with locked(way, tmp_path) as (lock, host):
        office = Sent.on(database, host)
        office.outbox.carriers = {Channel.EMAIL: email(host, way, lock.trusted())}
        office.write(["ctqh-02"])

        office.send_all()

    assert office.states() == {DeliveryState.SENT: 1}
    assert lock.said == [(USER.encode(), PASSWORD.encode(), True)]
    [letter] = host.boxes.arrived
    assert letter["To"].addresses[0].addr_spec == "ctqh-02@vanphong.example"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("fault", ["of another name", "of a stranger"])
def test_whoever_is_not_the_server_that_is_meant_hears_neither_password_nor_letter(
    tmp_path: Path, way: Security, fault: str
) -> None:
    strange = fault == "of a stranger"
    name = "127.0.0.1" if strange else "mx.example"
    with locked(way, tmp_path, name=name) as (lock, host):
        found = trouble(email(host, way, None if strange else lock.trusted()))

    assert found == "SSLCertVerificationError"
    assert "không đáng tin hoặc mang tên khác" in meaning(found)
    assert (lock.said, host.boxes.arrived) == ([], [])


@pytest.mark.parametrize("way", WAYS)
def test_a_server_without_tls_is_told_nothing_where_tls_is_demanded(
    way: Security,
) -> None:
    with mail_host() as host:
        found = trouble(email(host, way, None))

    assert "TLS" in meaning(found)
    assert (host.boxes.senders, host.boxes.arrived) == ([], [])


def test_a_wrong_password_lets_the_channel_wait_and_every_letter_with_it(
    database: Database, tmp_path: Path
) -> None:
    with locked(Security.STARTTLS, tmp_path) as (lock, host):
        office = Sent.on(database, host)
        right = email(host, lock.way, lock.trusted())
        wrong = email(host, lock.way, lock.trusted(), password="nhầm")
        office.outbox.carriers = {Channel.EMAIL: wrong}
        office.write(["ctqh-02", "ctqh-03"])

        office.send()
        away, waiting = office.channel(), office.rows()
        office.outbox.carriers = {Channel.EMAIL: right}
        office.later(timedelta(hours=1))
        office.send_all()

    assert away.trouble == "SMTPAuthenticationError"
    assert meaning(away.trouble).startswith("Máy chủ thư không nhận tên hoặc mật khẩu")
    assert {(row.state, row.tries) for row in waiting} == {(DeliveryState.WAITING, 0)}
    assert office.states() == {DeliveryState.SENT: 2}
    assert sorted(host.boxes.ids().values()) == [1, 1]


def test_a_server_that_wants_a_password_which_nobody_gave_says_so(
    tmp_path: Path,
) -> None:
    with locked(Security.TLS, tmp_path) as (lock, host):
        carrier = email(host, lock.way, lock.trusted(), user="")
        with carrier.open() as way, pytest.raises(Unreachable) as away:
            way.send(A_LETTER)

    assert str(away.value) == "mail_530"
    assert "THIDUA_MAIL_USER" in meaning("mail_530")


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        ("mail_550", "Máy chủ thư từ chối nhận thư của cơ quan, mã trả lời 550."),
        ("LookupError", "Không gửi được; loại lỗi: LookupError."),
    ],
)
def test_a_fault_that_nobody_has_met_is_named(trouble: str, said: str) -> None:
    assert meaning(trouble) == said
