"""What leaves the system, on one channel: at its own pace, beside every process."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

from domain import ids
from engine import names
from engine.messages import OutboxProgress, Start

# A database that is away only delays.
_RETRIES = RetryPolicy(
    initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1)
)
_TIME = timedelta(minutes=10)
_PULSE = timedelta(seconds=10)
# However long nothing is due: a signal may have been lost with an engine.
_LONGEST_REST = timedelta(hours=1)


@workflow.defn(name=names.WORKFLOWS[ids.Kind.OUTBOX])
class OutboxWorkflow:
    """Sends batch after batch while something is due, and else rests.

    It keeps nothing that the rows do not hold: what is due, and since when the other
    side has been away.
    """

    @workflow.init
    def __init__(self, start: Start) -> None:
        self._news = False

    @workflow.run
    async def run(self, start: Start) -> None:
        """Send on the channel *start.key*, for as long as there is an office."""
        while not workflow.info().is_continue_as_new_suggested():
            self._news = False
            sending = await workflow.execute_activity(
                names.SEND_DUE,
                start.key,
                result_type=OutboxProgress,
                start_to_close_timeout=_TIME,
                heartbeat_timeout=_PULSE,
                retry_policy=_RETRIES,
            )
            await self._rest(sending)
        workflow.continue_as_new(start)

    async def _rest(self, sending: OutboxProgress) -> None:
        if sending.more:
            return
        rest = _LONGEST_REST
        if sending.rest is not None:
            rest = min(rest, timedelta(seconds=sending.rest))
        try:
            await workflow.wait_condition(
                lambda: self._news, timeout=rest, timeout_summary="until more is due"
            )
        except TimeoutError:
            return

    @workflow.signal(name=names.LOOK_AGAIN)
    def look_again(self) -> None:
        """Something new is to be sent, or something that waited may go."""
        self._news = True
