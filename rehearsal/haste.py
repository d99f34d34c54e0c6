"""In a rehearsal no activity needs the engine to remember it: each runs on the spot."""

from dataclasses import fields
from typing import Any

from temporalio import workflow
from temporalio.worker import (
    Interceptor,
    StartActivityInput,
    StartLocalActivityInput,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
    WorkflowOutboundInterceptor,
)

from engine import names

# It waits for acts, which other workflow tasks apply.
_PATIENT = names.CLOSE_WINDOW


class Haste(Interceptor):
    """Runs activities beside the workflow task that asks for them.

    What a worker's death then loses is lost with the whole rehearsal. An act is one
    step of the history instead of five to eleven.
    """

    def workflow_interceptor_class(
        self, input: WorkflowInterceptorClassInput
    ) -> type[WorkflowInboundInterceptor]:
        """Stand before every workflow."""
        return _Hasty


class _Hasty(WorkflowInboundInterceptor):
    def init(self, outbound: WorkflowOutboundInterceptor) -> None:
        super().init(_OnTheSpot(outbound))


class _OnTheSpot(WorkflowOutboundInterceptor):
    def start_activity(self, input: StartActivityInput) -> workflow.ActivityHandle[Any]:
        if input.activity == _PATIENT:
            return super().start_activity(input)
        shared: dict[str, Any] = {
            field.name: getattr(input, field.name, None)
            for field in fields(StartLocalActivityInput)
        }
        return self.start_local_activity(StartLocalActivityInput(**shared))
