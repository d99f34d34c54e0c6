"""A real office of the sample's people, and one account of each kind."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from store.database import Database
from tests.api.accounts.signing import ADMIN, RealOffice, real_office
from tests.databases import Databases
from tests.office import DIRECTOR, prepare
from tests.scale.test_statements import nowhere


@pytest.fixture
def database(databases: Databases) -> Iterator[Database]:
    """A copy of the sample office, which is written once."""
    if not databases.prepared("staffed"):
        made = databases.fresh()
        prepare(made, 2026)
        databases.keep(made, "staffed")
    copied = databases.fresh("staffed")
    yield copied
    databases.drop(copied)


@pytest_asyncio.fixture(loop_scope="session")
async def office(database: Database) -> AsyncIterator[RealOffice]:
    """An administrator of accounts who is nobody, and the director."""
    async with real_office(database, await nowhere()) as opened:
        await opened.account(ADMIN, administrator=True)
        await opened.account("giam-doc", DIRECTOR)
        yield opened
