"""What is found once is kept: one thread pays, in so much room, and no fault stays."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from store.database.shelf import Shelf

WAIT = 10


def one(_found: object) -> int:
    """Take as much room as one row."""
    return 1


def test_of_many_who_ask_at_once_one_finds_and_all_are_given_it() -> None:
    shelf, begun, told = Shelf(10), Barrier(8), Event()
    found: list[int] = []

    def find() -> int:
        told.wait(WAIT)
        found.append(len(found))
        return 42

    def ask(_who: int) -> int:
        begun.wait(WAIT)
        return shelf.get("what", 1, find, one)

    with ThreadPoolExecutor(8) as threads:
        asked = threads.map(ask, range(8))
        told.set()
        answers = list(asked)

    assert answers == [42] * 8
    assert found == [0]


def test_another_moment_is_found_anew_and_what_is_older_is_let_go() -> None:
    shelf, found = Shelf(10), list[int]()

    def ask(moment: int) -> int:
        def find() -> int:
            found.append(moment)
            return moment * 10

        return shelf.get("what", moment, find, one)

    answers = [ask(moment) for moment in (1, 1, 2, 2, 1)]

    assert answers == [10, 10, 20, 20, 10]
    assert found == [1, 2, 1]


def test_whoever_waits_for_another_that_fails_finds_it_themselves() -> None:
    shelf, begun, failing = Shelf(10), Event(), Event()

    def fail() -> int:
        begun.set()
        failing.wait(WAIT)
        raise LookupError

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(shelf.get, "what", 1, fail, one)
        begun.wait(WAIT)
        second = threads.submit(shelf.get, "what", 1, lambda: 7, one)
        failing.set()

        with pytest.raises(LookupError):
            first.result()
        assert second.result() == 7
    assert shelf.get("what", 1, lambda: 8, one) == 8


def test_what_was_not_asked_for_the_longest_makes_room() -> None:
    shelf, found = Shelf(10), list[str]()

    def ask(thing: str) -> None:
        shelf.get(thing, 1, lambda: found.append(thing), lambda _: 4)

    for thing in ("a", "b", "a", "c", "a", "c", "b"):
        ask(thing)

    assert found == ["a", "b", "c", "b"]


def test_what_is_larger_than_the_room_is_given_and_not_kept() -> None:
    shelf, found = Shelf(10), list[int]()

    def ask() -> int:
        return shelf.get("what", 1, lambda: found.append(0) or 5, lambda _: 11)

    assert (ask(), ask()) == (5, 5)
    assert found == [0, 0]
