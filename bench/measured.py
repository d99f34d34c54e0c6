"""Everything that `python -m bench` can measure, in the order that it does."""

import asyncio
import sys
from argparse import Namespace
from collections.abc import Sequence

from bench import acts as one_act
from bench import deadline as due
from bench import growth as growing
from bench import reading as pages
from bench import starting as starts
from bench import year as rehearsed
from bench.beside import peers
from bench.house import Kind
from bench.parts import Figures, Option, Part
from bench.phase import Size
from bench.picture import bars
from bench.report import Report
from bench.sidebyside import compared, ours, side_by_side
from bench.year import PLAN

_SIZE: tuple[Option, ...] = (
    ("lines", 1000, "lines in all"),
    ("departments", 20, "departments that nominate"),
    ("clients", 8, "acts that go on at once"),
    ("apart", False, "an act of the secretariat for each list, not one for all"),
)


def size_of(asked: Namespace) -> Size:
    """Read how large a phase is asked for."""
    return Size(
        asked.departments,
        asked.lines // asked.departments,
        clients=asked.clients,
        apart=asked.apart,
    )


async def phase(asked: Namespace, report: Report) -> Figures:
    """The phase, beside its peers and its floor."""
    contenders = [
        *ours("postgres", size_of(asked)),
        *ours("sqlite", size_of(asked)),
        *peers(),
    ]
    only = chosen("only", asked.only, [each.name for each in contenders])
    contenders = [each for each in contenders if each.name in only]
    found = await side_by_side(contenders, asked.rounds, report.say)
    for base in (each for each in found if each.startswith(contenders[0].name)):
        for line in compared(found, base):
            report.say(line)
    ordered = sorted(found.items(), key=lambda pair: pair[1]["cpu_ms"])
    costs = {name: each["cpu_ms"] for name, each in ordered}
    report.draw("phase", bars("CPU a nomination takes", "ms", costs))
    return found


async def acts(asked: Namespace, report: Report) -> Figures:
    """One act, alone and among many."""
    clients = numbers(asked.clients)
    found = {}
    for kind in kinds_of(asked):
        report.say(kind)
        found[kind] = await one_act.play(kind, clients)
        report.table(found[kind])
    return found


def kinds_of(asked: Namespace) -> list[Kind]:
    """Read which databases are asked for."""
    kinds: tuple[Kind, ...] = ("postgres", "sqlite")
    on = chosen("on", asked.on, kinds)
    return [kind for kind in kinds if kind in on]


_ON: Option = ("on", "sqlite,postgres", "databases, between commas")


async def growth(asked: Namespace, report: Report) -> Figures:
    """Larger and larger, and longer and longer."""
    kind = kinds_of(asked)[0]
    found: Figures = {}
    for what, sizes in (
        ("lines", asked.lines),
        ("departments", asked.departments),
        ("people", asked.people),
    ):
        if sizes:
            report.say(what)
            play = getattr(growing, what)
            found[what] = await play(kind, numbers(sizes), report.say)
    if asked.years:
        report.say("years")
        found["years"] = await growing.years(kind, asked.years, report.say)
    return found


async def deadline(asked: Namespace, report: Report) -> Figures:
    """How soon everybody is told."""
    found = [await due.play(size) for size in numbers(asked.departments)]
    report.table(found)
    return found


async def reading(asked: Namespace, report: Report) -> Figures:
    """The heaviest pages first; the last row is the route that does nothing."""
    found = {}
    for kind in kinds_of(asked):
        report.say(kind)
        found[kind] = await pages.play(kind, size_of(asked), asked.heaviest)
        report.table(found[kind])
    return found


async def starting(_asked: Namespace, report: Report) -> Figures:
    """How long it takes to be there, and to be there again."""
    found = await asyncio.to_thread(starts.play)
    for row in found:
        report.say(str(row))
    return found


async def year(asked: Namespace, report: Report) -> Figures:
    """The rehearsal, a few times."""
    found = [rehearsed.rehearse(asked.plan) for _ in range(asked.rounds)]
    report.table(found)
    return found


def chosen(option: str, asked: str, known: Sequence[str]) -> set[str]:
    """Choose, of what is *known*, what begins as is asked for, between commas.

    Raises SystemExit where nothing does.
    """
    found = set[str]()
    for begins in asked.split(","):
        names = {name for name in known if name.startswith(begins)}
        if not names:
            sys.exit(f"--{option}: {begins!r} is none of: {', '.join(known)}")
        found |= names
    return found


def numbers(asked: str) -> list[int]:
    """Read numbers between commas. Raises SystemExit where one is none."""
    try:
        return [int(number) for number in asked.split(",")]
    except ValueError:
        sys.exit(f"{asked!r}: numbers between commas, as 20,200")


_ROUNDS: Option = ("rounds", 1, "rounds")
PARTS = {
    part.name: part
    for part in (
        Part(
            "phase",
            "a whole phase, beside others that do the same work",
            phase,
            (*_SIZE, _ROUNDS, ("only", "", "how names begin, between commas")),
        ),
        Part(
            "acts",
            "one act: its latency and what it takes, alone and among many",
            acts,
            (("clients", "1,8,32", "how many act at once, between commas"), _ON),
        ),
        Part(
            "reading",
            "every page of an office that votes, the heaviest first",
            reading,
            (*_SIZE, ("heaviest", 10, "pages that are measured"), _ON),
        ),
        Part(
            "year", "the rehearsal of a plan", year, (("plan", PLAN, "plan"), _ROUNDS)
        ),
        Part("starting", "make run, and back after kill -9", starting),
        Part(
            "deadline",
            "how soon all who owe at a deadline are told, five a department",
            deadline,
            (("departments", "40", "how many, between commas"),),
        ),
        Part(
            "growth",
            "the phase with more lines, departments and people, and years in one home",
            growth,
            (
                ("lines", "100,1000", "in twenty departments"),
                ("departments", "20", "of five lines each"),
                ("people", "134", "in an office with a hundred lines"),
                ("years", 2, "in one home"),
                ("on", "sqlite", "database"),
            ),
        ),
    )
}
