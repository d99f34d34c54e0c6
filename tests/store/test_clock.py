"""A database's clock: its own, or where a rehearsal stands, as its row says."""

from datetime import timedelta

import pytest

from store.clock import (
    NotARehearsal,
    go_on,
    now,
    real_now,
    stand_still,
    stands_at,
    step,
)
from store.database import Database
from tests.sources import ROOT, modules, packages
from tests.store.rows import MOMENT

NAMES = ("SteppedClock", "stepped_clock")


def test_a_rehearsal_stands_where_it_was_last_set(database: Database) -> None:
    later = MOMENT + timedelta(days=1)

    with database.write() as session:
        stand_still(session, MOMENT)
        session.flush()
        first = now(session), stands_at(session)
        step(session, later)
        second = now(session), stands_at(session)

    assert (first, second) == ((MOMENT, MOMENT), (later, later))


def test_a_database_goes_by_its_own_clock_before_a_rehearsal_and_after(
    database: Database,
) -> None:
    with database.write() as session:
        times = [real_now(session), now(session)]
        stand_still(session, MOMENT)
        session.flush()
        go_on(session)
        times += [now(session), real_now(session)]

    assert times == sorted(times)


def test_nobody_steps_a_clock_that_goes_by_itself(database: Database) -> None:
    with database.read() as session, pytest.raises(NotARehearsal):
        stands_at(session)
    with pytest.raises(NotARehearsal), database.write() as session:
        step(session, MOMENT)


def test_only_the_clock_knows_the_row_at_which_a_rehearsal_stands() -> None:
    shipped = dict(modules(*packages(), *(file.name for file in ROOT.glob("*.py"))))
    knowing = {
        path
        for path in shipped
        if any(name in (ROOT / path).read_text() for name in NAMES)
    }

    assert knowing == {"store/clock.py", "store/tables/record.py"}
