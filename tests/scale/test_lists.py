"""A page of a long list is read in the order of an index, not sorted whole first."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from ballots.box import BallotBox
from ballots.keys import Keys
from store.database import Database
from tests.api.calls import idle_office
from tests.office import SECRETARIAT
from tests.scale.crowd import Crowd, prepare_crowd
from tests.scale.test_statements import nowhere

# All of it; what shares a place in an index may be sorted within.
_SORTED = "USE TEMP B-TREE FOR ORDER BY"
LONG = (
    "/campaigns/2022/acts",
    "/campaigns/2022/deadlines",
    "/campaigns/2022/notices",
    "/campaigns/2022/registrations",
    "/people",
    "/phases/2022-1/comments",
    "/phases/2022-1/departments",
    "/phases/2022-1/lines",
    "/ratings?year=2022",
    "/service-spans",
)


@pytest.mark.timeout(600)
async def test_a_page_of_a_long_list_is_not_sorted_whole(
    sqlite_database: Database, tmp_path: Path
) -> None:
    prepare_crowd(sqlite_database, 8)
    story = Crowd(sqlite_database, box=BallotBox(Keys(tmp_path)))
    story.to_the_appraisal()
    plans = {}

    async with idle_office(sqlite_database, await nowhere()) as office:
        for path in LONG:
            with explained(sqlite_database) as plan:
                await office.person(SECRETARIAT).get(path)
            plans[path] = list(plan)

    sorted_whole = {path: plan for path, plan in plans.items() if _SORTED in plan}
    assert sorted_whole == {}
    assert all(plans.values())


@contextmanager
def explained(database: Database) -> Iterator[list[str]]:
    """Say how the database goes about each statement that has a limit."""
    asked: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        if "LIMIT" in statement and "ORDER BY" in statement:
            asked.append((statement, values))

    plan: list[str] = []
    event.listen(database.engine, "before_cursor_execute", note)
    yield plan
    event.remove(database.engine, "before_cursor_execute", note)
    with database.engine.connect() as connection:
        for statement, values in asked:
            found = connection.exec_driver_sql(
                f"EXPLAIN QUERY PLAN {statement}", values
            )
            plan += [row[-1] for row in found]
