"""All waiting of all workflows: one clock, which in a rehearsal stands still."""

from collections.abc import Callable
from datetime import datetime, timedelta

from temporalio import workflow

_NO_TIME = timedelta(0)


class Clock:
    """The time inside one workflow, and what its run is waiting for.

    A living campaign goes by the engine's clock. A rehearsed one goes by a
    stepped clock: it stands at a moment, as the rows told it when they were first
    read, until they or a message tell a later one.
    """

    def __init__(self, moment: datetime | None) -> None:
        self._moment = moment
        self._condition: Callable[[], bool] | None = None
        self._horizon: datetime | None = None
        self._ended = False

    @property
    def stepped(self) -> bool:
        """Say whether this clock is stepped."""
        return self._moment is not None

    def now(self) -> datetime:
        """Return the present moment, in UTC."""
        return self._moment or workflow.now()

    async def until(
        self, condition: Callable[[], bool], deadline: datetime | None, what: str
    ) -> None:
        """Wait until *condition* holds or *deadline* comes.

        *what* names the timer for whoever looks at the engine's own pages.
        """
        self._condition, self._horizon = condition, deadline
        try:
            if self.stepped:
                await workflow.wait_condition(self._ready)
            else:
                await self._until_on_the_engine(condition, deadline, what)
        finally:
            self._condition = None

    async def _until_on_the_engine(
        self, condition: Callable[[], bool], deadline: datetime | None, what: str
    ) -> None:
        timeout = None if deadline is None else max(deadline - self.now(), _NO_TIME)
        try:
            await workflow.wait_condition(
                condition, timeout=timeout, timeout_summary=what
            )
        except TimeoutError:
            return

    def _ready(self) -> bool:
        come = self._horizon is not None and self._horizon <= self.now()
        return come or (self._condition is not None and self._condition())

    async def reach(self, moment: datetime) -> None:
        """Wait until the run has dealt with all that fell due by *moment*.

        An act must find the stage that its own moment belongs to, though engine
        and worker slept. An act received before the deadline that the run is
        dealing with goes first: the run waits for it (see `close_window`).
        """
        await workflow.wait_condition(lambda: self.has_reached(moment))

    def has_reached(self, moment: datetime) -> bool:
        """Say whether the run has dealt with all that fell due by *moment*."""
        return (
            self._ended
            or (self._condition is not None and self._horizon is None)
            or (self._horizon is not None and self._horizon > moment)
        )

    def stand(self, moment: datetime | None) -> None:
        """Learn from the rows where a rehearsal stands; None: this is none."""
        if moment is not None:
            self._moment = max(self._moment or moment, moment)

    def follow(self, moment: datetime) -> None:
        """Let a stepped clock learn from a message what time it is."""
        if self.stepped:
            self.stand(moment)

    @property
    def quiet(self) -> bool:
        """Say whether the run waits, for nothing that has come already."""
        return self._ended or (self._condition is not None and not self._ready())

    def wake(self) -> datetime | None:
        """Return the moment at which the run next wants to wake."""
        return None if self._ended else self._horizon

    def end(self) -> None:
        """Say that the run is over: nobody waits for it any more."""
        self._ended = True
