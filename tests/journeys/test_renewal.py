"""A workflow whose history grows long goes on as new, and nobody notices."""

import pytest

from store.database import Database
from tests.journeys.cast import Cast, at
from tests.journeys.test_rebuild import an_engine
from tests.journeys.test_year import first_phase, golden, second_phase, superior
from tests.office import DIRECTOR, open_office, prepare

SHORT = "limit.historyCount.suggestContinueAsNew=40"


@pytest.mark.timeout(240)
async def test_the_year_ends_the_same_though_every_history_is_kept_short(
    sqlite_database: Database,
) -> None:
    prepare(sqlite_database, 2022, at("2022-01-03", "08:00"))
    async with (
        an_engine(SHORT) as engine,
        open_office(sqlite_database, engine) as office,
    ):
        cast = Cast(office)
        await first_phase(cast)
        await second_phase(cast)
        await superior(cast, "awarded")
        await cast.act(DIRECTOR, "/campaigns/2022/close")
        story = await cast.story()
        runs = [each.run_id async for each in engine.client.list_workflows()]

    # 2 phases with 4 departments each, a council and a decision each: 15 in all.
    assert len(runs) > 15
    assert story == golden("2022.json", story)
