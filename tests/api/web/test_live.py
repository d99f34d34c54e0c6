"""Who listens is told that something moved, until they sign out."""

import asyncio
from collections.abc import AsyncIterator

from api.web.live.watching import MOVED, THERE, RecordWatcher
from store import record
from store.accounts.secrets import digest
from store.accounts.sessions import begin_session, end_session
from store.clock import real_now
from store.database import Database
from tests.api.web.council.conftest import Meeting, meeting
from tests.counted import counted
from tests.journeys.cast import HEADS
from tests.office import prepare

__all__ = ["meeting"]  # a fixture, for whoever asks for it by name
HEAD = HEADS["CTQH"]


def sign_in(database: Database) -> str:
    """Begin a session; give the digest by which it is known."""
    with database.write() as session:
        at = real_now(session)
        secret, _ = begin_session(session, None, at, "", person=HEAD, confirmed=False)
    return digest(secret)


def moves(database: Database) -> None:
    """Let a record grow."""
    with database.write() as session:
        record.hold_office(session)
        record.append_office(session, "sign_in_throttled", {"account": "ai-do"})


async def told(stream: AsyncIterator[bytes]) -> bytes | None:
    """Wait for what is told next; None at the end."""
    return await asyncio.wait_for(anext(stream, None), 10)


async def test_whoever_listens_is_told_that_a_record_grew_until_they_sign_out(
    sqlite_database: Database,
) -> None:
    prepare(sqlite_database, 2026)
    first, second = sign_in(sqlite_database), sign_in(sqlite_database)
    watcher = RecordWatcher(sqlite_database, every=0.01)
    places = [watcher.place_for(each) for each in (first, first, second)]
    streams = [watcher.stream(each) for each in places if each]

    there = [await told(each) for each in streams]
    await asyncio.sleep(0.2)  # the first look has been taken
    moves(sqlite_database)
    moved = [await told(each) for each in streams]
    with sqlite_database.write() as session:
        end_session(session, first)
    ended = [await told(each) for each in streams[:2]]
    moves(sqlite_database)
    goes_on = await told(streams[2])
    await streams[2].aclose()  # type: ignore[attr-defined]

    assert there == [THERE] * 3
    assert moved == [MOVED] * 3
    assert ended == [None] * 2
    assert goes_on == MOVED


async def test_whoever_listens_is_told_that_somebody_has_cast(meeting: Meeting) -> None:
    meeting.opened()
    watcher = RecordWatcher(meeting.database, every=0.01)
    listener = watcher.place_for(sign_in(meeting.database))
    assert listener is not None
    stream = watcher.stream(listener)

    there = await told(stream)
    await asyncio.sleep(0.2)  # the first look has been taken
    meeting.cast_all("ld-02")
    moved = await told(stream)
    await stream.aclose()  # type: ignore[attr-defined]
    assert watcher._task is not None
    await watcher._task  # it has looked for the last time

    assert (there, moved) == (THERE, MOVED)


async def test_of_one_session_so_many_listen_and_no_more(
    sqlite_database: Database,
) -> None:
    prepare(sqlite_database, 2026)
    watcher = RecordWatcher(sqlite_database, every=60)

    places = [watcher.place_for("one") for _ in range(9)]
    other = watcher.place_for("other")

    assert [bool(each) for each in places] == [True] * 8 + [False]
    assert other is not None


async def test_one_look_serves_all_who_listen(sqlite_database: Database) -> None:
    prepare(sqlite_database, 2026)
    few, many = RecordWatcher(sqlite_database), RecordWatcher(sqlite_database)

    with counted(sqlite_database) as one:
        few._look({"a"})
    with counted(sqlite_database) as hundred:
        many._look({str(n) for n in range(100)})

    assert len(hundred) == len(one) <= 5
