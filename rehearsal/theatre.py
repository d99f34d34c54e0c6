"""The house in which a year is played: the service itself, on a stepped clock."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import httpx2

from api.app import create_app
from engine.client import Engine
from engine.conductor import Conductor
from intake.casts import SpecialDay
from intake.office import OfficeYear
from rehearsal.house import House
from store.database import Database
from store.sample import load_office
from store.tables import CalendarOverride, SteppedClock
from worker import running

_SWEEP_EVERY = timedelta(milliseconds=200)
_STUCK_AFTER = timedelta(seconds=5)


def furnish(
    database: Database,
    office: OfficeYear,
    days: tuple[SpecialDay, ...],
    moment: datetime,
) -> None:
    """Write the office and its calendar, and let the clock stand at *moment*."""
    with database.write() as session:
        load_office(session, office)
        session.add_all(CalendarOverride(**day.model_dump()) for day in days)
        session.add(SteppedClock(moment=moment))


@asynccontextmanager
async def open_house(
    database: Database, engine: Engine, reader: str
) -> AsyncIterator[House]:
    """Run the service's own application and worker for the length of the block."""
    app = create_app(database, engine, sample=True)
    transport = httpx2.ASGITransport(app=app)
    async with (
        running(database, engine, _STUCK_AFTER, _SWEEP_EVERY),
        httpx2.AsyncClient(transport=transport, base_url="http://thidua") as http,
    ):
        yield House(http, Conductor(database, engine), reader)
