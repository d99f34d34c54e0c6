"""The real servers of a run, and a database of its own for every test."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest
import pytest_asyncio
from temporalio.client import Client

from engine.client import connect
from machine.devserver import dev_server
from machine.memory import settle
from rehearsal.engine import RehearsedEngine
from store.database import Database
from tests.databases import Databases
from tests.postgres import postgres

_DYNAMIC = ("frontend.WorkflowTimeSkippingEnabled=true",)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, or one worker ends alone with it."""
    items.sort(key=lambda item: "tests/scale/" not in item.nodeid)


@pytest.fixture(scope="module", autouse=True)
def passed_over() -> None:
    """Let Python's collector pass over what is there by now, as where we serve.

    Going through a million of things it stops every thread for up to two seconds, and
    the engine fails a workflow that takes that long over a step.
    """
    settle()


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """SQLite, in a folder of the run."""
    return Databases("sqlite", tmp_path_factory.mktemp("sqlite"), "")


@pytest.fixture(scope="session")
def postgres_databases(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Databases]:
    """PostgreSQL, one server for the run."""
    with postgres() as server:
        yield Databases("postgres", tmp_path_factory.mktemp("postgres"), server)


@pytest.fixture(
    scope="session", params=["sqlite", pytest.param("postgres", marks=pytest.mark.long)]
)
def databases(request: pytest.FixtureRequest) -> Databases:
    """Both kinds: every test that asks for a database runs on each, ON_BOTH always."""
    found: Databases = request.getfixturevalue(f"{request.param}_databases")
    return found


@pytest.fixture
def database(databases: Databases) -> Iterator[Database]:
    """A database with our tables and nothing in them."""
    made = databases.fresh()
    yield made
    databases.drop(made)


@pytest.fixture
def sqlite_database(sqlite_databases: Databases) -> Iterator[Database]:
    """The same, on SQLite only: for what no database can change."""
    made = sqlite_databases.fresh()
    yield made
    sqlite_databases.drop(made)


@pytest.fixture
def postgres_database(postgres_databases: Databases) -> Iterator[Database]:
    """The same, on PostgreSQL only."""
    made = postgres_databases.fresh()
    yield made
    postgres_databases.drop(made)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def temporal() -> AsyncIterator[Client]:
    """One real Temporal server for the run."""
    async with a_server() as client:
        yield client


@asynccontextmanager
async def a_server() -> AsyncIterator[Client]:
    """Run a real Temporal server for the length of the block, and no longer than us."""
    async with dev_server(settings=_DYNAMIC) as address:
        yield await connect(address, lazy=False)
    # The SDK's runtime may abort a process that exits right after its last client.
    await asyncio.sleep(0.3)


@pytest.fixture
def engine(temporal: Client) -> RehearsedEngine:
    """The engine, as an office of its own: with ids and a task queue no other has."""
    return an_office_of(temporal)


def an_office_of(client: Client) -> RehearsedEngine:
    """Make one more office in the namespace."""
    office = uuid4().hex[:8]
    return RehearsedEngine(client, f"thidua-{office}", f"{office}/")
