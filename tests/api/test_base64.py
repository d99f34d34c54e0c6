"""Files that come in base 64 within a body."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from rehearsal.engine import RehearsedEngine
from store.database import Database
from tests.api.test_hostile import an_app
from tests.office import SECRETARIAT, Office, open_office, prepare


@pytest_asyncio.fixture(loop_scope="session")
async def office(
    sqlite_database: Database, engine: RehearsedEngine
) -> AsyncIterator[Office]:
    """The sample office, before any campaign."""
    prepare(sqlite_database, 2022)
    async with open_office(sqlite_database, engine, work=False) as opened:
        yield opened


_OF_A_DEPARTMENT = "/phases/2022-1/departments/HCTCQT"
BROUGHT = {
    ("PUT", "/office/word-layouts/certificate"): {},
    ("POST", "/office/trusted-certificates"): {},
    ("POST", "/past-awards/sheet"): {"name": "a.csv"},
    ("POST", f"{_OF_A_DEPARTMENT}/draft/sheet"): {"name": "a.csv"},
    ("POST", f"{_OF_A_DEPARTMENT}/registrations/sheet"): {"name": "a.csv"},
}


def test_every_file_in_a_body_is_one_kind_of_field() -> None:
    fields = [
        field
        for schema in an_app().openapi()["components"]["schemas"].values()
        if (field := schema.get("properties", {}).get("content", {})).get("maxLength")
    ]

    assert len(fields) == len(BROUGHT)
    assert len({field.get("pattern") for field in fields}) == 1


@pytest.mark.parametrize(("method", "path"), BROUGHT)
@pytest.mark.parametrize("content", ["0", "QUJDR", "QUJDR=", "QU=JD", "QUI", "QUJD\n"])
async def test_letters_of_a_number_or_order_that_base64_never_has_are_refused(
    office: Office, method: str, path: str, content: str
) -> None:
    sent = {"content": content, **BROUGHT[method, path]}

    answer = await office.person(SECRETARIAT).write(method, path, sent)

    assert answer.status_code == 422
    assert "base64" in answer.text
