"""What every workflow here shares: its clock, its commands and its ladders."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from itertools import chain, takewhile
from typing import Any, TypeVar

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import FailureError

from domain.ids import WorkflowId
from domain.states import CommandState
from engine import names
from engine.messages import (
    Climb,
    CommandRef,
    Outcome,
    RunStatus,
    Situation,
    Start,
)
from engine.waiting import Clock

Answer = TypeVar("Answer")

# A database that is away only delays: there is no last attempt.
_RETRIES = RetryPolicy(
    initial_interval=timedelta(milliseconds=200), maximum_interval=timedelta(seconds=10)
)
_TIME = timedelta(minutes=10)
# A worker that is silent for longer is dead, and its work is handed on.
_PULSE = timedelta(seconds=4)
# What must stand in the history before it stands in the rows. Else a worker that dies
# loses what was to follow from a moment: it loads the rows anew, finds the step taken,
# and starts and wakes nobody. The others wait: for acts that are still being applied,
# or for the engine itself. What follows from an act its own row tells.
_OWN = frozenset(
    {
        names.OPEN_PHASE,
        names.SUM_UP,
        names.CLOSE_WINDOW,
        names.START_WORKFLOWS,
        names.WAKE_WORKFLOWS,
    }
)
How = Callable[..., Awaitable[Any]]
# Beside the workflow task, and again with it: one step of the history, written when
# all is done.
_BESIDE: How = workflow.execute_local_activity
# Remembered by the engine before it begins.
_BY_ITSELF: How = partial(workflow.execute_activity, heartbeat_timeout=_PULSE)
_ONCE = RetryPolicy(maximum_attempts=1)
# Before, an act was a step of the history from its beginning.
_ACTS_BESIDE = "acts-beside-the-task"

# Runs an activity, given its name, argument and the type of its answer.
Run = Callable[[str, Any, type[Answer]], Awaitable[Answer]]


class Process:
    """A workflow that stands where its rows say, and moves by acts and by time.

    It keeps nothing that the rows do not hold, so that it can be started again
    at any moment, in any engine, and go on.
    """

    def __init__(self, target: WorkflowId, start: Start) -> None:
        self.id = str(target)
        self.clock = Clock(start.moment)
        self._start = start
        self._situation = Situation(seq=-1, stage="")
        self._look = False
        self._acting = 0
        self._told: list[str] = []
        self._lock = asyncio.Lock()

    @property
    def stage(self) -> str:
        """The stage that the rows gave last."""
        return self._situation.stage

    async def paragraph(self) -> None:
        """Do what the present stage asks for, or wait; called again and again."""
        raise NotImplementedError

    async def carry(self) -> RunStatus | None:
        """Go from stage to stage until the rows say that all is done.

        In a rehearsal, say how it stood then: of one that has ended, an answer costs
        its whole history, run again.
        """
        await self._load()
        while not self._situation.ended:
            self._renew_when_long()
            await self.paragraph()
        self.clock.end()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self.standing() if self.clock.stepped else None

    @workflow.update(
        name=names.COMMAND, description="A human act, already written down"
    )
    async def command(self, ref: CommandRef) -> CommandState | RunStatus | None:
        """Apply one act once the stage of its own moment is reached.

        In a rehearsal the answer waits for what the act sets off in this workflow.
        """
        self._acting += 1
        self.clock.follow(ref.received_at)
        try:
            await self.clock.reach(ref.received_at)
            async with self._lock:
                outcome = await self._act(names.APPLY_COMMAND, ref, Outcome)
                await self._follow_up([outcome], self._act)
        finally:
            self._acting -= 1
        if not self.clock.stepped:
            return outcome.state
        return await self._once_quiet()

    @workflow.update(
        name=names.COMMANDS, description="Human acts, already written down"
    )
    async def commands(self, refs: list[CommandRef]) -> RunStatus | None:
        """Apply acts one after the other, together those whose stage is reached.

        Each is as it would be alone: in its order, with its own end.
        """
        self._acting += 1
        try:
            while refs:
                refs = refs[await self._apply_first(refs) :]
        finally:
            self._acting -= 1
        return await self._once_quiet() if self.clock.stepped else None

    async def _apply_first(self, refs: list[CommandRef]) -> int:
        """Apply the first acts, as many as can be; say how many."""
        self.clock.follow(refs[0].received_at)
        await self.clock.reach(refs[0].received_at)
        async with self._lock:
            now = [*takewhile(self._is_reached, refs)] or refs[:1]
            outcomes = await self._act(names.APPLY_COMMANDS, now, list[Outcome])
            await self._follow_up(outcomes, self._act)
        return len(outcomes)

    def _is_reached(self, ref: CommandRef) -> bool:
        return self.clock.has_reached(ref.received_at)

    @workflow.update(name=names.ADVANCE, description="A rehearsal's clock moves")
    async def advance_to(self, moment: datetime) -> RunStatus:
        """Step the clock and answer once everything that fell due is done."""
        self.clock.follow(moment)
        return await self._once_quiet()

    async def _once_quiet(self) -> RunStatus:
        await workflow.wait_condition(lambda: not self._busy)
        return self.standing()

    @workflow.query(name=names.STANDING)
    def standing(self) -> RunStatus:
        """Say whether this workflow is at work, and when it next wants to wake."""
        return RunStatus(self._busy, self.clock.wake(), tuple(self._told))

    @property
    def _busy(self) -> bool:
        return self._acting > 0 or not self.clock.quiet

    @workflow.signal(name=names.LOOK_AGAIN)
    def look_again(self) -> None:
        """Something that concerns this workflow has changed in the rows."""
        self._look = True

    async def wait(self, milestone: datetime | None, what: str) -> bool:
        """Wait for *milestone*, climbing ladders on the way; True when it came.

        False says that the situation may have changed and is worth a new look.
        """
        known = self._situation
        moments = [] if known.suspended else [rung.at for rung in known.rungs]
        if milestone is not None and not known.suspended:
            moments.append(milestone)
        await self.clock.until(
            lambda: self._look or self._situation is not known,
            min(moments, default=None),
            what,
        )
        if self._look or self._situation is not known:
            await self._look_around()
            return False
        if milestone is not None and milestone <= self.clock.now():
            return True
        await self._climb()
        return False

    async def do(self, activity: str, argument: Any) -> Outcome:
        """Run one activity on the rows and follow up what it asks for."""
        outcome = await self._call(activity, argument, Outcome)
        await self._follow_up([outcome], self._call)
        return outcome

    async def _follow_up(self, outcomes: Sequence[Outcome], run: Run[None]) -> None:
        for outcome in outcomes:
            self._take(outcome.situation)
        # Each once, in their order, whoever of them asks for it.
        start = [*dict.fromkeys(chain.from_iterable(each.start for each in outcomes))]
        wake = [*dict.fromkeys(chain.from_iterable(each.wake for each in outcomes))]
        if start:
            await run(names.START_WORKFLOWS, start, type(None))
        if wake:
            await run(names.WAKE_WORKFLOWS, wake, type(None))
        if self.clock.stepped:  # nobody else asks
            self._told += [*start, *wake]

    async def _look_around(self) -> None:
        if self._look:
            self._look = False
            await self._load()

    async def _load(self) -> None:
        self._take(await self._call(names.LOAD, self.id, Situation))

    def _take(self, situation: Situation) -> None:
        self.clock.stand(situation.moment)
        # Two activities may end in the other order than their transactions did.
        if situation.seq >= self._situation.seq:
            self._situation = situation

    async def _climb(self) -> None:
        rung = min(self._situation.rungs, key=lambda rung: rung.at)
        climb = Climb(self.id, rung.deadline, rung.version, self.clock.now())
        await self.do(names.CLIMB, climb)

    def _renew_when_long(self) -> None:
        # Not while an act is under way: it may be waiting for this very run.
        # There is another chance after it.
        long = workflow.info().is_continue_as_new_suggested()
        if long and workflow.all_handlers_finished():
            moment = self.clock.now() if self.clock.stepped else None
            workflow.continue_as_new(Start(self._start.key, moment))

    async def _call(self, activity: str, argument: Any, answer: type[Answer]) -> Answer:
        """Run an activity that a moment of the workflow's own asks for."""
        how = _BY_ITSELF if activity in _OWN else _BESIDE
        return await _run(how, activity, argument, answer)

    async def _act(self, activity: str, argument: Any, answer: type[Answer]) -> Answer:
        """Run an activity that an act asks for; its row tells until it is followed up.

        What cannot be done at once is handed to the engine, which tries again and
        knows for how long.
        """
        if workflow.patched(_ACTS_BESIDE):
            with suppress(FailureError):
                return await _run(_BESIDE, activity, argument, answer, _ONCE)
        return await _run(_BY_ITSELF, activity, argument, answer)

    def due(self, name: str) -> datetime | None:
        """Return when the deadline *name* falls due, if one runs."""
        due = self._situation.dues.get(name)
        return due.due_at if due else None

    def opening(self, name: str) -> datetime | None:
        """Return when what the deadline *name* ends begins, if one runs."""
        due = self._situation.dues.get(name)
        return due.opens_at if due else None

    def version(self, name: str) -> int:
        """Return the version at which the deadline *name* stands."""
        return self._situation.dues[name].version


async def _run(
    how: How,
    activity: str,
    argument: Any,
    answer: type[Answer],
    retries: RetryPolicy = _RETRIES,
) -> Answer:
    result: Answer = await how(
        activity,
        argument,
        result_type=answer,
        retry_policy=retries,
        start_to_close_timeout=_TIME,
    )
    return result
