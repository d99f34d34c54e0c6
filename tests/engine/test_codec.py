"""What goes to the engine, sealed: nothing plain stays there, and keys are changed."""

from base64 import b64encode
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.client import Client

from domain.calendar import local_day
from engine.client import Engine, connect
from engine.codec import BadKeys, add_key, messages_by
from engine.payloads import SEALED, SEALED_BY, NoKey
from engine.readable import require_keys
from rehearsal.engine import RehearsedEngine
from store.database import Database
from tests.conftest import an_office_of
from tests.journeys.test_own_clock import this_year
from tests.office import DIRECTOR, UNION, Office, open_office, prepare

# What the SDK itself remembers of a local activity: its name and when it ran.
_OWN = {"data", "patch-data", "TemporalChangeVersion"}


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """A file with one key."""
    file = tmp_path / "temporal.keys"
    add_key(file)
    return file


async def by_keys(engine: Engine, file: Path | None) -> RehearsedEngine:
    """Come to the same office of the same engine by the keys of a file."""
    address = engine.client.service_client.config.target_host
    client = await connect(address, lazy=False, messages=messages_by(file))
    office = engine.task_queue.removeprefix("thidua-")
    return RehearsedEngine(client, engine.task_queue, f"{office}/")


@asynccontextmanager
async def drafted(database: Database, engine: RehearsedEngine) -> AsyncIterator[Office]:
    """Open an office in which the director has drafted a campaign and signed it."""
    today = local_day(datetime.now(UTC))
    prepare(database, today.year)
    async with open_office(database, engine) as office:
        director = office.person(DIRECTOR)
        await director.act("/campaigns", this_year(today))
        await director.act("/campaigns/2022/sign-pact")
        yield office


async def sealed_by(engine: Engine) -> set[str]:
    """Name the keys by which the campaign's history is sealed; «» is by none."""
    handle = engine.handle("campaign:2022")
    return {
        payload.metadata[SEALED_BY].decode()
        if payload.metadata["encoding"] == SEALED
        else ""
        async for event in handle.fetch_history_events()
        for payload in payloads_in(event)
    }


def payloads_in(message: Any) -> Iterator[Payload]:
    """Find every payload of a message, however deep, but those of the SDK itself."""
    if isinstance(message, Payload):
        yield message
        return
    for field, value in message.ListFields():
        if field.message_type is None:
            continue
        if field.message_type.GetOptions().map_entry:
            named = {k: v for k, v in value.items() if k not in _OWN}
            parts = [part for part in named.values() if hasattr(part, "ListFields")]
        else:
            parts = value if field.is_repeated else [value]
        for part in parts:
            yield from payloads_in(part)


async def test_nothing_stays_in_a_history_as_it_was_said(
    sqlite_database: Database, temporal: Client, keys: Path
) -> None:
    engine = await by_keys(an_office_of(temporal), keys)
    async with drafted(sqlite_database, engine):
        pass

    by = await sealed_by(engine)
    assert (len(by), "" in by) == (1, False)


async def test_without_keys_a_history_can_be_read(
    sqlite_database: Database, engine: RehearsedEngine
) -> None:
    async with drafted(sqlite_database, engine):
        pass

    assert await sealed_by(engine) == {""}


async def test_after_a_change_of_keys_the_newest_seals_and_the_old_ones_open(
    sqlite_database: Database, engine: RehearsedEngine, keys: Path
) -> None:
    async with drafted(sqlite_database, await by_keys(engine, keys)):
        pass
    before, newest = await sealed_by(engine), add_key(keys)
    changed = await by_keys(engine, keys)

    async with open_office(sqlite_database, changed) as office:
        signed = await office.person(UNION).post("/campaigns/2022/sign-pact")

    assert signed.status_code == 200
    assert await sealed_by(changed) == before | {newest}


async def test_who_lacks_the_key_of_an_open_workflow_is_told_which(
    sqlite_database: Database, engine: RehearsedEngine, keys: Path
) -> None:
    sealing = await by_keys(engine, keys)
    async with drafted(sqlite_database, sealing):
        pass
    (by,) = await sealed_by(sealing)
    other = keys.with_name("other.keys")
    add_key(other)

    await require_keys(sqlite_database, sealing)
    for lacking in (await by_keys(engine, None), await by_keys(engine, other)):
        with pytest.raises(NoKey, match=by):
            await require_keys(sqlite_database, lacking)


async def test_an_act_is_applied_though_the_api_cannot_read_the_answer(
    sqlite_database: Database, engine: RehearsedEngine, keys: Path
) -> None:
    sealing = await by_keys(engine, keys)
    async with (
        drafted(sqlite_database, sealing),
        open_office(sqlite_database, engine, work=False) as without_key,
    ):
        signed = await without_key.person(UNION).post("/campaigns/2022/sign-pact")

    assert signed.status_code == 200


@pytest.mark.parametrize("content", ["", "khong phai khoa\n", b64encode(b"1").decode()])
def test_a_file_without_keys_is_refused(content: str, tmp_path: Path) -> None:
    file = tmp_path / "temporal.keys"
    file.write_text(content)

    with pytest.raises(BadKeys):
        messages_by(file)


def test_a_file_of_keys_is_its_owners_to_read(keys: Path) -> None:
    add_key(keys)

    assert (keys.stat().st_mode & 0o777, len(keys.read_bytes().split())) == (0o600, 2)
