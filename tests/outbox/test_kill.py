"""A worker that is killed while it sends: what it had taken is sent all the same."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest

from domain.outgoing.deliveries import DeliveryState
from store.database import Database
from tests.outbox.ledger import Sent
from tests.outbox.server import MailHost, mail_host

# Before the first letter is handed over, and after it is, before that is written down.
POINTS = ("send.after_claim", "send.before_settle")
_SENDING = """
import sys
from datetime import timedelta
from activities.outbox.sending import Outbox
from domain.outgoing.deliveries import Channel
from store.database import Database
from tests.outbox.ledger import email
from tests.outbox.server import MailBoxes, MailHost

host = MailHost(MailBoxes(), int(sys.argv[2]))
carriers = {Channel.EMAIL: email(host)}
Outbox(Database(sys.argv[1]), carriers, timedelta(0)).send_due("email")
"""


@pytest.fixture
def host() -> Iterator[MailHost]:
    with mail_host() as found:
        yield found


@pytest.mark.parametrize(("point", "copies"), [(POINTS[0], 1), (POINTS[1], 2)])
def test_a_killed_worker_loses_no_letter_and_its_ledger_says_which_came_twice(
    database: Database, host: MailHost, point: str, copies: int
) -> None:
    office = Sent.on(database, host)
    office.write(["ctqh-02", "ctqh-03"])
    command = [sys.executable, "-c", _SENDING, database.url, str(host.port)]
    killed = subprocess.run(
        command, env={**os.environ, "THIDUA_FAILPOINT": f"{point}=self"}, check=False
    )

    office.send()
    office.later(timedelta(hours=1))
    office.send()

    assert killed.returncode == -signal.SIGKILL
    assert office.states() == {DeliveryState.SENT: 2}
    assert sorted(host.boxes.ids().values()) == [1, copies]
    assert [row.unsure for row in office.rows()] == [1, 1]
