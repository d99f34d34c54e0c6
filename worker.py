"""The worker process; the only file that knows every workflow and activity."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import timedelta

from temporalio.worker import (
    Interceptor,
    PollerBehaviorAutoscaling,
    UnsandboxedWorkflowRunner,
    Worker,
)

from activities.all import activities_for
from activities.commands import STUCK_AFTER
from ballots.box import BallotBox
from ballots.keys import Keys, destroy_spent
from domain.rules.rulepack import RulePack
from duties.proposals import remind_of_proposals
from engine.client import Engine
from engine.dispatch import Dispatcher
from engine.heartbeat import Heartbeat
from engine.redaction import Redaction
from engine.sandbox import OURS
from intake.rulepacks import load_packs
from machine.liveness import liveness_file
from machine.memory import settle
from machine.way import connect_as_told
from settings import Settings
from store.database import Database
from store.files.collecting import collect
from store.files.vault import Vault
from store.personal.retention import Retention, Terms
from workflows.all import WORKFLOWS

_THREADS = 20
# Open workflows kept in memory: at least twice as many as act at one time.
_CACHED = 500
_GRACE = timedelta(seconds=10)
# A killed worker's workflows are handed on after this long.
_STICKY = timedelta(seconds=2)

logger = logging.getLogger("thidua.worker")


def build_worker(
    database: Database,
    engine: Engine,
    packs: tuple[RulePack, ...],
    stuck_after: timedelta = STUCK_AFTER,
    *,
    box: BallotBox,
    sandboxed: bool = True,
    interceptors: Sequence[Interceptor] = (),
) -> Worker:
    """Wire every workflow and activity to one database and one engine.

    The sandbox catches what would not run again alike, a thread of their own catches
    workflows that never come to rest, and a digest of every loaded module tells one
    build from another. That costs time, which those may spare whose histories nobody
    will ever run again.
    """
    return Worker(
        engine.client,
        task_queue=engine.task_queue,
        workflows=list(WORKFLOWS),
        activities=activities_for(database, engine, packs, stuck_after, box=box),
        activity_executor=ThreadPoolExecutor(_THREADS),
        max_concurrent_activities=_THREADS,
        # More than there are threads for would only wait until they time out.
        max_concurrent_workflow_tasks=_THREADS,
        build_id=None if sandboxed else "unsandboxed",
        debug_mode=not sandboxed,
        workflow_runner=OURS if sandboxed else UnsandboxedWorkflowRunner(),
        max_cached_workflows=_CACHED,
        sticky_queue_schedule_to_start_timeout=_STICKY,
        workflow_task_poller_behavior=PollerBehaviorAutoscaling(),
        activity_task_poller_behavior=PollerBehaviorAutoscaling(),
        graceful_shutdown_timeout=_GRACE,
        interceptors=[Redaction(), Heartbeat(), *interceptors],
    )


@asynccontextmanager
async def running(
    database: Database,
    engine: Engine,
    worker: Worker,
    sweep_every: timedelta = timedelta(seconds=1),
    besides: Callable[[Database], None] = remind_of_proposals,
) -> AsyncIterator[None]:
    """Run a worker and its dispatcher for the length of the block."""
    stop = asyncio.Event()
    async with worker:
        dispatcher = Dispatcher(database, engine, sweep_every, besides)
        dispatching = asyncio.create_task(dispatcher.run(stop))
        try:
            yield
        finally:
            stop.set()
            await dispatching


async def main(settings: Settings) -> None:
    """Work until told to stop (SIGTERM, SIGINT).

    Raises BadDocument for a wrong file among the rules.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    database = Database(settings.database)
    client = await connect_as_told(settings, lazy=False)
    engine = Engine(client, settings.task_queue)
    box = BallotBox(Keys(settings.keys))
    await asyncio.to_thread(destroy_spent, database, box.keys)
    await asyncio.to_thread(_collect_files, database, Vault(settings.files))
    packs = load_packs(settings.rules)
    worker = build_worker(database, engine, packs, settings.stuck_after, box=box)
    settle()
    async with (
        running(database, engine, worker, settings.sweep_every, _besides(settings)),
        liveness_file(settings.liveness_file, database, engine),
    ):
        logger.info("working on %s", settings.task_queue)
        await stop.wait()
    database.close()


def _besides(settings: Settings) -> Callable[[Database], None]:
    """Make what the dispatcher does besides: what comes due in the rows themselves."""
    retention = Retention(
        Terms(settings.keep_drafts, settings.keep_fingerprints, settings.keep_sign_ins)
    )

    def besides(database: Database) -> None:
        remind_of_proposals(database)
        retention(database)

    return besides


def _collect_files(database: Database, vault: Vault) -> None:
    try:
        logger.info("%s files collected", collect(database, vault))
    except OSError:
        logger.exception("files could not be collected")


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    asyncio.run(main(Settings()))
