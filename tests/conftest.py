"""The real servers of a run, and a fresh database for every test."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import pytest_asyncio
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment

from engine.client import Engine
from store.database import Database
from store.migrate import upgrade
from tests.postgres import postgres, run_sql

TEMPORAL = shutil.which("temporal", path=str(Path(__file__).parents[1] / ".venv/bin"))
_DYNAMIC = (
    "history.transferProcessorMaxPollRPS=5000",
    "frontend.WorkflowTimeSkippingEnabled=true",
)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """One PostgreSQL for the run."""
    with postgres() as address:
        yield address


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with our tables, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    database = Database(f"sqlite:///{path}")
    upgrade(database)
    database.close()
    for left in path.parent.glob("*-wal"):
        left.unlink()
    return path


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: str) -> str:
    """A PostgreSQL template with our tables."""
    run_sql(postgres_server, "CREATE DATABASE migrated")
    database = Database(postgres_server + "migrated")
    upgrade(database)
    database.close()
    return "migrated"


@pytest.fixture
def sqlite_database(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Database]:
    """A fresh SQLite database."""
    path = tmp_path / "thidua.db"
    shutil.copy(migrated_sqlite, path)
    database = Database(f"sqlite:///{path}")
    yield database
    database.close()


@pytest.fixture
def postgres_database(
    postgres_server: str, migrated_postgres: str
) -> Iterator[Database]:
    """A fresh PostgreSQL database."""
    name = f"test_{uuid4().hex}"
    run_sql(postgres_server, f"CREATE DATABASE {name} TEMPLATE {migrated_postgres}")
    database = Database(postgres_server + name)
    yield database
    database.close()
    run_sql(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> Database:
    """A fresh database: every test that asks for it runs on both kinds."""
    found: Database = request.getfixturevalue(f"{request.param}_database")
    return found


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def temporal() -> AsyncIterator[Client]:
    """One real Temporal server for the run."""
    settings = [a for key in _DYNAMIC for a in ("--dynamic-config-value", key)]
    async with await WorkflowEnvironment.start_local(
        data_converter=pydantic_data_converter,
        dev_server_existing_path=TEMPORAL,
        dev_server_log_level="error",
        dev_server_extra_args=settings,
    ) as environment:
        yield environment.client
    # The SDK's runtime may abort a process that exits right after its last client.
    await asyncio.sleep(0.3)


@pytest.fixture
def engine(temporal: Client) -> Engine:
    """The engine, with a task queue that no other test has."""
    return Engine(temporal, f"thidua-{uuid4().hex}")
