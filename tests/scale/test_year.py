"""The rehearsed year takes no more of the database than it took."""

import pytest

from engine.client import Engine
from rehearsal.playbill import read_playbill
from store.database import Database
from tests.counted import committed, counted
from tests.office import PLANS
from tests.rehearsal.telling import played

# 10,099, and 463, as measured: how often somebody has to look again hangs a
# little on the machine. Whoever brings it down brings these down.
STATEMENTS, COMMITS = 10_400, 485


@pytest.mark.timeout(300)
async def test_the_year_takes_a_known_number_of_statements_and_commits(
    sqlite_database: Database, engine: Engine
) -> None:
    bill = read_playbill(PLANS / "2022.yaml")

    with counted(sqlite_database) as sent, committed(sqlite_database) as ended:
        await played(sqlite_database, engine, bill)

    # Each second that it takes, one transaction notes what was followed up: how many
    # there are tells of the machine alone.
    noted = sum("SET followed_up" in each for each in sent)
    assert len(sent) <= STATEMENTS
    assert len(ended) - noted <= COMMITS
