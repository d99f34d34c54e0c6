"""A deadline at which thousands owe: how soon the first and the last are told."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from domain.calendar import local_day
from store.database import Database
from store.migrate import upgrade
from tests.conftest import a_server, an_office_of
from tests.journeys.cast import Cast
from tests.office import open_office, prepare
from tests.scale.office import DESK, grow
from tests.scale.test_deadline import launched, lengths, one_rung, until_all_rest


async def play(departments: int) -> dict[str, Any]:
    """Let one rung of a ladder fall due for so many departments, on the real clock."""
    with TemporaryDirectory(prefix="thidua-bench-") as folder:
        database = Database(f"sqlite:///{Path(folder) / 'thidua.db'}")
        upgrade(database)
        prepare(database, local_day(datetime.now(UTC)).year)
        grow(database, departments)
        async with a_server() as client:
            engine = an_office_of(client)
            async with open_office(database, engine, patience=120) as running:
                await launched(Cast(running))
                await until_all_rest(engine, departments)
                told = await one_rung(database, engine, departments * DESK)
                longest = max((await lengths(engine)).values())
        database.close()
    return {
        "departments": departments,
        "people": told.people,
        "notices": told.notices,
        "first_s": round(told.first.total_seconds(), 3),
        "last_s": round(told.last.total_seconds(), 3),
        "longest_history": longest,
    }
