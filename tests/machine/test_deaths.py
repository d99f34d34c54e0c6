"""What dies under `thidua up`, or with it: nothing is lost, nothing is doubled."""

import asyncio
import os
import signal
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlmodel import select

from engine.client import Engine, connect
from store.database import Database
from store.tables import Notice
from tests.journeys.cast import HEADS
from tests.journeys.test_own_clock import end_registration_in
from tests.machine.running import AGAIN, Home, up
from tests.machine.scenes import (
    CAMPAIGN,
    CODE,
    REASON,
    SOON,
    launched,
    none_left,
    recorded,
    start,
)
from tests.office import DIRECTOR

pytestmark = pytest.mark.long


@pytest.mark.timeout(400)
async def test_whoever_is_killed_is_started_again_and_every_act_is_done_once(
    tmp_path: Path,
) -> None:
    home, key = Home(tmp_path), uuid4().hex
    home.furnish()
    async with up(home) as office:
        await office.ready()
        await launched(office)
        for time, (victim, act, body) in enumerate(
            (
                ("api", "suspend", REASON),
                ("worker", "resume", {}),
                ("temporal", "suspend", REASON),
            ),
            start=1,
        ):
            sending = asyncio.create_task(
                office.settle(DIRECTOR, f"{CAMPAIGN}/{act}", body, f"{key}{time}")
            )
            killed = office.pid(victim)
            os.kill(killed, signal.SIGKILL)
            answer = await sending
            await office.says(AGAIN, time)
            again = await office.settle(
                DIRECTOR, f"{CAMPAIGN}/{act}", body, f"{key}{time}"
            )
            assert (again, office.pid(victim) != killed) == (answer, True)
        acts = await office.acts(CODE)
        children = office.children()
        code = await office.stop(signal.SIGTERM)

    assert acts == [
        *("sign_pact", "sign_pact", "launch", "open_phase"),
        *("suspend", "resume", "suspend"),
    ]
    assert (code, len(children)) == (0, 3)
    await none_left(office, children)


@pytest.mark.timeout(400)
async def test_when_all_is_killed_nothing_is_left_and_a_start_carries_on(
    tmp_path: Path,
) -> None:
    home, suspend, key = Home(tmp_path), f"{CAMPAIGN}/suspend", uuid4().hex
    home.furnish()
    async with up(home) as office:
        await office.ready()
        await launched(office)
        children = office.children()
        sending = asyncio.create_task(
            office.person(DIRECTOR).post(suspend, REASON, key)
        )
        await asyncio.sleep(0.01)
        os.kill(office.process.pid, signal.SIGKILL)
        await asyncio.gather(sending, return_exceptions=True)
        await office.ended()
        await none_left(office, children)

    async with up(home) as office:
        took = await start(office, "start after kill -9")
        answer = await office.settle(DIRECTOR, suspend, REASON, key)
        again = await office.settle(DIRECTOR, suspend, REASON, key)
        await office.settle(DIRECTOR, f"{CAMPAIGN}/resume", {}, uuid4().hex)
        acts = await office.acts(CODE)

    assert again == answer
    assert acts == [
        *("sign_pact", "sign_pact", "launch", "open_phase", "suspend", "resume")
    ]
    assert took < SOON


@pytest.mark.timeout(400)
async def test_a_deadline_that_passes_while_nothing_runs_is_acted_on_once(
    tmp_path: Path,
) -> None:
    home = Home(tmp_path)
    home.furnish()
    with closing(Database(home.database)) as database:
        async with up(home) as office:
            await office.ready()
            await launched(office)
            end = end_registration_in(database, 20)
            engine = Engine(await connect(f"127.0.0.1:{home.engine_port}"))
            await engine.wake(f"phase:{CODE}-1")
            await office.stop()
        left = end - datetime.now(UTC)
        await asyncio.sleep(left.total_seconds() + 1)

        async with up(home) as office:
            await office.ready()
            await recorded(office, "close_window")
            acts = await office.acts(CODE)
        with database.read() as session:
            missed = session.exec(
                select(Notice.recipient).where(Notice.kind == "registration_missed")
            ).all()

    assert left > timedelta(0)
    assert acts == ["sign_pact", "sign_pact", "launch", "open_phase", "close_window"]
    assert sorted(missed) == sorted(
        f"{code.lower()}-{number}" for code in HEADS for number in ("01", "03")
    )


@pytest.mark.timeout(400)
@pytest.mark.parametrize(
    ("change", "kept"), [(Home.lose_engine, 0), (Home.upgrade_engine, 1)]
)
async def test_without_the_engines_files_the_rows_carry_on(
    tmp_path: Path, change: Callable[[Home], None], kept: int
) -> None:
    home = Home(tmp_path)
    home.furnish()
    async with up(home) as office:
        await office.ready()
        await launched(office)
        await office.stop()
    change(home)

    async with up(home) as office:
        await office.ready()
        await office.settle(DIRECTOR, f"{CAMPAIGN}/suspend", REASON, uuid4().hex)
        acts = await office.acts(CODE)

    aside = home.set_aside()
    told = [line for line in office.lines if "được cất thành" in line]
    assert acts == ["sign_pact", "sign_pact", "launch", "open_phase", "suspend"]
    assert (len(aside), len(told)) == (kept, kept)
    assert all(f"«{aside[0]}»" in line for line in told)
