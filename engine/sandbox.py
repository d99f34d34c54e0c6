"""The sandbox of workflows, which is entered for their code alone."""

from dataclasses import dataclass
from typing import Any

from temporalio.converter import StorageDriverStoreContext
from temporalio.worker import WorkflowInstance, WorkflowInstanceDetails
from temporalio.worker.workflow_sandbox import (
    SandboxedWorkflowRunner,
    SandboxRestrictions,
)
from temporalio.workflow import Info


@dataclass(frozen=True)
class Sandbox(SandboxedWorkflowRunner):
    """Runs workflows in the SDK's sandbox.

    The SDK enters it anew for every payload, several times for each, to ask to whom
    that goes: a seventh of a worker's time. Our messages are written alike to anybody
    (`engine.payloads`), so that is answered outside.
    """

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        """Make one workflow."""
        return _Instance(super().create_instance(det))


class _Instance(WorkflowInstance):
    """A workflow in the sandbox, whose payloads are written alike to anybody."""

    def __init__(self, within: WorkflowInstance) -> None:
        self._within = within

    def activate(self, act: Any) -> Any:
        return self._within.activate(act)

    def get_info(self) -> Info:
        return self._within.get_info()

    def get_thread_id(self) -> int | None:
        return self._within.get_thread_id()

    def get_serialization_context(self, command_info: Any) -> None:
        return None

    def get_external_store_context(
        self, command_info: Any
    ) -> StorageDriverStoreContext:
        return StorageDriverStoreContext()


OURS = Sandbox(SandboxRestrictions.default.with_passthrough_modules("domain", "engine"))
