"""The workflows and activities of the Temporal peer, in its own style and in ours."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from temporalio import activity, workflow

with workflow.unsafe.imports_passed_through():
    from bench.peers.grain import Phase
    from bench.peers.own_style import MEMBERS, OwnStyle

_TIME = timedelta(seconds=60)
styles: list[OwnStyle] = []
phases: dict[str, Phase] = {}


@activity.defn
def submit(key: str) -> None:
    """Write a nomination down."""
    styles[0].submit(key)


@activity.defn
def check(key: str) -> bool:
    """Look at the evidence."""
    return styles[0].check(key)


@activity.defn
def vote(key: str, member: int) -> bool:
    """Take one member's vote."""
    return styles[0].vote(key, member)


@activity.defn
def decide(key: str, yes: int) -> None:
    """Decide."""
    styles[0].decide(key, yes)


@activity.defn
def apply(phase: str, kind: str, key: str, desk: str | None) -> None:
    """Apply an act that was received."""
    phases[phase].apply(kind, key, desk)


async def _do(what: Any, *said: Any) -> Any:
    return await workflow.execute_activity(
        what, args=list(said), start_to_close_timeout=_TIME
    )


@workflow.defn
class Proposal:
    """One nomination: each vote is an update, and an activity."""

    @workflow.init
    def __init__(self, key: str) -> None:
        self._key = key
        self._votes: dict[int, bool] = {}
        self._ready = self._decided = False

    @workflow.run
    async def run(self, key: str) -> None:
        """Take it through its inputs."""
        await _do(submit, key)
        await _do(check, key)
        self._ready = True
        await workflow.wait_condition(lambda: len(self._votes) >= MEMBERS)
        await workflow.wait_condition(lambda: self._decided)
        await _do(decide, key, sum(self._votes.values()))
        await workflow.wait_condition(workflow.all_handlers_finished)

    @workflow.update
    async def cast(self, member: int) -> int:
        """Take one member's vote."""
        await workflow.wait_condition(lambda: self._ready)
        self._votes[member] = await _do(vote, self._key, member)
        return len(self._votes)

    @workflow.update
    def direct(self) -> None:
        """Take the director's word."""
        self._decided = True


@workflow.defn
class Target:
    """A desk, or the session: each act is one update, applied by one activity."""

    @workflow.init
    def __init__(self, phase: str, desk: str | None, _acts: int) -> None:
        self._phase, self._desk = phase, desk
        self._done = 0

    @workflow.run
    async def run(self, _phase: str, _desk: str | None, acts: int) -> None:
        """Wait until all have come."""
        await workflow.wait_condition(
            lambda: self._done >= acts and workflow.all_handlers_finished()
        )

    @workflow.update
    async def act(self, kind: str, key: str) -> str:
        """Apply an act."""
        await _do(apply, self._phase, kind, key, self._desk)
        self._done += 1
        return "applied"


WORKFLOWS = [Proposal, Target]
ACTIVITIES: list[Callable[..., Any]] = [submit, check, vote, decide, apply]
