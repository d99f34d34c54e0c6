"""The engine's files are lost in mid-phase: the rows alone end the year."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment

from engine.client import Engine
from engine.rebuild import rebuild
from store.database import Database
from tests.conftest import TEMPORAL
from tests.journeys.cast import Cast, at
from tests.journeys.test_year import (
    first_phase,
    golden,
    second_phase_ends,
    second_phase_is_submitted,
    superior,
)
from tests.office import DIRECTOR, open_office, prepare

_SET = "--dynamic-config-value"
_SETTINGS = ("history.transferProcessorMaxPollRPS=5000",)


@asynccontextmanager
async def an_engine(files: Path, *settings: str) -> AsyncIterator[Engine]:
    """Run a Temporal server on files of its own, with dynamic settings besides."""
    async with await WorkflowEnvironment.start_local(
        data_converter=pydantic_data_converter,
        dev_server_existing_path=TEMPORAL,
        dev_server_database_filename=str(files),
        dev_server_log_level="error",
        dev_server_extra_args=[
            "--sqlite-pragma",
            "journal_mode=wal",
            *(part for each in (*_SETTINGS, *settings) for part in (_SET, each)),
        ],
    ) as environment:
        yield Engine(environment.client)
    for left in (files, files.with_name(f"{files.name}-wal")):
        left.unlink(missing_ok=True)
    await asyncio.sleep(0.3)  # the SDK's runtime lets go of its last connection


@pytest.mark.timeout(240)
async def test_the_year_ends_the_same_after_the_engine_lost_everything(
    database: Database, tmp_path: Path
) -> None:
    prepare(database, 2022, at("2022-01-03", "08:00"))
    async with (
        an_engine(tmp_path / "first.db") as engine,
        open_office(database, engine) as office,
    ):
        cast = Cast(office)
        await first_phase(cast)
        await second_phase_is_submitted(cast)

    async with an_engine(tmp_path / "second.db") as engine:
        counted = await rebuild(database, engine)
        again = await rebuild(database, engine)
        async with open_office(database, engine) as office:
            cast = Cast(office)
            await second_phase_ends(cast)
            await superior(cast, "awarded")
            await cast.act(DIRECTOR, "/campaigns/2022/close")
            story = await cast.story()

    # The campaign, its open phase, and the four departments in it.
    assert (counted, again) == ((6, 0), (0, 6))
    assert story == golden("2022.json", story)
