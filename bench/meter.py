"""Measures what an office does, step by step: time, processors, statements, commits."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from bench.gauges import busy
from bench.house import PARTS, House

DRIVER = "driver"


@dataclass(frozen=True)
class Step:
    """What one step took, by process where that tells something.

    *others* are the seconds of processors that the rest of the machine spent: above
    half of *seconds* the step was disturbed, and its rate says little.
    """

    name: str
    seconds: float
    cpu: dict[str, float]
    statements: dict[str, int]
    commits: dict[str, int]
    database_seconds: float
    others: float

    @property
    def product(self) -> float:
        """Seconds of processors that the product took: all but who measures."""
        return sum(cpu for name, cpu in self.cpu.items() if name != DRIVER)

    def as_dict(self) -> dict[str, Any]:
        """Write it down."""
        return {
            "step": self.name,
            "seconds": round(self.seconds, 3),
            "cpu": {name: round(cpu, 3) for name, cpu in self.cpu.items()},
            "statements": self.statements,
            "commits": self.commits,
            "database_seconds": round(self.database_seconds, 3),
            "others": round(self.others, 2),
        }


@dataclass
class Meter:
    """Collects the steps of one house."""

    house: House
    steps: list[Step] = field(default_factory=list)

    @asynccontextmanager
    async def step(self, name: str) -> AsyncIterator[None]:
        """Measure what is done within."""
        counted, cpu = await self.house.counts(), self.house.spent()
        worked, began = busy(), perf_counter()
        yield
        seconds = perf_counter() - began
        now, after = self.house.spent(), await self.house.counts()
        mine = {each: now[each] - cpu[each] for each in now}
        more = {
            what: {part: after[part][what] - counted[part][what] for part in PARTS}
            for what in ("statements", "commits", "seconds")
        }
        self.steps.append(
            Step(
                name,
                seconds,
                mine,
                more["statements"],
                more["commits"],
                sum(more["seconds"].values()),
                busy() - worked - sum(mine.values()),
            )
        )

    def whole(self, count: int, without: tuple[str, ...] = ()) -> dict[str, Any]:
        """Sum up the steps, for so many of what was done.

        Those whose names begin with one of *without* are left out.
        """
        steps = [step for step in self.steps if not step.name.startswith(without)]
        seconds = sum(step.seconds for step in steps)
        cpu = {
            name: round(1000 * sum(step.cpu[name] for step in steps) / count, 2)
            for name in self.steps[0].cpu
        }
        return {
            "seconds": round(seconds, 2),
            "per_second": round(count / seconds, 1),
            "cpu_ms": round(1000 * sum(step.product for step in steps) / count, 2),
            "cpu_ms_by_process": cpu,
            "statements": round(_sum(steps, "statements") / count, 2),
            "commits": _sum(steps, "commits"),
            "others_share": round(sum(step.others for step in steps) / seconds, 2),
        }


def _sum(steps: list[Step], what: str) -> int:
    return sum(sum(getattr(step, what).values()) for step in steps)
