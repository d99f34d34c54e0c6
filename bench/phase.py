"""The phase: every line from its registration to its award, over HTTP, by its steps."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass
from typing import Any

from sqlmodel import func, select

from bench.house import House, Kind, open_house
from bench.meter import Meter
from rehearsal.cast.company import call_together
from store.database import Database
from store.tables import Act, Nomination, Notice
from tests.journeys.cast import at
from tests.office import sample_office
from tests.scale.office import enlarged
from tests.scale.phase import YEAR, Phase

BEGINS = at("2022-01-06")
# What no peer has: the launch of a campaign, and the clock that goes from day to day.
_OURS_ALONE = ("pact and launch", "clock")
# The one act of the secretariat on all lists.
_AT_ONCE = {"receive": "receive-lists", "appraise": "appraise-lists"}


@dataclass(frozen=True)
class Size:
    """How large a phase is: each department nominates itself, and people."""

    departments: int = 20
    lines_each: int = 50
    # People of each department who may be nominated, and are not.
    more_people: int = 0
    clients: int = 8
    # Whether the secretariat takes each list by an act of its own, not all by one.
    apart: bool = False

    @property
    def lines(self) -> int:
        """How many lines there are in all."""
        return self.departments * self.lines_each


@dataclass
class Played(Phase):
    """A phase in which as many act at once as there are clients."""

    clients: int = 8
    apart: bool = False

    async def each(self, acts: Iterable[Coroutine[Any, Any, Any]]) -> None:
        """Let people act who need not wait for one another."""
        places = asyncio.Semaphore(self.clients)

        async def one(act: Coroutine[Any, Any, Any]) -> None:
            async with places:
                await act

        await asyncio.gather(*map(one, acts))

    async def _desk(self, act: str) -> None:
        if self.apart:
            await super()._desk(act)
        else:
            await self.act(self.company.secretariat, f"{self.path}/{_AT_ONCE[act]}")


async def play(
    kind: Kind, size: Size, afterwards: Callable[[Database], object] | None = None
) -> dict[str, Any]:
    """Play a whole phase on an office of its own; return what it took.

    *afterwards* is let at the database before it goes.
    """
    people = enlarged(
        sample_office(YEAR), size.departments, size.lines_each - 1 + size.more_people
    )
    async with open_house(kind, people, BEGINS) as house:
        phase, meter = played(house, people, size), Meter(house)
        for name, step in phase.steps:
            async with meter.step(name):
                await step()
        async with meter.step("until all is quiet"):
            await house.office.conductor.settle()
        if afterwards:
            afterwards(house.office.database)
        return await _summary(house, meter, size)


def played(house: House, people: Any, size: Size) -> Played:
    """Cast a phase with whom an office nominates."""
    subjects = {
        each.code: [f"{each.code.lower()}-n{n:03}" for n in range(size.lines_each - 1)]
        for each in people.departments
    }
    return Played(
        house.office,
        call_together(people),
        subjects,
        clients=size.clients,
        apart=size.apart,
    )


async def _summary(house: House, meter: Meter, size: Size) -> dict[str, Any]:
    lengths = await house.lengths()
    return {
        "kind": house.kind,
        "lines": size.lines,
        "departments": size.departments,
        "clients": size.clients,
        **meter.whole(size.lines),
        "acts_alone": meter.whole(size.lines, without=_OURS_ALONE),
        "events": sum(lengths),
        "longest_history": max(lengths),
        "workflows": len(lengths),
        "bytes": house.sizes(),
        "memory_mb": house.memory(),
        **_left_behind(house),
        "answers": house.office.log.summary(),
        "steps": [step.as_dict() for step in meter.steps],
    }


def _left_behind(house: House) -> dict[str, Any]:
    with house.office.database.read() as session:
        states = select(Nomination.state, func.count()).group_by(Nomination.state)
        return {
            "states": {str(state): n for state, n in session.exec(states)},
            "acts": session.exec(select(func.count()).select_from(Act)).one(),
            "notices": session.exec(select(func.count()).select_from(Notice)).one(),
        }
