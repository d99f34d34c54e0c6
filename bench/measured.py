"""Everything that `python -m bench` can measure, in the order that it does."""

from argparse import Namespace

from bench import acts as one_act
from bench.house import Kind
from bench.parts import Figures, Part
from bench.phase import Size
from bench.report import Report
from bench.sidebyside import compared, ours, side_by_side

_SIZE = (
    ("lines", 1000, "lines in all"),
    ("departments", 20, "departments that nominate"),
    ("clients", 8, "acts that go on at once"),
    ("together", False, "one act for all lists, where the service has it"),
)


def size_of(asked: Namespace) -> Size:
    """Read how large a phase is asked for."""
    return Size(
        asked.departments,
        asked.lines // asked.departments,
        clients=asked.clients,
        together=asked.together,
    )


async def phase(asked: Namespace, report: Report) -> Figures:
    """The phase, beside its peers and its floor."""
    contenders = [
        *ours("postgres", size_of(asked)),
        *ours("sqlite", size_of(asked)),
    ]
    only = set(filter(None, asked.only.split(",")))
    contenders = [each for each in contenders if not only or each.name in only]
    found = await side_by_side(contenders, asked.rounds, report.say)
    for line in compared(found, contenders[0].name):
        report.say(line)
    return found


async def acts(asked: Namespace, report: Report) -> Figures:
    """One act, alone and among many."""
    clients = [int(number) for number in asked.clients.split(",")]
    found = {}
    for kind in kinds_of(asked):
        report.say(kind)
        found[kind] = await one_act.play(kind, clients)
        report.table(found[kind])
    return found


def kinds_of(asked: Namespace) -> list[Kind]:
    """Read which databases are asked for."""
    kinds: tuple[Kind, ...] = ("postgres", "sqlite")
    return [kind for kind in kinds if kind in asked.on.split(",")]


_ON = ("on", "sqlite,postgres", "databases, between commas")
PARTS = {
    part.name: part
    for part in (
        Part(
            "phase",
            "a whole phase, beside others that do the same work",
            phase,
            (*_SIZE, ("rounds", 1, "rounds"), ("only", "", "names, between commas")),
        ),
        Part(
            "acts",
            "one act: its latency and what it takes, alone and among many",
            acts,
            (("clients", "1,8,32", "how many act at once, between commas"), _ON),
        ),
    )
}
