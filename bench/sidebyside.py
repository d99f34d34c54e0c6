"""The phase beside others that do the same work: rounds, medians and ratios.

The rounds are interleaved, there and back, so that what the machine does meanwhile
falls on all of them.
"""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from bench import phase
from bench.floor import Rows, insert_again, rows_of
from bench.house import Kind
from bench.phase import Size

Figures = dict[str, Any]
Say = Callable[[str], object]
_COMPARED = ("per_second", "cpu_ms")


@dataclass(frozen=True)
class Contender:
    """One of those that are measured: its name, and how it does a phase."""

    name: str
    run: Callable[[], Awaitable[Figures]]


@dataclass
class Ours:
    """Our own phase on one kind of database, and the floor of the rows it leaves."""

    kind: Kind
    size: Size
    commits: int = 0
    rows: Rows = field(default_factory=dict)

    async def run(self) -> Figures:
        """Play the phase; keep its rows for the floor."""
        figures = await phase.play(self.kind, self.size, self._keep)
        self.commits = figures["commits"]
        return figures

    def _keep(self, database: Any) -> None:
        self.rows = rows_of(database)

    async def floor(self) -> Figures:
        """Insert the same rows again; play the phase where that was not done yet."""
        if not self.rows:
            await self.run()
        return insert_again(self.kind, self.rows, self.commits, self.size.lines)


def ours(kind: Kind, size: Size) -> list[Contender]:
    """The product over one kind of database, and its floor."""
    one = Ours(kind, size)
    return [
        Contender(f"ours on {kind}", one.run),
        Contender(f"floor on {kind}", one.floor),
    ]


async def side_by_side(
    contenders: Sequence[Contender], rounds: int, say: Say
) -> dict[str, Figures]:
    """Let each do the work once a round; return medians, with each round's figures."""
    found: dict[str, list[Figures]] = {}
    for number in range(rounds):
        for each in contenders if number % 2 == 0 else reversed(contenders):
            figures = await each.run()
            for name, part in _parts(each.name, figures):
                found.setdefault(name, []).append(part)
                say(_line(name, part))
    return {name: _middle(each) for name, each in found.items()}


def _parts(name: str, figures: Figures) -> Iterator[tuple[str, Figures]]:
    """Tell the whole, and beside it what of it others do as well."""
    yield name, figures
    if alone := figures.get("acts_alone"):
        yield f"{name}, acts alone", alone


def _line(name: str, figures: Figures) -> str:
    each = figures["cpu_ms_by_process"]
    parts = " + ".join(f"{part} {ms:.2f}" for part, ms in each.items() if ms)
    return (
        f"{name:28} {figures['per_second']:9.1f}/s {figures['cpu_ms']:9.2f} CPU-ms"
        f"  ({parts})"
    )


def _middle(rounds: list[Figures]) -> Figures:
    medians = {what: median(each[what] for each in rounds) for what in _COMPARED}
    return {**medians, "rounds": rounds}


def compared(found: dict[str, Figures], base: str) -> list[str]:
    """Say how *base* stands to each: its rate by theirs, their CPU by its own."""
    mine = found[base]
    lines = [f"{'':28} {'rate':>11} {'CPU-ms':>9}   {base} / it: rate, less CPU"]
    for name, each in sorted(found.items(), key=lambda pair: pair[1]["cpu_ms"]):
        faster = mine["per_second"] / each["per_second"]
        cheaper = each["cpu_ms"] / mine["cpu_ms"]
        lines.append(
            f"{name:28} {each['per_second']:9.1f}/s {each['cpu_ms']:9.2f}"
            f"   {faster:8.2f} × {cheaper:8.2f} ×"
        )
    return lines
