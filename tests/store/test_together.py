"""Who asks while another is served goes with the next, and bears no other's fault."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from sqlmodel import Session, col, select

from store.database import Database, Grouped, lock
from store.tables import Lease
from tests.journeys.cast import at
from tests.store.rows import until_blocked
from tests.threads import PATIENCE, until

UNTIL = at("2022-01-03")


class Desk:
    """Serves groups; the first is kept until it is let go."""

    def __init__(self) -> None:
        self.open, self.groups = Event(), list[list[str]]()

    def together(self, items: Sequence[str]) -> list[str]:
        """Serve some at once; say whom."""
        self.groups.append([*items])
        self.open.wait(PATIENCE)
        if "bad" in items and len(items) > 1:
            return []
        return [each.upper() for each in items]

    def alone(self, item: str) -> str:
        """Serve one."""
        if item == "bad":
            raise ValueError(item)
        return f"{item} alone"


def ask(desk: Desk, items: Sequence[str]) -> list[Future[str]]:
    """Let all ask, the others once the first is being served."""
    group = Grouped(desk.together, desk.alone)
    with ThreadPoolExecutor(len(items)) as threads:
        asked = [threads.submit(group.do, items[0])]
        until(lambda: desk.groups == [[items[0]]])
        asked += [threads.submit(group.do, each) for each in items[1:]]
        until(lambda: len(group._line) == len(items) - 1)
        desk.open.set()
    return asked


def test_who_comes_meanwhile_goes_together_and_each_gets_their_own_answer() -> None:
    desk = Desk()

    asked = ask(desk, ["a", "b", "c", "d"])

    first, others = desk.groups
    assert (first, sorted(others)) == (["a"], ["b", "c", "d"])
    assert [each.result() for each in asked] == ["A", "B", "C", "D"]


def test_where_one_of_a_group_cannot_be_served_each_is_by_itself() -> None:
    desk = Desk()

    asked = ask(desk, ["a", "b", "bad", "c"])

    assert len(desk.groups) == 2
    fates = [each.exception() or each.result() for each in asked]
    assert [str(each) for each in fates] == ["A", "b alone", "bad", "c alone"]


def test_a_group_has_a_bounded_size_and_nobody_is_left_behind() -> None:
    desk, names = Desk(), [f"{n:02}" for n in range(46)]

    asked = ask(desk, names)

    assert [each.result() for each in asked] == names
    assert [len(group) for group in desk.groups] == [1, 20, 20, 5]


def test_an_error_among_several_hits_one_and_the_others_are_served() -> None:
    class Breaks(Desk):
        def together(self, items: Sequence[str]) -> list[str]:
            served = super().together(items)
            if len(items) > 1:
                raise MemoryError
            return served

    asked = ask(Breaks(), ["a", "b", "c"])

    fates = sorted(str(each.exception() or each.result()) for each in asked)
    assert fates == ["", "A", "b alone"] or fates == ["", "A", "c alone"]


class Rows:
    """Writes a row for each who asks, some in one transaction."""

    def __init__(self, database: Database) -> None:
        self.database, self.together = database, list[int]()

    def write(self, session: Session, names: Sequence[str]) -> list[str]:
        """Write a row for each; one named «bad» cannot be."""
        self.together.append(len(names))
        for name in names:
            session.add(Lease(name=name, holder="us", until=UNTIL))
            session.flush()
            if name == "bad":
                raise ValueError(name)
        return [*names]

    def touch(self, session: Session, names: Sequence[str]) -> list[str]:
        """Change the row of each, one after the other."""
        for name in names:
            [row] = lock(session, Lease, Lease.name == name)
            row.holder = "touched"
        return [*names]

    def held_by(self, holder: str) -> list[str]:
        """List the rows that somebody holds."""
        query = select(Lease.name).where(Lease.holder == holder)
        with self.database.read() as session:
            return [*session.exec(query.order_by(col(Lease.name)))]


def test_of_a_group_all_is_written_or_each_by_itself(database: Database) -> None:
    rows, names = Rows(database), ["a", "b", "bad", "c"]

    with database.write() as session, ThreadPoolExecutor(len(names)) as threads:
        session.add(Lease(name="first", holder="them", until=UNTIL))
        session.flush()
        asked: list[Future[Any]] = [
            threads.submit(database.together, rows.write, each) for each in names
        ]
        session.commit()

    fates = [each.exception() or each.result() for each in asked]
    assert [str(each) for each in fates] == names
    assert rows.held_by("us") == ["a", "b", "c"]


def test_whoever_meets_a_row_that_is_held_waits_for_it_alone(
    postgres_database: Database,
) -> None:
    rows, names = Rows(postgres_database), ["a", "b", "c"]
    with postgres_database.write() as session:
        rows.write(session, names)

    with ThreadPoolExecutor(len(names)) as threads:
        with postgres_database.write() as session:
            lock(session, Lease, Lease.name == "a")
            first, *others = (
                threads.submit(postgres_database.together, rows.touch, each)
                for each in names
            )
            served = [each.result(timeout=PATIENCE) for each in others]
            until_blocked(postgres_database, 1)
            waits = not first.done()
        last = first.result(timeout=PATIENCE)

    assert (served, waits, last) == (["b", "c"], True, "a")
    assert rows.held_by("touched") == names


@pytest.mark.parametrize("name", ["a", "bad"])
def test_one_who_is_alone_gets_the_answer_or_the_error(
    database: Database, name: str
) -> None:
    rows = Rows(database)

    try:
        fate = database.together(rows.write, name)
    except ValueError as error:
        fate = f"refused: {error}"

    assert fate == {"a": "a", "bad": "refused: bad"}[name]
    assert rows.together == [1]
