"""What is about many lines is judged first, and keeps others from writing only then.

PostgreSQL locks row by row; of SQLite's one lock there is nothing else to try.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from store.database import Database, Stale, Versions
from store.tables import Act, Campaign, Delegation, Lease, Notice
from tests.activities.paper import Paper
from tests.council.day import a_short_plan
from tests.journeys.cast import at
from tests.office import DIRECTOR, a_power, prepare
from tests.store.chains import breaks

BEGUN = at("2022-01-03", "08:00")


def test_others_write_while_something_is_judged(sqlite_database: Database) -> None:
    with sqlite_database.judge(lambda _connection: "the same") as session:
        assert leases(sqlite_database) == []
        lease(sqlite_database, "theirs")
        session.add(Lease(name="ours", holder="us", until=BEGUN))

    assert leases(sqlite_database) == ["ours", "theirs"]


def test_nobody_else_writes_once_the_judge_does(sqlite_database: Database) -> None:
    with sqlite_database.judge(lambda _connection: "the same") as session:
        session.add(Lease(name="ours", holder="us", until=BEGUN))
        session.flush()
        with sqlite_database.engine.connect() as other:
            locked = other.connection.dbapi_connection
            assert locked is not None
            locked.execute("PRAGMA busy_timeout = 0")
            with pytest.raises(Exception, match="database is locked"):
                locked.execute("BEGIN IMMEDIATE")


def test_nothing_is_written_when_what_was_judged_by_has_changed(
    sqlite_database: Database,
) -> None:
    def versions(connection: Any) -> Any:
        return connection.execute(select(Lease.name)).all()

    with pytest.raises(Stale):
        overtake(sqlite_database, versions)

    assert leases(sqlite_database) == ["theirs"]


def test_an_act_that_another_overtakes_is_judged_once_more(
    sqlite_database: Database,
) -> None:
    prepare(sqlite_database, 2022, BEGUN)
    paper = Paper(sqlite_database)
    paper.launch(a_short_plan({"CTQH": (("ctqh-02", "GIAY_KHEN"),)}))

    def first() -> None:
        delegate(paper, "2022-01-05")

    with overtaken(sqlite_database, "FROM delegations", first):
        delegate(paper, "2022-04-05")

    with sqlite_database.read() as session:
        rows = session.exec(select(Delegation).order_by(col(Delegation.number))).all()
        acts = session.exec(select(Act.seq).where(Act.kind == "delegate")).all()
        assert [f"{row.starts}" for row in rows] == ["2022-01-05", "2022-04-05"]
        assert len(acts) == 2
        assert breaks(session, "2022") == []


def test_a_draft_that_is_corrected_is_signed_as_it_then_stands(
    sqlite_database: Database,
) -> None:
    prepare(sqlite_database, 2022, BEGUN)
    paper = Paper(sqlite_database)
    paper.draft(a_short_plan({"CTQH": (("ctqh-02", "GIAY_KHEN"),)}))

    def corrected() -> None:
        with sqlite_database.write() as session:
            campaign = session.get_one(Campaign, "2022")
            campaign.title = "Kế hoạch đã sửa"
            campaign.version += 1
            session.add(campaign)

    with overtaken(sqlite_database, "FROM appointments", corrected):
        assert paper.act(DIRECTOR, "sign_pact", "campaign:2022") == "applied"

    with sqlite_database.read() as session:
        told = session.exec(select(Notice.subject).where(Notice.kind == "pact_waits"))
        assert [*told] == ["Mời ký giao ước: Kế hoạch đã sửa"]


def overtake(database: Database, versions: Versions) -> None:
    """Let somebody else write between what is judged and what is written."""
    with database.judge(versions) as session:
        lease(database, "theirs")
        session.add(Lease(name="ours", holder="us", until=BEGUN))
        session.flush()


def delegate(paper: Paper, starts: str) -> None:
    """Let the director give a power from a day on, for three months."""
    until = "2022-03-31" if starts < "2022-04" else "2022-06-30"
    body = a_power(starts, until)
    assert paper.act(DIRECTOR, "delegate", "campaign:2022", body) == "applied"


@contextmanager
def overtaken(database: Database, asks: str, act: Callable[[], None]) -> Iterator[None]:
    """Let another act be done, once, when somebody has begun to ask for something."""
    waiting = [act]

    def meanwhile(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if asks in statement and waiting:
            waiting.pop()()

    event.listen(database.engine, "after_cursor_execute", meanwhile)
    try:
        yield
    finally:
        event.remove(database.engine, "after_cursor_execute", meanwhile)
    assert not waiting


def lease(database: Database, name: str) -> None:
    """Let somebody else write."""
    with database.write() as session:
        session.add(Lease(name=name, holder="them", until=BEGUN))


def leases(database: Database) -> list[str]:
    """Read what is there."""
    with database.read() as session:
        return sorted(session.exec(select(Lease.name)))
