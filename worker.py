"""The worker process; the only file that knows every workflow and activity."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import timedelta

from temporalio.worker import (
    Interceptor,
    PollerBehaviorAutoscaling,
    UnsandboxedWorkflowRunner,
    Worker,
)

from activities.all import NO_CARRIERS, activities_for
from activities.commands import STUCK_AFTER
from activities.outbox.carriers import carriers_of
from activities.outbox.channel import Carrier
from ballots.box import BallotBox
from ballots.keys import Keys, destroy_spent
from domain.outgoing.deliveries import Channel
from domain.rules.rulepack import RulePack
from duties.outgoing.planning import turn_on_channels
from duties.proposals import remind_of_proposals
from engine.client import Engine
from engine.dispatch import Dispatcher
from engine.ending import ended_within
from engine.heartbeat import Heartbeat
from engine.outbox_watch import OutboxWatch
from engine.redaction import Redaction
from engine.sandbox import OURS
from intake.rulepacks import load_packs
from machine.liveness import liveness_file
from machine.memory import settle
from machine.way import connect_as_told
from settings import Settings
from store.database import Database
from store.faults import told
from store.files.collecting import collect
from store.files.vault import Vault
from store.personal.retention import Retention, Terms
from workflows.all import WORKFLOWS

_THREADS = 20
# Open workflows kept in memory: at least twice as many as act at one time.
_CACHED = 500
_GRACE = timedelta(seconds=10)
# So long an end may take: it begins with the grace of what is being done.
_END = _GRACE + timedelta(seconds=10)
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
    carriers: Mapping[Channel, Carrier] = NO_CARRIERS,
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
        activities=activities_for(
            database, engine, packs, stuck_after, box=box, carriers=carriers
        ),
        activity_executor=ThreadPoolExecutor(_THREADS),
        max_concurrent_activities=_THREADS,
        # More than there are threads for would only wait until they time out.
        max_concurrent_workflow_tasks=_THREADS,
        # Nothing is kept outside: to fetch many at once would cost, and fetch nothing.
        max_workflow_task_external_storage_concurrency=1,
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
    channels: Sequence[Channel] = (),
) -> AsyncIterator[None]:
    """Run a worker, its dispatcher and its outbox for the length of the block.

    What the block raises comes out of it as it is.
    """
    stop = asyncio.Event()
    if channels:
        await asyncio.to_thread(turn_on_channels, database, channels)
    try:
        async with ended_within(_END, worker), asyncio.TaskGroup() as beside:
            dispatcher = Dispatcher(database, engine, sweep_every, besides)
            beside.create_task(dispatcher.run(stop))
            watch = OutboxWatch(database, engine, channels)
            beside.create_task(watch.run(stop))
            try:
                yield
            finally:
                stop.set()
    except ExceptionGroup as raised:
        if len(raised.exceptions) > 1:
            raise
        raise raised.exceptions[0] from None


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
    carriers = carriers_of(settings)
    worker = build_worker(
        database, engine, packs, settings.stuck_after, box=box, carriers=carriers
    )
    settle()
    besides, channels = _besides(settings), sorted(carriers)
    async with (
        running(database, engine, worker, settings.sweep_every, besides, channels),
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
    except OSError as error:
        logger.error("files could not be collected: %s", told(error))


def run(settings: Settings) -> None:
    """Work as *main* does, on a loop in C: it takes a tenth less for many acts."""
    import uvloop  # noqa: PLC0415 - not for whoever only builds a worker

    uvloop.run(main(settings))


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    run(Settings())
