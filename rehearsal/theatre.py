"""The house in which a year is played: the service itself, on a stepped clock."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2

from api.app import create_app
from ballots.box import BallotBox
from ballots.keys import Keys
from domain.calendar import WorkingCalendar, local_day, moment
from domain.rules.rulepack import RulePack
from intake.plans import Plan
from rehearsal import own
from rehearsal.conductor import Conductor
from rehearsal.engine import RehearsedEngine
from rehearsal.haste import Haste
from rehearsal.house import House
from rehearsal.playbill import Playbill
from store.calendars import office_calendar
from store.clock import stand_still
from store.database import Database
from store.office.sample import load_office
from store.tables import CalendarOverride
from worker import build_worker, running

# After the hour of the reminders: nobody is reminded of what is being done.
_EARLY = time(9)
# The desk brings an act to its end; the dispatcher is there for one it could not.
SWEEP_EVERY = timedelta(seconds=1)
_STUCK_AFTER = timedelta(seconds=5)


def furnish(
    database: Database, bill: Playbill, since: datetime | None = None
) -> datetime:
    """Write the office and its calendar, and let the clock stand still.

    Return the morning on which the plan is laid before the director; there it stands,
    or where it is to stand *since*.
    """
    with database.write() as session:
        if bill.own is None:
            load_office(session, bill.office)
        else:
            own.move_in(session, bill.own)
        session.add_all(CalendarOverride(**day.model_dump()) for day in bill.cast.days)
        session.flush()
        begins = first_morning(bill.plan, office_calendar(session))
        if bill.own is not None:
            own.stay(session, bill.own, bill.plan, local_day(begins))
        stand_still(session, since or begins)
    return begins


def first_morning(plan: Plan, calendar: WorkingCalendar) -> datetime:
    """Say when a plan is laid before the director: before anything in it begins."""
    signing = plan.follow_up.pact_signing_by
    opens = plan.phases[0].registration_opens or plan.phases[0].period_start
    return moment(calendar.previous_working(min(signing or opens, opens)), _EARLY)


@asynccontextmanager
async def open_house(
    database: Database,
    engine: RehearsedEngine,
    packs: tuple[RulePack, ...],
    reader: str,
) -> AsyncIterator[House]:
    """Run the service's own application and worker for the length of the block.

    Without the sandbox: the histories end with the block.
    """
    app = create_app(database, engine, packs, sample=True, whole=False)
    transport = httpx2.ASGITransport(app=app)
    with TemporaryDirectory(prefix="thidua-keys-") as keys:
        box = BallotBox(Keys(Path(keys)))
        worker = build_worker(
            database,
            engine,
            packs,
            _STUCK_AFTER,
            box=box,
            sandboxed=False,
            interceptors=[Haste()],
        )
        async with (
            running(database, engine, worker, SWEEP_EVERY),
            httpx2.AsyncClient(
                transport=transport, base_url="http://localhost"
            ) as http,
        ):
            yield House(http, Conductor(database, engine), reader)
