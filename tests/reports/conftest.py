"""The office on days of its one phase, without a worker: reports only read."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from engine.client import Engine
from store.database import Database
from tests.api.calls import idle_office
from tests.council.conftest import too_many, vote_days
from tests.council.day import posted, registered, sent
from tests.databases import Databases
from tests.journeys.conftest import Days, days, june
from tests.office import Office
from tests.reports.year import AIMS, LISTS, TARGETS

__all__ = ["days", "june", "too_many", "vote_days"]


def to_the_registration(database: Database) -> Any:
    """Register everybody."""
    return registered(database, AIMS, TARGETS)


def to_the_lists(database: Database) -> Any:
    """Send every list."""
    paper = to_the_registration(database)
    sent(paper, LISTS)
    return paper


def to_the_council(database: Database) -> None:
    """Post the lists; the council is about to meet."""
    posted(to_the_lists(database), LISTS)


_CARRY = {
    "registered": to_the_registration,
    "sent": to_the_lists,
    "before_council": to_the_council,
}


@pytest.fixture
def carried(days: Days, databases: Databases) -> Any:
    """Hand out a copy of the rows of a day, prepared once."""

    def copy(day: str) -> Database:
        if not databases.prepared(day):
            made = databases.fresh()
            _CARRY[day](made)
            databases.keep(made, day)
        return days.copy(day)

    return copy


@pytest_asyncio.fixture(loop_scope="session")
async def in_january(carried: Any, engine: Engine) -> AsyncIterator[Office]:
    """The office once everybody has registered."""
    async with idle_office(carried("registered"), engine) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def in_june(carried: Any, engine: Engine) -> AsyncIterator[Office]:
    """The office once every list has been sent."""
    async with idle_office(carried("sent"), engine) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def before_the_vote(carried: Any, engine: Engine) -> AsyncIterator[Office]:
    """The office before the council meets: what may be awarded is eligible."""
    async with idle_office(carried("before_council"), engine) as opened:
        yield opened
