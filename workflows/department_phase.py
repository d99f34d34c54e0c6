"""What one department owes in one phase."""

from temporalio import workflow

from domain import ids
from engine import names
from engine.messages import CloseWindow, RunStatus, Start
from workflows.process import Process

_WINDOWS = ("registration", "submission")


@workflow.defn(name=names.WORKFLOWS[ids.Kind.DEPARTMENT])
class DepartmentPhaseWorkflow(Process):
    """Takes a department's acts in order, and keeps the clocks that are its alone.

    The phase keeps the common dates. Here are only a supplement's due date and
    an extension given to this department.
    """

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(ids.WorkflowId(ids.Kind.DEPARTMENT, start.key), start)

    @workflow.run
    async def run(self, start: Start) -> RunStatus | None:
        """Run the department's part in the phase, *start.key*."""
        return await self.carry()

    async def paragraph(self) -> None:
        """Wait for the department's acts; close a window that is its own."""
        own = [(due, name) for name in _WINDOWS if (due := self.due(name))]
        first, name = min(own, default=(None, ""))
        if await self.wait(first, f"the department's own end of {name}"):
            window = CloseWindow(self.id, name, self.version(name))
            await self.do(names.CLOSE_WINDOW, window)
