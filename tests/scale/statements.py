"""How many statements and commits a phase takes: `python -m tests.scale.statements`.

Those of the API and of the worker, not those by which it is conducted; one that is
sent with many sets of values counts once.
"""

import argparse
import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel import func, select

from intake.office.year import OfficeYear
from rehearsal.cast.company import call_together
from rehearsal.conductor import Conductor
from store.clock import stand_still
from store.database import Database
from store.migrate import upgrade
from store.office.sample import load_office
from store.tables import Nomination
from tests.conftest import a_server, an_office_of
from tests.counted import committed, counted
from tests.journeys.cast import at
from tests.office import Office, open_office, sample_office
from tests.scale.office import enlarged
from tests.scale.phase import YEAR, Phase, all_in_secret

# Nobody looks for what waits meanwhile: it would be counted as well. Nor is anything
# set aside, on a machine that is busy.
_NEVER = timedelta(days=1)


async def measure(database: Database, departments: int, each: int) -> None:
    """Carry a phase of so many lines in so many departments, and count."""
    office = enlarged(sample_office(YEAR), departments, each - 1)
    async with at_work(database, office) as running:
        phase = Phase(running, call_together(office), dict(nominees(office, each - 1)))
        total, commits, lines = 0, 0, departments * each
        with counted(database) as sent, committed(database) as ended:
            for name, step in phase.steps:
                await step()
                await running.conductor.settle()
                said(name, len(sent), len(ended), lines)
                total, commits = total + len(sent), commits + len(ended)
                sent.clear()
                ended.clear()
    said("whole", total, commits, lines)
    with database.read() as session:
        states = select(Nomination.state, func.count()).group_by(Nomination.state)
        print(dict(session.exec(states).all()))  # noqa: T201


@asynccontextmanager
async def at_work(database: Database, people: OfficeYear) -> AsyncIterator[Office]:
    """Run an office, conducted over a connection that is not counted."""
    with database.write() as session:
        load_office(session, people)
        stand_still(session, at("2022-01-06"))
    async with a_server() as client:
        engine = an_office_of(client)
        async with open_office(
            database,
            engine,
            patience=600,
            packs=all_in_secret(),
            stuck_after=_NEVER,
            sweep_every=_NEVER,
        ) as running:
            aside = Database(database.url, lasting=False)
            running.conductor = Conductor(aside, engine)
            yield running
            aside.close()


def nominees(office: OfficeYear, each: int) -> Iterator[tuple[str, list[str]]]:
    """Name whom each department nominates."""
    for department in office.departments:
        code = department.code.lower()
        yield department.code, [f"{code}-n{n:03}" for n in range(each)]


def said(step: str, statements: int, commits: int, lines: int) -> None:
    """Print what a step took, its statements for each line too."""
    each = f"{statements:6} {statements / lines:8.2f} {commits:6}"
    print(f"{step:32} {each}", flush=True)  # noqa: T201


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1000)
    parser.add_argument("--departments", type=int, default=20)
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'phase.db'}", lasting=False)
        upgrade(database)
        each = asked.lines // asked.departments
        asyncio.run(measure(database, asked.departments, each))
        database.close()


if __name__ == "__main__":
    main()
