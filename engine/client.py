"""The way to the engine: start a workflow, send it a command, wake it."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta
from enum import Enum, auto
from types import MappingProxyType
from typing import Any

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.errordetails.v1 import NamespaceNotFoundFailure
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import (
    Client,
    RPCError,
    RPCStatusCode,
    WorkflowHandle,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import Priority
from temporalio.converter import DataConverter
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import KeepAliveConfig, RetryConfig

from domain import ids
from domain.states import CommandState
from engine import names
from engine.messages import CommandRef, RunStatus, Start
from engine.payloads import MESSAGES, NoKey
from store.failpoints import failpoint

# A request waits for a person: it gives up on the engine early.
_RETRY = RetryConfig(max_retries=2, max_elapsed_time_millis=2000)

# What a worker polls for.
_POLLED = (
    TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
)
# The usual one is 3: of departments there are thousands, and they all depend on the
# few others.
_OF_MANY = Priority(priority_key=4)

# A killed worker's workflow task is handed on after this long.
_TASK_TIME = timedelta(seconds=5)

# What a workflow answers to an act: in a rehearsal, how it then stands.
_Answer: Any = CommandState | RunStatus | None


class Sent(Enum):
    """What became of a command that was sent."""

    ENDED = auto()  # applied, refused or set aside: its row says which
    AWAY = auto()  # no answer from engine or worker; the row waits
    OVER = auto()  # the target has ended and takes no more


async def connect(
    address: str,
    namespace: str = "default",
    *,
    lazy: bool = True,
    messages: DataConverter = MESSAGES,
    door: Mapping[str, Any] = MappingProxyType({}),
) -> Client:
    """Connect; lazily, since whoever only reads needs no engine (a worker does).

    *door* is what a Temporal elsewhere asks for: `tls`, `api_key`, `rpc_metadata`.
    """
    return await Client.connect(
        address,
        namespace=namespace,
        lazy=lazy,
        data_converter=messages,
        retry_config=_RETRY,
        keep_alive_config=KeepAliveConfig(interval_millis=5000, timeout_millis=2000),
        **door,
    )


class Engine:
    """Temporal as the rest of the product sees it.

    Offices that share a namespace each have a task queue, and an *office* that
    opens the ids of their workflows.
    """

    def __init__(
        self, client: Client, task_queue: str = names.TASK_QUEUE, office: str = ""
    ) -> None:
        self.client = client
        self.task_queue = task_queue
        self._office = office

    def handle(self, workflow_id: str) -> WorkflowHandle[Any, Any]:
        """Hand out the handle of a workflow, whichever run of it is the last."""
        return self.client.get_workflow_handle(self._office + workflow_id)

    async def start(self, workflow_id: str) -> bool:
        """Start a workflow unless it is running (then False).

        Only what its rows say is open is ever started: one that had ended, and is
        started again, reads that and ends.
        """
        try:
            await self._start(workflow_id)
        except WorkflowAlreadyStartedError:
            return False
        return True

    async def wake(self, workflow_id: str) -> None:
        """Tell a workflow to look again; one that is missing is started with it."""
        await self._start(workflow_id, names.LOOK_AGAIN)

    async def _start(self, workflow_id: str, signal: str | None = None) -> None:
        target = ids.read(workflow_id)
        of_many = target.kind is ids.Kind.DEPARTMENT
        await self.client.start_workflow(
            names.WORKFLOWS[target.kind],
            Start(target.key),
            id=self._office + workflow_id,
            task_queue=self.task_queue,
            task_timeout=_TASK_TIME,
            priority=_OF_MANY if of_many else Priority.default,
            start_signal=signal,
        )

    async def send(
        self, target: str, refs: Sequence[CommandRef], patience: timedelta
    ) -> Sent:
        """Send commands and wait for the end of them all, for *patience* at most.

        A target that the engine does not know is started from its rows first.
        """
        try:
            async with asyncio.timeout(patience.total_seconds()):
                return await self._send(target, refs)
        except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError):
            return Sent.AWAY
        except RuntimeError:
            return Sent.AWAY  # a lazy client's first try to connect has failed
        except NoKey:
            return Sent.AWAY  # it was answered; the row tells what cannot be read
        except RPCError as error:
            return Sent.OVER if is_unknown(error) else Sent.AWAY

    async def _send(self, target: str, refs: Sequence[CommandRef]) -> Sent:
        try:
            return await self._update(target, refs)
        except RPCError as error:
            if not is_unknown(error):
                raise
        await self.start(target)
        failpoint("command.after_start")
        return await self._update(target, refs)

    async def _update(self, target: str, refs: Sequence[CommandRef]) -> Sent:
        try:
            await self.apply(target, refs)
        except WorkflowUpdateFailedError:
            # The run renewed itself or ended in between: the row tells.
            return Sent.AWAY
        return Sent.ENDED

    async def apply(self, target: str, refs: Sequence[CommandRef]) -> object:
        """Let a running workflow apply commands; how they ended, their rows tell."""
        first, *behind = refs
        name, told = (names.COMMANDS, [*refs]) if behind else (names.COMMAND, first)
        return await self.handle(target).execute_update(
            name, told, id=first.update_id, result_type=_Answer
        )

    async def polled(self) -> bool:
        """Say whether the engine has lately seen this client's worker poll for work.

        Raises RPCError when the engine is away.
        """
        return self.client.identity in await self.pollers()

    async def pollers(self) -> set[str]:
        """List the workers lately seen to poll for all work, as PROCESS@MACHINE.

        Raises RPCError when the engine is away.
        """
        return set.intersection(*[await self._pollers(kind) for kind in _POLLED])

    async def _pollers(self, kind: TaskQueueType.ValueType) -> set[str]:
        request = DescribeTaskQueueRequest(
            namespace=self.client.namespace,
            task_queue=TaskQueue(name=self.task_queue),
            task_queue_type=kind,
        )
        answer = await self.client.workflow_service.describe_task_queue(request)
        return {poller.identity for poller in answer.pollers}


def is_unknown(error: RPCError) -> bool:
    """Say whether no such workflow runs; without its namespace, nobody knows."""
    details = error.grpc_status.details
    nowhere = any(each.Is(NamespaceNotFoundFailure.DESCRIPTOR) for each in details)
    return error.status is RPCStatusCode.NOT_FOUND and not nowhere
