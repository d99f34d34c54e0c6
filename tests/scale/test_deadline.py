"""One deadline of a large office: everybody who owes is told at once, and soon."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, func, select

from domain import ids
from domain.calendar import local_day
from engine.client import Engine
from engine.together import together
from store.database import Database
from store.tables import LadderStep, Notice, Submission
from tests.databases import Databases
from tests.journeys.cast import Cast, a_plan
from tests.office import DIRECTOR, UNION, open_office, prepare
from tests.processes import until
from tests.scale.office import DESK, grow

pytestmark = pytest.mark.asyncio(loop_scope="session")

PHASE = str(ids.phase("2022-1"))
_SOON = timedelta(seconds=3)
# Started, and its first task scheduled, taken up, and ended with what it has read.
_AT_REST = 5
# Seconds between two looks at all of them, which are work for the engine too.
_BETWEEN = 1


@dataclass(frozen=True)
class Told:
    """How long after the deadline's moment notices were there to be read."""

    first: timedelta
    last: timedelta
    notices: int
    people: int


@pytest.mark.parametrize(
    "departments",
    [40, pytest.param(2000, marks=[pytest.mark.long, pytest.mark.timeout(900)])],
)
async def test_everybody_who_owes_at_a_deadline_is_told_once_within_a_minute(
    departments: int, office: Database, engine: Engine
) -> None:
    grow(office, departments)
    async with open_office(office, engine, patience=120) as running:
        await launched(Cast(running))
        await until_all_rest(engine, departments)

        told = await one_rung(office, engine, departments * DESK)

        longest = max((await lengths(engine)).values())
    print(f"\n{departments} departments: {told}; longest history: {longest}")  # noqa: T201
    assert (told.notices, told.people) == (departments * DESK, departments * DESK)
    assert told.first < timedelta(seconds=1)
    assert told.last < timedelta(seconds=60)
    assert longest < 10_000


@pytest.fixture
def office(databases: Databases) -> Iterator[Database]:
    """The sample office today, on the engine's clock."""
    made = databases.fresh()
    prepare(made, local_day(datetime.now(UTC)).year)
    yield made
    databases.drop(made)


async def launched(cast: Cast) -> None:
    """Sign and launch, as people do it now."""
    campaign = f"/campaigns/{cast.code}"
    await cast.just_act(DIRECTOR, "/campaigns", registering_now())
    await cast.just_act(DIRECTOR, f"{campaign}/sign-pact")
    await cast.just_act(UNION, f"{campaign}/sign-pact")
    await cast.just_act(DIRECTOR, f"{campaign}/launch")


def registering_now() -> dict[str, Any]:
    """Write a plan of one phase, which takes registrations from today on."""
    today = local_day(datetime.now(UTC))
    year, last = today.year, date(today.year, 12, 31)
    plan = a_plan()
    [_, only] = plan["phases"]
    days = {
        "period_start": date(year, 1, 1),
        "period_end": last,
        "registration_opens": today,
        "registration_due": last,
        "submission_opens": last - timedelta(days=1),
        "submission_due": last,
        "peer_review_opens": last - timedelta(days=1),
        "appraisal_due": date(year + 1, 1, 17),
        "council_meeting_by": date(year + 1, 2, 7),
        "director_due": date(year + 1, 2, 14),
    }
    only |= {"number": 1, **{name: day.isoformat() for name, day in days.items()}}
    return plan | {
        "year": year,
        "phases": [only],
        "follow_up": {
            "pact_signing_by": last.isoformat(),
            "final_review_by": date(year + 1, 2, 28).isoformat(),
        },
    }


async def until_all_rest(engine: Engine, departments: int) -> None:
    """Wait for the campaign, its phase, and what every department owes there."""

    async def all_rest() -> bool:
        await asyncio.sleep(_BETWEEN)
        found = await lengths(engine)
        return len(found) == departments + 2 and min(found.values()) >= _AT_REST

    await until(all_rest, "every department's workflow waits for its clock", 600)


async def one_rung(database: Database, engine: Engine, expected: int) -> Told:
    """Let the next reminder fall due soon, and watch what is told."""
    moment = datetime.now(UTC) + _SOON
    with database.write() as session:
        steps = select(LadderStep).where(
            LadderStep.owner == PHASE, col(LadderStep.ended_at).is_(None)
        )
        rung = session.exec(steps.order_by(col(LadderStep.at))).first()
        assert rung is not None
        rung.at = moment
        session.add(rung)
        before = session.exec(select(func.max(Notice.id))).one()
    await engine.wake(PHASE)
    seen: list[timedelta] = []

    async def all_told() -> bool:
        count = await asyncio.to_thread(_told, database, before)
        if count:
            seen.append(datetime.now(UTC) - moment)
        return count >= expected

    await until(all_told, "everybody is told", 300)
    with database.read() as session:
        new = select(Notice.recipient).where(col(Notice.id) > before)
        recipients = session.exec(new).all()
        owed = session.exec(select(func.count()).select_from(Submission)).one()
    assert owed * DESK == expected
    return Told(seen[0], seen[-1], len(recipients), len(set(recipients)))


def _told(database: Database, before: int) -> int:
    with database.read() as session:
        return session.exec(
            select(func.count()).select_from(Notice).where(col(Notice.id) > before)
        ).one()


async def lengths(engine: Engine) -> dict[str, int]:
    """Read how many events the history of each of this office's workflows has."""
    client = engine.client
    query = f"TaskQueue = '{engine.task_queue}'"
    names = [each.id async for each in client.list_workflows(query)]

    async def length(name: str) -> int:
        described = await client.get_workflow_handle(name).describe()
        return described.history_length

    return dict(zip(names, await together(names, length), strict=True))
