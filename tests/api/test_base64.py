"""Files that come in base 64 within a body."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from rehearsal.engine import RehearsedEngine
from store.database import Database
from tests.office import SECRETARIAT, Office, open_office, prepare


@pytest_asyncio.fixture(loop_scope="session")
async def office(
    sqlite_database: Database, engine: RehearsedEngine
) -> AsyncIterator[Office]:
    """The sample office, before any campaign."""
    prepare(sqlite_database, 2022)
    async with open_office(sqlite_database, engine, work=False) as opened:
        yield opened


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "/office/word-layouts/certificate"),
        ("POST", "/office/trusted-certificates"),
    ],
)
@pytest.mark.parametrize("content", ["0", "QUJDR", "QUJDR=", "QU=JD"])
async def test_letters_of_a_number_or_order_that_base64_never_has_are_refused(
    office: Office, method: str, path: str, content: str
) -> None:
    sent = {"content": content}

    answer = await office.person(SECRETARIAT).write(method, path, sent)

    assert answer.status_code == 422
    assert "base64" in answer.text
