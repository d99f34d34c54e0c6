"""Acts on one target that wait together go together, and each is as if alone."""

import json
from datetime import timedelta
from pathlib import Path

from sqlmodel import Session, col, select
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer

from domain import ids
from domain.states import CommandState
from engine import names
from engine.client import connect
from engine.dispatch import Dispatcher
from engine.payloads import MESSAGES
from rehearsal.engine import RehearsedEngine
from store import commands
from store.commands import Intent
from store.database import Database
from store.tables import Act, Command
from tests.activities.paper import Paper
from tests.journeys.cast import a_plan, at
from tests.office import DIRECTOR, a_power, answered, office_worker, prepare
from tests.processes import Machine, machine
from tests.store.chains import flaws
from workflows.all import WORKFLOWS

CAMPAIGN = str(ids.campaign("2022"))
_MANY = 6
_MORE_THAN_GO_TOGETHER = 22


def receive(session: Session, number: int) -> None:
    """Write down that the director lets the deputy sign for one day."""
    body = a_power(f"2022-02-{number + 1:02}")
    intent = Intent(DIRECTOR, "delegate", "2022", CAMPAIGN, body, f"key-{number}")
    commands.receive(session, intent)


def states(database: Database) -> list[CommandState]:
    """Say how each of them stands, in the order in which they came."""
    query = select(Command.state).where(Command.kind == "delegate")
    with database.read() as session:
        return list(session.exec(query.order_by(col(Command.seq))))


def recorded(database: Database) -> list[str | None]:
    """Name the keys of what was recorded, in the order of the record."""
    query = (
        select(Command.idempotency_key)
        .join(Act, col(Act.command) == col(Command.id))
        .where(Act.kind == "delegate")
        .order_by(col(Act.seq))
    )
    with database.read() as session:
        assert flaws(session, "2022") == []
        return list(session.exec(query))


async def history_of(machine: Machine) -> WorkflowHistory:
    """Read what the engine has of the campaign."""
    client = await connect(f"127.0.0.1:{machine.engine_port}", lazy=False)
    return await client.get_workflow_handle(CAMPAIGN).fetch_history()


def in_order(database: Database) -> list[str]:
    """Name each of them by its id, in the order in which they came."""
    query = select(Command.id).where(Command.kind == "delegate")
    with database.read() as session:
        return [str(each) for each in session.exec(query.order_by(col(Command.seq)))]


def came_first(history: WorkflowHistory) -> list[str]:
    """Name which acts came by the first update that the engine kept."""
    accepted = "workflow_execution_update_accepted_event_attributes"
    first = next(each for each in history.events if each.HasField(accepted))
    came = getattr(first, accepted).accepted_request.input
    assert came.name == names.COMMANDS
    return [ref["id"] for ref in json.loads(came.args.payloads[0].data)]


async def test_acts_that_go_together_end_once_each_in_their_order_though_a_worker_dies(
    sqlite_database: Database, tmp_path: Path
) -> None:
    prepare(sqlite_database, 2022, at("2022-01-03", "08:00"))
    Paper(sqlite_database).launch(a_plan())

    with machine(tmp_path, sqlite_database.url) as office:
        await office.start("engine")
        await office.start("worker", "apply.after_commit=self")
        with sqlite_database.write() as session:
            for number in range(_MANY):
                receive(session, number)
        await office.died("worker")
        left = states(sqlite_database)
        await office.start("worker")

        await answered(sqlite_database)
        history = await history_of(office)

    applied, received = CommandState.APPLIED, CommandState.RECEIVED
    assert left == [applied, *[received] * (_MANY - 1)]
    assert states(sqlite_database) == [applied] * _MANY
    assert recorded(sqlite_database) == [f"key-{number}" for number in range(_MANY)]
    # The engine still had the update with them all, or has forgotten it: then those
    # that were left came together. What else came meanwhile found them ended.
    all_of_them = in_order(sqlite_database)
    assert came_first(history) in (all_of_them, all_of_them[1:])
    replayer = Replayer(workflows=list(WORKFLOWS), data_converter=MESSAGES)
    await replayer.replay_workflow(history)


async def test_a_backlog_of_one_target_is_drained_at_once(
    sqlite_database: Database, engine: RehearsedEngine
) -> None:
    prepare(sqlite_database, 2022, at("2022-01-03", "08:00"))
    Paper(sqlite_database).launch(a_plan())
    with sqlite_database.write() as session:
        for number in range(_MORE_THAN_GO_TOGETHER):
            receive(session, number)
    dispatcher = Dispatcher(sqlite_database, engine)

    async with office_worker(sqlite_database, engine, sweep_every=timedelta(hours=1)):
        await dispatcher.sweep()
        seen = states(sqlite_database)
        await dispatcher.sweep()

    assert seen == [CommandState.RECEIVED] * _MORE_THAN_GO_TOGETHER
    assert states(sqlite_database) == [CommandState.APPLIED] * _MORE_THAN_GO_TOGETHER
