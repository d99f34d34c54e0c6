"""One phase: registration, submissions, the public list, council and director."""

from temporalio import workflow

from domain import ids
from domain.states import PhaseState
from engine import names
from engine.messages import CloseWindow, Enter, RunStatus, Start
from workflows.process import Process


@workflow.defn(name=names.WORKFLOWS[ids.Kind.PHASE])
class CampaignPhaseWorkflow(Process):
    """Keeps the dates of one phase, from its registration to its review.

    Departments register, review their own people and submit; the standing
    secretariat appraises and posts the list; the council meets; the director
    decides. Each deadline reminds on the way, and tells somebody when missed.
    """

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(ids.phase(start.key), start)

    @workflow.run
    async def run(self, start: Start) -> RunStatus | None:
        """Run the phase *start.key*."""
        return await self.carry()

    async def paragraph(self) -> None:
        """Do what the present stage of the phase asks for."""
        match self.stage:
            case PhaseState.PLANNED:
                await self._open()
            case PhaseState.REGISTRATION_OPEN:
                await self._take_registrations()
            case PhaseState.RUNNING:
                await self._pass("peer_review", PhaseState.DEPARTMENT_REVIEW)
            case PhaseState.DEPARTMENT_REVIEW:
                await self._pass("submission", PhaseState.SUBMISSION_WINDOW)
            case PhaseState.SUBMISSION_WINDOW:
                await self._take_submissions()
            case PhaseState.PUBLIC_NOTICE:
                await self._keep_the_list_posted()
            case PhaseState.DECIDED:
                await self.do(names.SUM_UP, self.id)
            case _:
                # Appraisal, council and director end by acts, not by time.
                await self.wait(None, "an act, or the next reminder")

    async def _open(self) -> None:
        if await self.wait(self.opening("phase"), "the phase opens"):
            await self.do(names.OPEN_PHASE, self.id)

    async def _take_registrations(self) -> None:
        if await self.wait(self.due("registration"), "registration closes"):
            await self._close("registration")

    async def _take_submissions(self) -> None:
        if await self.wait(self.due("submission"), "submissions are due"):
            await self._close("submission")

    async def _keep_the_list_posted(self) -> None:
        if await self.wait(self.due("public_notice"), "the public notice ends"):
            await self._enter(PhaseState.COUNCIL_REVIEW)

    async def _pass(self, deadline: str, next_stage: PhaseState) -> None:
        if await self.wait(self.opening(deadline), f"{deadline} opens"):
            await self._enter(next_stage)

    async def _close(self, deadline: str) -> None:
        window = CloseWindow(self.id, deadline, self.version(deadline))
        await self.do(names.CLOSE_WINDOW, window)

    async def _enter(self, next_stage: PhaseState) -> None:
        await self.do(names.ENTER, Enter(self.id, self.stage, next_stage))
