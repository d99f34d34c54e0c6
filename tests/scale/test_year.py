"""The rehearsed year takes no more of the database than it took."""

from datetime import timedelta

import pytest

from engine.client import Engine
from rehearsal import theatre
from rehearsal.playbill import read_playbill
from store.database import Database
from tests.counted import committed, counted
from tests.office import PLANS
from tests.rehearsal.telling import played

# 8,113, and 453, as measured. Whoever brings it down brings these down.
STATEMENTS, COMMITS = 8_140, 455


@pytest.mark.timeout(300)
async def test_the_year_takes_a_known_number_of_statements_and_commits(
    sqlite_database: Database, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A look each second for what was left over would count how fast the machine is.
    monkeypatch.setattr(theatre, "SWEEP_EVERY", timedelta(days=1))
    bill = read_playbill(PLANS / "2022.yaml")

    with counted(sqlite_database) as sent, committed(sqlite_database) as ended:
        await played(sqlite_database, engine, bill)

    # So would what notes, each second, whatever was followed up: BEGIN and UPDATE.
    noted = sum("SET followed_up" in each for each in sent)
    assert len(sent) - 2 * noted <= STATEMENTS
    assert len(ended) - noted <= COMMITS
