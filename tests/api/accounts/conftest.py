"""A real office of the sample's people, and one account of each kind."""

from collections.abc import AsyncIterator

import pytest_asyncio

from store.database import Database
from tests.api.accounts.signing import ADMIN, RealOffice, real_office
from tests.office import DIRECTOR, prepare
from tests.scale.test_statements import nowhere


@pytest_asyncio.fixture(loop_scope="session")
async def office(database: Database) -> AsyncIterator[RealOffice]:
    """An administrator of accounts who is nobody, and the director."""
    prepare(database, 2026)
    async with real_office(database, await nowhere()) as opened:
        await opened.account(ADMIN, administrator=True)
        await opened.account("giam-doc", DIRECTOR)
        yield opened
