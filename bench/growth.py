"""Growth: the same phase with more lines, departments and people, and year after year.

What grows with the number of lines is told as CPU a line beyond the fixed part, which
is that of the smallest phase.
"""

from collections.abc import Sequence
from math import ceil
from typing import Any

from sqlmodel import select

from bench import phase
from bench.house import Kind, open_house
from bench.meter import Meter
from bench.phase import BEGINS, Size, played
from bench.sidebyside import Say
from domain.rules.criteria import RatingLevel
from store.database import Database
from store.tables import Department, Person, Rating, SubjectKind
from tests.office import sample_office
from tests.scale.office import enlarged
from tests.scale.phase import YEAR

Figures = dict[str, Any]
_OF_A_LIST = 500
# Acts of one department on its five lines, which do not hang on how many people are.
_OF_FIVE_LINES = ("register", "submit", "receive", "appraise")


async def lines(kind: Kind, sizes: Sequence[int], say: Say) -> list[Figures]:
    """Play a phase with more and more lines in twenty departments.

    Or in as many as it takes: a list has so many lines at most.
    """
    found: list[Figures] = []
    for size in sizes:
        many = max(20, ceil(size / _OF_A_LIST))
        row = _row(await phase.play(kind, Size(many, size // many)))
        if found:
            more = row["cpu_s"] - found[0]["cpu_s"]
            row["cpu_ms_a_further_line"] = 1000 * more / (size - found[0]["lines"])
        found.append(row)
        say(str(row))
    return found


async def departments(kind: Kind, sizes: Sequence[int], say: Say) -> list[Figures]:
    """Play a phase with five lines in each of more and more departments."""
    found = []
    for size in sizes:
        played_out = await phase.play(kind, Size(size, 5))
        row = {**_acts(played_out, size), **_row(played_out)}
        found.append(row | {"cpu_ms_a_department": 1000 * row["cpu_s"] / size})
        say(str(found[-1]))
    return found


async def people(kind: Kind, sizes: Sequence[int], say: Say) -> list[Figures]:
    """Play the same hundred lines in offices of more and more people."""
    found = []
    for size in sizes:
        more = max(0, size // 20 - 6)
        played_out = await phase.play(kind, Size(20, 5, more_people=more))
        row = {"people": size, **_acts(played_out, 20), **_row(played_out)}
        found.append(row)
        say(str(row))
    return found


async def years(kind: Kind, count: int, say: Say) -> list[Figures]:
    """Play the same phase in one home, year after year."""
    size = Size(20, 5)
    office = enlarged(sample_office(YEAR), size.departments, size.lines_each - 1)
    found = []
    async with open_house(kind, office, BEGINS) as house:
        for year in range(YEAR, YEAR + count):
            if year > YEAR:
                _rate_everybody(house.office.database, year)
            meter, this = Meter(house), played(house, office, size)
            this.year = year
            async with meter.step(str(year)):
                for _, step in this.steps:
                    await step()
                    await house.office.conductor.settle()
            row = {"year": year, **meter.whole(size.lines), "bytes": house.sizes()}
            found.append(row)
            say(str(row))
    return found


def _rate_everybody(database: Database, year: int) -> None:
    """Rate everybody and every department as good in one more year."""
    good = RatingLevel.GOOD_COMPLETION
    with database.write() as session:
        for kind, whom in (
            (SubjectKind.COLLECTIVE, Department.code),
            (SubjectKind.INDIVIDUAL, Person.id),
        ):
            session.add_all(
                Rating(kind=kind, subject=subject, year=year, level=good)
                for subject in session.exec(select(whom)).all()
            )


def _acts(played_out: Figures, lists: int) -> Figures:
    """Tell what acts took, for each list."""
    return {
        f"cpu_ms_{step['step']}": round(1000 * _product(step) / lists, 1)
        for step in played_out["steps"]
        if step["step"] in _OF_FIVE_LINES
    }


def _product(step: dict[str, Any]) -> float:
    return float(sum(cpu for name, cpu in step["cpu"].items() if name != "driver"))


def _row(played_out: Figures) -> Figures:
    """Keep of a phase what growth is told by."""
    kept = ("kind", "lines", "departments", "seconds", "cpu_ms", "statements")
    more = ("commits", "events", "longest_history", "bytes", "answers")
    memory = {name: each["most"] for name, each in played_out["memory_mb"].items()}
    cpu = sum(_product(step) for step in played_out["steps"])
    return {
        **{name: played_out[name] for name in (*kept, *more)},
        "cpu_s": round(cpu, 2),
        "memory_mb": memory,
    }
