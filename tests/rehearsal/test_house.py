"""The house in which a year is played, and what does not go as written there."""

import pytest

from rehearsal.engine import RehearsedEngine
from rehearsal.house import OffScript
from rehearsal.playbill import read_playbill
from rehearsal.rehearse import staged
from store.database import Database
from tests.office import PLANS
from tests.rehearsal.telling import played


async def test_what_is_refused_on_the_stage_comes_out_as_it_is(
    sqlite_database: Database, engine: RehearsedEngine
) -> None:
    bill = read_playbill(PLANS / "2022.yaml")

    with pytest.raises(OffScript) as refused:
        async with staged(sqlite_database, engine, bill) as script:
            await script.house.act(script.company.clerk, f"{script.campaign}/launch")

    assert refused.value.code == "unknown_target"


@pytest.mark.timeout(300)
async def test_who_files_the_like_in_each_phase_files_as_many_matters(
    sqlite_database: Database, engine: RehearsedEngine
) -> None:
    bill = read_playbill(PLANS / "so-mau" / "ke-hoach-2025.yaml")

    story = await played(sqlite_database, engine, bill)

    filed = [event["name"] for event in story if event.get("act") == "file_case"]
    matters = ("initiative", "ad_hoc", "complaint")
    assert len(filed) == len(matters) * len(bill.plan.phases[:-1])
    assert len(set(filed)) == len(matters)
