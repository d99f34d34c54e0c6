"""A campaign: from the signed plan to its closing."""

from temporalio import workflow

from domain import ids
from engine import names
from engine.messages import RunStatus, Start
from workflows.process import Process


@workflow.defn(name=names.WORKFLOWS[ids.Kind.CAMPAIGN])
class CampaignWorkflow(Process):
    """Waits for the pact, the launch and the closing; its phases keep the dates.

    Signing, launching, amending, suspending, resuming, cancelling and closing
    are acts: they come when people act, and silence never closes a campaign.
    """

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(ids.campaign(start.key), start)

    @workflow.run
    async def run(self, start: Start) -> RunStatus | None:
        """Run the campaign *start.key*."""
        return await self.carry()

    async def paragraph(self) -> None:
        """Wait for the next act, and remind whoever owes one."""
        await self.wait(None, "the next act on the campaign")
