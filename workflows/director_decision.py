"""A decision of the director, until it is issued and every superior has answered."""

from temporalio import workflow

from domain import ids
from engine import names
from engine.messages import RunStatus, Start
from workflows.process import Process


@workflow.defn(name=names.WORKFLOWS[ids.Kind.DECISION])
class DirectorDecisionWorkflow(Process):
    """Reminds the director, then goes sideways: deputies, secretariat, union.

    It outlives its campaign when a superior takes months to answer.
    """

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(ids.decision(start.key), start)

    @workflow.run
    async def run(self, start: Start) -> RunStatus | None:
        """Run the decision *start.key*."""
        return await self.carry()

    async def paragraph(self) -> None:
        """Wait for the next act on the decision, and remind whoever owes it."""
        await self.wait(None, "the decision's next act")
