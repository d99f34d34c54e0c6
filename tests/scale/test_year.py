"""The rehearsed year takes no more of the database than it took."""

import pytest

from engine.client import Engine
from rehearsal.playbill import read_playbill
from store.database import Database
from tests.counted import committed, counted
from tests.office import PLANS
from tests.rehearsal.telling import played

# 10,216 to 10,226, and 475, as measured: how often somebody has to look again hangs a
# little on the machine, and for each second that it takes there is one more, by which
# acts are noted as followed up. Whoever brings it down brings these down.
STATEMENTS, COMMITS = 10_500, 520


@pytest.mark.timeout(300)
async def test_the_year_takes_a_known_number_of_statements_and_commits(
    sqlite_database: Database, engine: Engine
) -> None:
    bill = read_playbill(PLANS / "2022.yaml")

    with counted(sqlite_database) as sent, committed(sqlite_database) as ended:
        await played(sqlite_database, engine, bill)

    assert len(sent) <= STATEMENTS
    assert len(ended) <= COMMITS
