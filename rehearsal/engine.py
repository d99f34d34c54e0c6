"""The engine of a rehearsal: workflows are also stepped, and say how they stand."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from temporalio.client import (
    Client,
    RPCError,
    WorkflowHandle,
    WorkflowQueryFailedError,
    WorkflowUpdateFailedError,
)

from engine import names
from engine.client import Engine, is_unknown
from engine.messages import CommandRef, RunStatus

# What the SDK says of a workflow that a busy machine did not let answer.
_TOO_SLOW = "TMPRL1101"


class RehearsedEngine(Engine):
    """Temporal as a conductor sees it."""

    def __init__(
        self, client: Client, task_queue: str = names.TASK_QUEUE, office: str = ""
    ) -> None:
        super().__init__(client, task_queue, office)
        # What workflows said of themselves when they last ended an act.
        self._words: dict[str, RunStatus] = {}

    async def apply(self, target: str, refs: Sequence[CommandRef]) -> object:
        """Let a running workflow apply commands, and hear how it then stands."""
        said = await super().apply(target, refs)
        if isinstance(said, RunStatus):
            self._words[target] = said
        return said

    async def advance(self, workflow_id: str, moment: datetime) -> RunStatus:
        """Step a workflow's clock; say how it stands once it has acted."""
        try:
            found: RunStatus = await self.handle(workflow_id).execute_update(
                names.ADVANCE, moment, result_type=RunStatus
            )
        except (WorkflowUpdateFailedError, RPCError) as error:
            if isinstance(error, RPCError) and not is_unknown(error):
                raise
            return await self.standing(workflow_id)  # it ended or renewed itself
        return found

    async def standing(self, workflow_id: str, *, over: bool = False) -> RunStatus:
        """Ask a workflow how it stands; an unknown one has nothing to do.

        One that has said so of itself since it was last asked is taken at its word. One
        that is *over*, as the rows have it, is waited for and says it with its end.
        """
        if word := self._words.pop(workflow_id, None):
            return word
        handle = self.handle(workflow_id)
        try:
            return await (self._last_words(handle) if over else self._ask(handle))
        except RPCError as error:
            if not is_unknown(error):
                raise
            return RunStatus(busy=False, wake=None)

    async def _ask(self, handle: WorkflowHandle[Any, Any], left: int = 2) -> RunStatus:
        """Ask, and again where the machine was too busy to let a workflow answer."""
        try:
            found: RunStatus = await handle.query(names.STANDING, result_type=RunStatus)
        except WorkflowQueryFailedError as error:
            if _TOO_SLOW not in str(error) or not left:
                raise
            return await self._ask(handle, left - 1)
        return found

    async def _last_words(self, handle: WorkflowHandle[Any, Any]) -> RunStatus:
        ended = self.client.get_workflow_handle(handle.id, result_type=RunStatus)
        said: RunStatus = await ended.result()
        return said
