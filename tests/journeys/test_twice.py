"""What time asks for may run twice: then it tells the same, and writes nothing."""

from collections.abc import Callable

import pytest_asyncio
from sqlmodel import select

from activities.steps import Steps
from domain.states import PhaseState
from engine.messages import Climb, CloseWindow, Enter, Outcome
from store.database import Database
from store.tables import Act, Notice, Phase
from tests.databases import ON_BOTH, as_owner
from tests.journeys.cast import at
from tests.journeys.conftest import Days, to_june
from tests.office import set_clock
from tests.store.rows import stand

pytestmark = ON_BOTH

PHASE, NEXT = "phase:2022-1", "phase:2022-2"


@pytest_asyncio.fixture(loop_scope="session")
async def june_rows(days: Days) -> Database:
    """The rows of 20 June 2022, over which nobody is at work."""
    await days.carry("june", "migrated", to_june)
    return days.copy("june")


def twice(database: Database, step: Callable[[Steps], Outcome]) -> list[int]:
    """Take a step two times; return how many acts and notices each time added."""
    steps, counts, told = Steps(database), [], []
    for _ in range(2):
        before = written(database)
        told.append(step(steps))
        counts.append(written(database) - before)
    assert told[0] == told[1]
    return counts


def written(database: Database) -> int:
    """Count acts and notices."""
    with database.read() as session:
        return sum(len(session.exec(select(table)).all()) for table in (Act, Notice))


def put(database: Database, phase_id: str, state: PhaseState) -> None:
    """Let a phase be in a state."""
    with as_owner(database) as owned, owned.write() as session:
        stand(session, session.get_one(Phase, phase_id), state)


def test_a_phase_opens_once(june_rows: Database) -> None:
    set_clock(june_rows, at("2022-07-01", "00:00"))

    # One act; whoever has not registered is invited in the morning.
    assert twice(june_rows, lambda steps: steps.open_phase(NEXT)) == [1, 0]


def test_a_stage_is_entered_once(june_rows: Database) -> None:
    put(june_rows, "2022-1", PhaseState.DEPARTMENT_REVIEW)
    order = Enter(PHASE, "department_review", "submission_window")

    # One act; the invitations of the day on which it was first entered stand.
    assert twice(june_rows, lambda steps: steps.enter(order)) == [1, 0]


def test_a_reminder_goes_out_once(june_rows: Database) -> None:
    moment = at("2022-06-29", "08:00")
    set_clock(june_rows, moment)
    order = Climb(PHASE, "submission", 1, moment)

    assert twice(june_rows, lambda steps: steps.climb(order)) == [8, 0]


def test_a_window_closes_once_though_its_deadline_runs_on(june_rows: Database) -> None:
    set_clock(june_rows, at("2022-07-01", "00:00"))
    order = CloseWindow(PHASE, "submission", 1)

    assert twice(june_rows, lambda steps: steps.close_window(order)) == [9, 0]


def test_a_phase_is_summed_up_once_and_all_who_wait_for_it_are_woken(
    june_rows: Database,
) -> None:
    put(june_rows, "2022-1", PhaseState.DECIDED)

    # One act, and the review goes to all forty.
    assert twice(june_rows, lambda steps: steps.sum_up(PHASE)) == [41, 0]
