"""What an act costs at the door: statements and transactions, however busy it is."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from sqlalchemy import event

from engine.client import Engine
from store.database import Database
from tests.activities.paper import Paper
from tests.council.day import REVIEWED
from tests.counted import counted
from tests.journeys.cast import HEADS, a_plan, at
from tests.office import office_worker, open_office, prepare


@contextmanager
def begun(database: Database) -> Iterator[list[object]]:
    """Collect the transactions that are begun meanwhile."""
    found: list[object] = []
    note = found.append
    event.listen(database.engine, "begin", note)
    try:
        yield found
    finally:
        event.remove(database.engine, "begin", note)


async def test_an_act_is_received_and_answered_by_eight_statements_in_two_transactions(
    database: Database, engine: Engine
) -> None:
    prepare(database, 2022, at("2022-01-03", "08:00"))
    paper = Paper(database)
    paper.launch(a_plan())
    paper.pass_to(REVIEWED)
    path = f"/phases/{paper.phase}/departments/CTQH"
    nobody = {"reason": "Không có đề nghị."}

    # The door has a database of its own: the worker's statements are not counted.
    with closing(Database(database.url)) as door:
        async with (
            open_office(door, engine, work=False, patience=60) as office,
            office_worker(database, engine),
        ):
            head = office.person(HEADS["CTQH"])
            await head.act(f"{path}/file-nil-return", nobody)
            await head.act(f"{path}/recall")
            with counted(door) as sent, begun(door) as transactions:
                await head.act(f"{path}/file-nil-return", nobody)

    asked = [each for each in sent if not each.startswith("BEGIN")]
    assert len(asked) <= 8, "\n".join(asked)
    assert len(transactions) == 2
