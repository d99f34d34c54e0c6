"""What follows from an act comes about, though the engine never heard of its end."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlmodel import Session, col, select
from temporalio.client import RPCError

from domain import ids
from domain.states import CommandState
from engine import dispatch
from engine.client import Engine, is_unknown
from engine.dispatch import Dispatcher
from store import commands
from store.commands import Intent
from store.database import Database
from store.tables import Command
from tests.activities.paper import Paper
from tests.journeys.cast import a_plan, at
from tests.journeys.scene import CAMPAIGN, PACT, PHASE, Step, a_scene, today
from tests.journeys.test_own_clock import this_year
from tests.office import DIRECTOR, a_power, answered, nothing_is_owed, prepare
from tests.scale.test_lists import explained

ALL = ("worker", "api", "engine")


@contextmanager
def launched(database: Database) -> Iterator[Session]:
    """Open a transaction after a launch of which nothing is owed any more."""
    prepare(database, 2022, at("2022-01-03", "08:00"))
    Paper(database).launch(a_plan())
    nothing_is_owed(database)
    with database.write() as session:
        yield session


def receive(session: Session) -> Command:
    """Write an act down, as the desk does."""
    body = a_power("2022-02-01")
    target = str(ids.campaign("2022"))
    intent = Intent(DIRECTOR, "delegate", "2022", target, body, "a-key")
    commands.receive(session, intent)
    return session.exec(select(Command).where(Command.kind == "delegate")).one()


def owing(database: Database, act: str) -> list[bool]:
    """Say of each act of a kind whether the engine still owes something for it."""
    asked = select(Command.followed_up).where(Command.kind == act)
    with database.read() as session:
        return [not done for done in session.exec(asked.order_by(col(Command.seq)))]


async def is_running(engine: Engine, target: str) -> bool:
    """Ask whether the engine has such a workflow."""
    try:
        await engine.handle(target).describe()
    except RPCError as error:
        if not is_unknown(error):
            raise
        return False
    return True


@pytest.mark.parametrize("overdue", [3600, 0], ids=["young", "overdue"])
async def test_the_dispatcher_starts_and_wakes_for_an_act_that_nobody_answered_for(
    sqlite_database: Database,
    engine: Engine,
    overdue: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dispatch, "_OVERDUE", overdue)
    with launched(sqlite_database) as session:
        command = receive(session)
        command.state, command.ended_at = CommandState.APPLIED, command.received_at
        command.start, command.wake = [PHASE], [str(ids.phase("2022-2"))]

    await Dispatcher(sqlite_database, engine).follow_up()

    concerned = (CAMPAIGN, PHASE, str(ids.phase("2022-2")))
    done = overdue == 0
    assert [await is_running(engine, each) for each in concerned] == [done] * 3
    assert owing(sqlite_database, "delegate") == [not done]


async def test_one_that_waits_owes_nothing_yet(
    sqlite_database: Database, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "_OVERDUE", 0)
    with launched(sqlite_database) as session:
        receive(session)

    await Dispatcher(sqlite_database, engine).follow_up()

    assert not await is_running(engine, CAMPAIGN)
    assert owing(sqlite_database, "delegate") == [True]


def test_what_is_owed_is_found_by_its_index(sqlite_database: Database) -> None:
    with explained(sqlite_database) as plan, sqlite_database.read() as session:
        commands.owed(session, 1)

    assert plan == ["SCAN commands USING INDEX ix_commands_owed"]


async def test_a_phase_opens_though_all_died_between_the_launch_and_its_telling(
    sqlite_database: Database, tmp_path: Path
) -> None:
    async with a_scene(sqlite_database, tmp_path) as scene:
        await scene.start({})
        await scene.draft(this_year(today()))
        for step in PACT:
            await scene.settle(step, uuid4().hex)
        await scene.arm({"worker": "apply.after_commit=self"})

        launch = asyncio.create_task(scene.ask(Step("launch"), "a-key"))
        await scene.machine.died("worker")
        scene.machine.kill("engine")
        scene.machine.kill("api")
        await launch
        owed = owing(sqlite_database, "launch")
        await asyncio.gather(*(scene.machine.start(name) for name in ALL))

        await scene.opened()  # nobody asks again
        await answered(sqlite_database)

    assert owed == [True]
