"""A session of the council, from its convening to the signed minutes."""

from temporalio import workflow

from domain import ids
from engine import names
from engine.messages import RunStatus, Start
from workflows.process import Process


@workflow.defn(name=names.WORKFLOWS[ids.Kind.COUNCIL])
class CouncilSessionWorkflow(Process):
    """Invites the members, then waits for the vote and for the signed minutes.

    A meeting that is not held and minutes that are not signed go up to the
    chair and to the director; nothing passes because somebody was silent.
    """

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(ids.council(start.key), start)

    @workflow.run
    async def run(self, start: Start) -> RunStatus | None:
        """Run the session *start.key*."""
        return await self.carry()

    async def paragraph(self) -> None:
        """Wait for the next act of the session, and remind whoever owes it."""
        await self.wait(None, "the session's next act")
