"""A lease is held by one, and passes on when its time has run out."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from sqlmodel import Session

from store.clock import real_now
from store.database import Database, lock
from store.leases import take
from store.tables import Lease
from tests.store.rows import until_blocked

NAME = "dispatcher"
LONG, NO_TIME = timedelta(minutes=5), timedelta(0)


def ask_together(database: Database, holders: list[str]) -> list[bool]:
    """Let all ask at the same time, each on a connection of its own."""
    together = Barrier(len(holders))

    def ask(holder: str) -> bool:
        together.wait()
        return take(database, NAME, holder, LONG)

    with ThreadPoolExecutor(len(holders)) as threads:
        return list(threads.map(ask, holders))


def lease(session: Session) -> Lease:
    return session.get_one(Lease, NAME)


def test_only_one_of_two_who_ask_at_once_gets_it(database: Database) -> None:
    holders = ["a", "b"]

    taken = ask_together(database, holders)

    assert sorted(taken) == [False, True]
    assert [take(database, NAME, holder, LONG) for holder in holders] == taken


def test_it_passes_on_once_it_has_run_out(database: Database) -> None:
    before = [take(database, NAME, holder, LONG) for holder in ("a", "b")]

    with database.write() as session:
        lease(session).until = real_now(session)  # by the database's own clock
    after = [take(database, NAME, holder, LONG) for holder in ("b", "a")]

    assert (before, after) == ([True, False], [True, False])


def test_only_one_of_many_inherits_it(database: Database) -> None:
    take(database, NAME, "a", NO_TIME)

    taken = ask_together(database, ["b", "c", "d", "e"])

    assert sorted(taken) == [False, False, False, True]


def test_who_waited_for_a_lease_sees_that_another_has_it(
    postgres_database: Database,
) -> None:
    heirs = ["b", "c", "d"]
    take(postgres_database, NAME, "a", NO_TIME)

    with ThreadPoolExecutor(len(heirs)) as threads:
        with postgres_database.write() as session:
            lock(session, Lease, Lease.name == NAME)
            asked = [
                threads.submit(take, postgres_database, NAME, heir, LONG)
                for heir in heirs
            ]
            until_blocked(postgres_database, len(heirs))
        taken = [each.result(timeout=10) for each in asked]

    assert sorted(taken) == [False, False, True]


def test_its_holder_renews_it_for_the_time_asked_for(database: Database) -> None:
    take(database, NAME, "a", NO_TIME)

    with database.read() as session:
        before = real_now(session)
    renewed = take(database, NAME, "a", LONG)

    with database.read() as session:
        left = lease(session).until - before
        passed = real_now(session) - before
    assert renewed
    assert LONG <= left <= LONG + passed
    assert not take(database, NAME, "b", LONG)


def test_a_lease_of_another_name_is_another_lease(sqlite_database: Database) -> None:
    assert take(sqlite_database, NAME, "a", LONG)
    assert take(sqlite_database, "another", "b", LONG)
