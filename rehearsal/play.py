"""The play: every part's next moment in one queue, and the clock moved to the first."""

import heapq
from collections.abc import AsyncIterator, Callable, Iterable
from datetime import datetime

from rehearsal.cast.departments import registration, submission
from rehearsal.cast.follow_up import follow_up
from rehearsal.cast.leadership import closing, launching
from rehearsal.cast.matters import ad_hoc, complaint, initiative
from rehearsal.cast.script import Script

Moments = AsyncIterator[datetime]
# Told of every moment at which the play arrives.
Watcher = Callable[[datetime], object]


async def play(
    script: Script,
    until: datetime | None = None,
    watch: Watcher = lambda _: None,
    beside: Iterable[Moments] = (),
) -> None:
    """Play the year to its end, or to the last thing that happens before *until*.

    Parts that stand *beside* the script are played with it, and act after it.
    """
    conductor = script.house.conductor
    queue: list[tuple[datetime, int]] = []
    parts = [*_parts(script), *beside]
    for place, part in enumerate(parts):
        await _queue(queue, place, part)
    while queue and (until is None or queue[0][0] < until):
        moment, place = heapq.heappop(queue)
        await conductor.advance_to(moment)
        watch(moment)
        await _queue(queue, place, parts[place])
    if until is not None:
        await conductor.advance_to(until)
        watch(until)


async def _queue(queue: list[tuple[datetime, int]], place: int, part: Moments) -> None:
    """Let a part act until it waits for a moment, and put that in the queue."""
    moment = await anext(part, None)
    if moment is not None:
        heapq.heappush(queue, (moment, place))


def _parts(script: Script) -> Iterable[Moments]:
    """List the parts; at one moment they act in this order."""
    yield launching(script)
    registering = next((p for p in script.plan.phases if p.registration_opens), None)
    departments = [department.code for department in script.company.office.departments]
    register: dict[int, int] = {}
    for phase in script.plan.phases:
        for department in departments:
            if phase is registering:
                yield registration(script, phase, department)
            yield submission(script, phase, department)
        yield initiative(script, phase)
        yield ad_hoc(script, phase, register)
        yield follow_up(script, phase, register)
        yield complaint(script, phase)
    yield closing(script)
