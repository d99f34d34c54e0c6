"""A running office, its cast, and how far a phase has come when a test begins."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
import pytest_asyncio
from temporalio.client import Client

from engine.client import Engine
from store.database import Database
from tests.conftest import an_office_of
from tests.databases import Databases
from tests.journeys.cast import HEADS, Cast, a_plan, aim, at, praise
from tests.journeys.scene import scene
from tests.office import SECRETARIAT, open_office, prepare

__all__ = ["scene"]  # a fixture, for whoever asks for it by name


@asynccontextmanager
async def acting(database: Database, engine: Engine) -> AsyncIterator[Cast]:
    """Open the office and call the cast together."""
    async with open_office(database, engine) as office:
        yield Cast(office)


@pytest_asyncio.fixture(loop_scope="session")
async def cast(database: Database, engine: Engine) -> AsyncIterator[Cast]:
    """The sample office on 3 January 2022, on a stepped clock."""
    prepare(database, 2022, at("2022-01-03", "08:00"))
    async with acting(database, engine) as everybody:
        yield everybody


async def to_june(cast: Cast) -> None:
    """Carry the first phase to 20 June: everybody registered, all reviewed."""
    await cast.launch(a_plan())
    await cast.until(at("2022-01-20"))
    for department in HEADS:
        people = cast.staff_of(department, "2022-01-20")
        await cast.register(department, [aim(person, "LDTT") for person in people])
    await cast.until(at("2022-06-20"))
    for department in HEADS:
        await cast.review(cast.phase1, department, "2022-06-20")


async def to_july(cast: Cast) -> None:
    """Carry the first phase on to 13 July: three lines wait for the council."""
    for department in ("CTQH", "CTHDND", "HCTCQT"):
        worthy = f"{department.lower()}-02"
        await cast.submit(cast.phase1, department, praise(worthy))
        await cast.appraise(cast.phase1, department)
    await cast.until(at("2022-07-01"))
    without = {"without": ["TTDN"]}
    await cast.act(SECRETARIAT, f"/phases/{cast.phase1}/publish", without)
    await cast.until(at("2022-07-13", "14:00"))


@dataclass
class Days:
    """Databases carried to a day once, and copied for each test that begins there.

    A copy's workflows start from its rows, in an engine that knows nothing.
    """

    databases: Databases
    temporal: Client
    copies: list[Database] = field(default_factory=list)

    async def carry(
        self, day: str, since: str, work: Callable[[Cast], Awaitable[None]]
    ) -> None:
        """Prepare a day, by what people do from an earlier one on."""
        if self.databases.prepared(day):
            return
        database = self.databases.fresh(since)
        if since == "migrated":
            prepare(database, 2022, at("2022-01-03", "08:00"))
        async with acting(database, an_office_of(self.temporal)) as everybody:
            await work(everybody)
        self.databases.keep(database, day)

    def copy(self, day: str) -> Database:
        """Copy a prepared day."""
        self.copies.append(self.databases.fresh(day))
        return self.copies[-1]


@pytest.fixture
def days(databases: Databases, temporal: Client) -> Iterator[Days]:
    """The prepared days; copies are thrown away in the end."""
    prepared = Days(databases, temporal)
    yield prepared
    for database in prepared.copies:
        databases.drop(database)


@pytest_asyncio.fixture(loop_scope="session")
async def june(days: Days, engine: Engine) -> AsyncIterator[Cast]:
    """The first phase on 20 June 2022: everybody registered, all reviewed."""
    await days.carry("june", "migrated", to_june)
    async with acting(days.copy("june"), engine) as everybody:
        yield everybody


@pytest_asyncio.fixture(loop_scope="session")
async def july(days: Days, engine: Engine) -> AsyncIterator[Cast]:
    """The first phase on 13 July 2022: three lines wait for the council."""
    await days.carry("june", "migrated", to_june)
    await days.carry("july", "june", to_july)
    async with acting(days.copy("july"), engine) as everybody:
        yield everybody
