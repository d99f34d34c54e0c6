"""A whole year in seconds: real workflows, real engine, a database of its own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from datetime import datetime
from tempfile import TemporaryDirectory
from types import ModuleType

from engine.client import connect
from machine.devserver import dev_server
from rehearsal import own
from rehearsal.cast.company import call_together
from rehearsal.cast.script import Script
from rehearsal.engine import RehearsedEngine
from rehearsal.play import Watcher, play
from rehearsal.playbill import Playbill
from rehearsal.story import Event, tell
from store.calendars import office_calendar
from store.database import Database
from store.migrate import upgrade


async def rehearse(bill: Playbill, watch: Watcher) -> tuple[Playbill, list[Event]]:
    """Play the year from the plan's draft to the last answer; tell by whom, and all.

    Raises OffScript when an act of the cast is refused, and Uncast when the office
    lacks somebody the play cannot do without; where it is one's own, NotARow and
    NotAnArchive.
    """
    with (
        TemporaryDirectory(prefix="thidua-") as home,
        closing(Database(f"sqlite:///{home}/rehearsal.db", lasting=False)) as database,
    ):
        upgrade(database)
        # The service is loaded while the engine starts.
        loaded = asyncio.create_task(asyncio.to_thread(_theatre))
        try:
            async with an_engine() as engine:
                await loaded
                async with staged(database, engine, bill) as script:
                    await play(script, watch=watch)
                    played = replace(
                        bill, cast=script.cast, office=script.company.office
                    )
                    return played, await tell(script)
        finally:
            await asyncio.wait([loaded])


@asynccontextmanager
async def an_engine() -> AsyncIterator[RehearsedEngine]:
    """Run an engine that keeps nothing, for the length of the block."""
    async with dev_server() as address:
        yield RehearsedEngine(await connect(address, lazy=False))


@asynccontextmanager
async def staged(
    database: Database,
    engine: RehearsedEngine,
    bill: Playbill,
    since: datetime | None = None,
) -> AsyncIterator[Script]:
    """Furnish an empty database, and run the service over it. Raises Uncast.

    The clock stands at the script's beginning, or where it is to stand *since*.
    """
    theatre = _theatre()
    begins = theatre.furnish(database, bill, since)
    with database.read() as session:
        calendar = office_calendar(session)
        if bill.own is None:
            company, cast = call_together(bill.office), bill.cast
        else:
            company = own.company_of(session, bill.plan)
            cast = own.well_behaved(session, company)
    reader = company.secretariat
    async with theatre.open_house(database, engine, bill.packs, reader) as house:
        yield Script(bill.plan, cast, company, calendar, house, begins, bill.packs)


def _theatre() -> ModuleType:
    """Load the whole service, which takes longer than to start its engine."""
    from rehearsal import theatre  # noqa: PLC0415 - slow

    return theatre
