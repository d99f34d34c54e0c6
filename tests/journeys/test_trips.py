"""What one act costs in trips to the database: at the door, and in the worker."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event
from temporalio.client import Client

from engine.client import Engine
from intake.rulepacks import load_packs
from store.database import Database
from tests.databases import Databases
from tests.journeys.cast import HEADS, line
from tests.journeys.conftest import Days, to_june
from tests.office import NO_BALLOTS, SECRETARIAT, open_office
from worker import build_worker

HEAD = HEADS["CTQH"]


@dataclass
class Trips:
    """The transactions that one side begins, and the statements that it sends."""

    transactions: int = 0
    statements: list[str] = field(default_factory=list)

    def begin(self, _connection: Any) -> None:
        """Note a transaction."""
        self.transactions += 1

    def send(self, _connection: Any, _cursor: Any, said: str, *_rest: Any) -> None:
        """Note a statement; that a transaction begins is none."""
        if not said.startswith("BEGIN"):
            self.statements.append(said)


@contextmanager
def trips(database: Database) -> Iterator[Trips]:
    """Count the trips by way of a database meanwhile."""
    counted = Trips()
    hears = {"begin": counted.begin, "before_cursor_execute": counted.send}
    for name, hear in hears.items():
        event.listen(database.engine, name, hear)
    yield counted
    for name, hear in hears.items():
        event.remove(database.engine, name, hear)


async def test_an_act_is_one_transaction_at_the_door_one_in_the_worker_and_a_look(
    sqlite_databases: Databases, temporal: Client, engine: Engine
) -> None:
    days = Days(sqlite_databases, temporal)
    await days.carry("june", "migrated", to_june)
    front = days.copy("june")
    behind = Database(front.url)
    worker = build_worker(behind, engine, load_packs(), box=NO_BALLOTS)
    desk = "/phases/2022-1/departments/CTQH"
    lines = [line(f"ctqh-0{n}", "GIAY_KHEN") for n in range(2, 7)]
    acts = {
        "submit": (HEAD, {"lines": lines}),
        "receive": (SECRETARIAT, None),
    }
    found = {}

    async with open_office(front, engine, work=False) as office, worker:
        await office.conductor.settle()
        for kind, (who, body) in acts.items():
            with trips(front) as api, trips(behind) as work:
                await office.person(who).act(f"{desk}/{kind}", body, kind)
            with trips(front) as again:
                await office.person(who).act(f"{desk}/{kind}", body, kind)
            found[kind] = (api, again, work)
    behind.close()
    sqlite_databases.drop(front)

    # At the door with a look at the end, sent again, and in the worker; only the
    # first act has a window.
    assert {
        kind: [(side.transactions, len(side.statements)) for side in sides]
        for kind, sides in found.items()
    } == {
        "submit": [(2, 6), (1, 3), (1, 17)],
        "receive": [(2, 5), (1, 3), (1, 12)],
    }
