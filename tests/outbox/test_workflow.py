"""The workflow that sends: beside every process, and for as long as it takes."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest

from domain import ids
from domain.outgoing.deliveries import Channel, DeliveryState
from engine.client import Engine
from store.database import Database
from tests.office import office_worker
from tests.outbox.ledger import Sent, email
from tests.outbox.server import MailHost, mail_host
from tests.processes import until

pytestmark = pytest.mark.asyncio(loop_scope="session")
ONE, OTHER = "ctqh-02", "ctqh-03"
_REST = timedelta(minutes=1)


@pytest.fixture
def host() -> Iterator[MailHost]:
    with mail_host() as found:
        yield found


async def test_what_is_written_goes_out_by_itself_and_a_dead_server_stops_nothing(
    sqlite_database: Database, engine: Engine, host: MailHost
) -> None:
    office = Sent.on(sqlite_database, host)
    host.die()
    carriers = {Channel.EMAIL: email(host)}
    async with office_worker(sqlite_database, engine, carriers=carriers):  # type: ignore[arg-type]
        office.write([ONE])

        async def is_away() -> bool:
            return await asyncio.to_thread(lambda: office.channel().failures > 0)

        await until(is_away, "the server is known to be away")
        host.start()
        office.write([OTHER])
        office.later(email(host).pace + _REST)
        await engine.wake(str(ids.outbox(Channel.EMAIL)))

        async def all_sent() -> bool:
            found = await asyncio.to_thread(office.states)
            return found == {DeliveryState.SENT: 2}

        await until(all_sent, "both letters are out")
        history = await engine.handle(str(ids.outbox(Channel.EMAIL))).describe()
    assert set(host.boxes.ids().values()) == {1}
    assert history.status is not None
    assert history.status.name == "RUNNING"
