"""On the engine's own clock: real timers, and a worker that was away at the end."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, date, datetime, timedelta
from time import monotonic
from typing import Any

from sqlmodel import col, select, update

from domain import ids
from domain.calendar import local_day
from engine.client import Engine
from store.clock import now
from store.database import Database
from store.tables import Deadline, LadderStep, Notice, Window
from tests.journeys.cast import HEADS, Cast, a_plan, aim
from tests.office import DIRECTOR, UNION, office_worker, open_office, prepare

LIMIT = 30  # seconds that anything here may take


def this_year(today: date) -> dict[str, Any]:
    """A plan of one phase whose registration is open today, on any day of a year."""

    def on(day: date) -> str:
        return day.isoformat()

    plan, year = a_plan(), today.year
    first = {
        **plan["phases"][0],
        "period_start": f"{year}-01-01",
        "period_end": f"{year}-12-31",
        "registration_opens": on(today - timedelta(1)),
        "registration_due": on(min(today + timedelta(9), date(year, 12, 31))),
        "peer_review_opens": f"{year}-12-15",
        "submission_opens": f"{year}-12-15",
        "submission_due": f"{year}-12-31",
        "appraisal_due": f"{year + 1}-01-10",
        "council_meeting_by": f"{year + 1}-01-20",
        "director_due": f"{year + 1}-01-30",
        "final": True,
        "titles": ["LDTT", "GIAY_KHEN"],
    }
    return {**plan, "year": year, "phases": [first], "targets": [], "follow_up": {}}


async def eventually(found: Callable[[], Awaitable[Any]], expected: object) -> None:
    """Look until something is as expected, for LIMIT seconds at most."""
    end = monotonic() + LIMIT
    while (seen := await found()) != expected:
        assert monotonic() < end, f"still {seen!r}, expected {expected!r}"
        await asyncio.sleep(0.05)


async def states(cast: Cast, answers: list[Any]) -> list[str]:
    """Read how the acts stand that were answered so."""
    paths = [f"/commands/{answer['command']}" for answer in answers]
    return [(await cast.get(path))["state"] for path in paths]


def end_registration_in(database: Database, seconds: float) -> datetime:
    """Move the end of the registration close by, without reminders."""
    with database.write() as session:
        end = now(session) + timedelta(seconds=seconds)
        ours = col(Deadline.name) == "registration"
        session.exec(update(Deadline).where(ours).values(due_at=end, version=2))
        kind = col(Window.kind) == "registration"
        session.exec(update(Window).where(kind).values(due_at=end))
        session.exec(update(LadderStep).values(ended_at=end))
    return end


async def registering(
    office_of: AsyncExitStack, database: Database, engine: Engine
) -> Cast:
    """Launch a campaign of this very day, up to its open registration."""
    today = local_day(datetime.now(UTC))
    prepare(database, today.year)
    office = await office_of.enter_async_context(
        open_office(database, engine, work=False)
    )
    cast = Cast(office)
    for who, path, body in (
        (DIRECTOR, "/campaigns", this_year(today)),
        (DIRECTOR, "/campaigns/2022/sign-pact", None),
        (UNION, "/campaigns/2022/sign-pact", None),
        (DIRECTOR, "/campaigns/2022/launch", None),
    ):
        await cast.just_act(who, path, body)
    await eventually(lambda: phase_state(cast), "registration_open")
    return cast


async def phase_state(cast: Cast) -> str:
    """How the only phase stands."""
    phases = await cast.get("/campaigns/2022/phases")
    state: str = phases[0]["state"]
    return state


async def test_a_window_closes_by_its_own_timer(
    database: Database, engine: Engine
) -> None:
    async with AsyncExitStack() as stack, office_worker(database, engine):
        cast = await registering(stack, database, engine)
        end = end_registration_in(database, 2)
        await engine.wake(str(ids.phase("2022-1")))
        path = f"{cast.desk('2022-1', 'CTQH')}/register"
        await cast.just_act(HEADS["CTQH"], path, {"aims": [aim("ctqh-01", "LDTT")]})

        await eventually(lambda: phase_state(cast), "running")
        late = await cast.refused("ctqh-02", path, {"aims": [aim("ctqh-02", "LDTT")]})

        closed = [act for act in await cast.acts() if "close_window" in act]
        assert late == (409, "too_late")
        assert [datetime.fromisoformat(act.split()[0]) >= end for act in closed] == [
            True
        ]


async def test_a_worker_that_slept_past_the_end_counts_who_was_in_time(
    database: Database, engine: Engine
) -> None:
    async with AsyncExitStack() as stack:
        async with office_worker(database, engine):
            cast = await registering(stack, database, engine)
            # Far enough ahead for a slow worker to be gone before it.
            end = end_registration_in(database, 4)
            await engine.wake(str(ids.phase("2022-1")))
        path = f"{cast.desk('2022-1', 'CTQH')}/register"
        sending = asyncio.create_task(
            cast.office.person("ctqh-01").post(path, {"aims": [aim("ctqh-01", "LDTT")]})
        )
        left = end + timedelta(seconds=0.2) - datetime.now(UTC)
        await asyncio.sleep(left.total_seconds())  # past the end, by the clock itself
        too_late = asyncio.create_task(
            cast.office.person("ctqh-02").post(path, {"aims": [aim("ctqh-02", "LDTT")]})
        )
        async with office_worker(database, engine):
            answers = [(await sending).json(), (await too_late).json()]
            await eventually(lambda: phase_state(cast), "running")
            await eventually(lambda: states(cast, answers), ["applied", "refused"])

        with database.read() as session:
            missed = session.exec(
                select(Notice.recipient)
                .where(Notice.kind == "registration_missed")
                .order_by(Notice.recipient)
            ).all()
        # The act that came in time counts for its department, though it waited.
        assert missed == [
            "cthdnd-01",
            "cthdnd-03",
            "hctcqt-01",
            "hctcqt-03",
            "ttdn-01",
            "ttdn-03",
        ]
