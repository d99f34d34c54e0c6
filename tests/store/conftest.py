"""Both databases, where the rules of the tables are tried: as who owns the tables."""

from collections.abc import Iterator

import pytest

from store.database import Database
from tests.databases import Databases, as_owner


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def databases(request: pytest.FixtureRequest) -> Databases:
    """Both kinds, in every run: the tables' rules are what they differ in."""
    found: Databases = request.getfixturevalue(f"{request.param}_databases")
    return found


@pytest.fixture
def database(databases: Databases) -> Iterator[Database]:
    """A database with our tables and nothing in them."""
    made = databases.fresh()
    with as_owner(made) as owned:
        yield owned
    databases.drop(made)
