"""A matter beside the phases, from its filing to its conclusion."""

from temporalio import workflow

from domain import ids
from engine import names
from engine.messages import RunStatus, Start
from workflows.process import Process


@workflow.defn(name=names.WORKFLOWS[ids.Kind.CASE])
class CaseWorkflow(Process):
    """Keeps the clocks of a petition, a complaint, a denunciation, a rescission.

    Whatever its kind, it waits for the next step of its procedure, and reminds
    whoever owes that; it lives on after the campaign that it began in.
    """

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(ids.case(start.key), start)

    @workflow.run
    async def run(self, start: Start) -> RunStatus | None:
        """Run the matter *start.key*."""
        return await self.carry()

    async def paragraph(self) -> None:
        """Wait for the next act on the matter, and remind whoever owes it."""
        await self.wait(None, "the matter's next act")
