"""Plain Temporal, as its documentation has it, and once more in our grain.

In its own style with the SDK's defaults; in our grain with pollers that scale, as the
product has them.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from temporalio.client import Client, WorkflowHandle
from temporalio.worker import PollerBehaviorAutoscaling, Worker

from bench.peers import temporal_flows
from bench.peers.grain import ACTS_OF_DESK, ACTS_OF_SESSION, LINES, Input, Phase
from bench.peers.measuring import Figures, Task
from bench.peers.own_style import MEMBERS, OwnStyle
from bench.peers.rows import open_database
from bench.peers.temporal_flows import Proposal, Target

_QUEUE, _WARM = "bench", 5
_SCALING = {
    "workflow_task_poller_behavior": PollerBehaviorAutoscaling(),
    "activity_task_poller_behavior": PollerBehaviorAutoscaling(),
}
Handles = dict[str | None, WorkflowHandle[Any, Any]]


@asynccontextmanager
async def _working(task: Task, engine: sa.Engine, **more: Any) -> AsyncIterator[Client]:
    client = await Client.connect(task.address)
    temporal_flows.styles.append(OwnStyle(engine))
    async with Worker(
        client,
        task_queue=_QUEUE,
        workflows=temporal_flows.WORKFLOWS,
        activities=temporal_flows.ACTIVITIES,
        activity_executor=ThreadPoolExecutor(20),
        max_cached_workflows=2000,
        **more,
    ):
        yield client


def own(task: Task) -> Figures:
    """Send every input of a nomination by itself."""
    return asyncio.run(_own(task))


async def _own(task: Task) -> Figures:
    async with _working(task, open_database(task.url)) as client:

        async def one(_number: int) -> None:
            key = uuid4().hex
            handle = await client.start_workflow(
                Proposal.run, key, id=key, task_queue=_QUEUE
            )
            for member in range(MEMBERS):
                await handle.execute_update(Proposal.cast, member)
            await handle.execute_update(Proposal.direct)
            await handle.result()

        await _some_at_once(task.clients, range(_WARM), one)
        task.begin()
        await _some_at_once(task.clients, range(task.count), one)
        return task.done(task.count)


def grain(task: Task) -> Figures:
    """Send the acts of a phase, those of desks some at a time."""
    return asyncio.run(_grain(task))


async def _grain(task: Task) -> Figures:
    engine = open_database(task.url)
    async with _working(task, engine, **_SCALING) as client:
        await _phase(task, client, engine)  # warm
        task.begin()
        phases = max(1, task.count // LINES)
        for _ in range(phases):
            await _phase(task, client, engine)
        return task.done(phases * LINES)


async def _phase(task: Task, client: Client, engine: sa.Engine) -> None:
    phase = await asyncio.to_thread(Phase, engine)
    temporal_flows.phases[phase.key] = phase
    handles: Handles = {}
    for desk in (*phase.desks, None):
        handles[desk] = await client.start_workflow(
            Target.run,
            args=[phase.key, desk, ACTS_OF_DESK if desk else ACTS_OF_SESSION],
            id=f"{phase.key}-{desk}",
            task_queue=_QUEUE,
        )

    async def act(said: Input) -> None:
        kind, of = said
        if isinstance(of, int):
            return await asyncio.to_thread(phase.ballot, of)
        key = await asyncio.to_thread(phase.receive, kind, str(of))
        await handles[of].execute_update(Target.act, args=[kind, key], id=key)
        return None

    for together in phase.script():
        await _some_at_once(task.clients, together, act)


async def _some_at_once(
    clients: int, items: Any, work: Callable[[Any], Awaitable[object]]
) -> None:
    places = asyncio.Semaphore(clients)

    async def one(item: Any) -> None:
        async with places:
            await work(item)

    await asyncio.gather(*map(one, items))
