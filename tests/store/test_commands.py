"""A command's row: received once, judged by its moment, sent in its order."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col

from domain.refusals import Refusal, Refused
from domain.states import CommandState
from store import commands
from store.clock import now, real_now
from store.commands import Intent, receive
from store.database import Database, lock
from store.tables import Command, Window
from tests.store.rows import (
    CAMPAIGN,
    DEPARTMENT,
    MOMENT,
    OTHER,
    PERSON,
    PHASE,
    found,
    until_blocked,
)


def opened(database: Database) -> Database:
    """Write a phase with an open window, and two people."""
    with database.write() as session:
        found(session)
        session.add(
            Window(
                phase=PHASE,
                kind="submission",
                department=DEPARTMENT,
                opens_at=MOMENT,
                due_at=MOMENT + timedelta(days=30),
            )
        )
    return database


@pytest.fixture
def office(database: Database) -> Database:
    """A phase with an open window, and two people."""
    return opened(database)


def an_intent(**changes: Any) -> Intent:
    whole: dict[str, Any] = {
        "actor": PERSON,
        "kind": "submit",
        "campaign": CAMPAIGN,
        "target": f"department:{PHASE}:{DEPARTMENT}",
        "body": {"lines": [{"subject": PERSON, "title": "LDTT"}]},
        "key": "khóa-1",
        "phase": PHASE,
        "department": DEPARTMENT,
        "window": "submission",
    }
    return Intent(**{**whole, **changes})


def send(database: Database, **changes: Any) -> Command:
    with database.write() as session:
        return receive(session, an_intent(**changes)).command


def keys(rows: list[Command]) -> list[str]:
    return [row.idempotency_key for row in rows]


def heads(database: Database) -> list[str]:
    with database.read() as session:
        return keys(commands.heads(session))


def end(database: Database, command: UUID, state: CommandState) -> None:
    with database.write() as session:
        row = commands.get(session, command)
        assert row is not None
        if state is CommandState.APPLIED:
            commands.end(session, {command: commands.applied({}, MOMENT)})
        elif state is CommandState.REFUSED:
            commands.refuse_command(row, (Refusal("no", "Không."),), MOMENT)
        else:
            row.state = state
        session.add(row)


def test_a_command_is_received_as_it_was_sent(office: Database) -> None:
    with office.read() as session:
        before = real_now(session)

    command = send(office, behalf=OTHER)

    with office.read() as session:
        kept = commands.get(session, command.id)
        after = real_now(session)
    assert kept is not None
    assert before <= kept.received_at <= after
    assert kept.model_dump(exclude={"seq", "id", "received_at"}) == {
        "campaign": CAMPAIGN,
        "actor": PERSON,
        "behalf": OTHER,
        "delegation": None,
        "kind": "submit",
        "target": f"department:{PHASE}:{DEPARTMENT}",
        "phase": PHASE,
        "department": DEPARTMENT,
        "window": "submission",
        "payload": {"lines": [{"subject": PERSON, "title": "LDTT"}]},
        "idempotency_key": "khóa-1",
        "fingerprint": an_intent(behalf=OTHER).fingerprint(),
        "state": CommandState.RECEIVED,
        "tries": 1,
        "followed_up": False,
        "ended_at": None,
        "answer": None,
        "refusals": None,
        "start": [],
        "wake": [],
        "spent": [],
    }


def test_the_same_key_with_the_same_body_is_the_same_command(office: Database) -> None:
    first = send(office)

    again = send(office)

    assert again.model_dump() == first.model_dump()
    assert heads(office) == ["khóa-1"]


def test_the_same_key_after_the_end_gives_the_same_answer(office: Database) -> None:
    first = send(office)
    end(office, first.id, CommandState.APPLIED)

    again = send(office)

    assert (again.id, again.state) == (first.id, CommandState.APPLIED)


@pytest.mark.parametrize(
    "other",
    [
        {"body": {"lines": []}},
        {"kind": "recall"},
        {"target": f"department:{PHASE}:KHAC", "department": None, "window": None},
        {"behalf": OTHER},
    ],
    ids=["body", "kind", "target", "on behalf"],
)
def test_the_same_key_with_anything_else_is_refused(
    sqlite_database: Database, other: dict[str, Any]
) -> None:
    with sqlite_database.write() as session:
        found(session)
    send(sqlite_database, window=None)

    with pytest.raises(Refused) as refused:
        send(sqlite_database, **{"window": None, **other})

    assert [refusal.code for refusal in refused.value.refusals] == ["key_reused"]
    assert heads(sqlite_database) == ["khóa-1"]


def test_the_same_key_is_not_asked_for_the_right_again(office: Database) -> None:
    def allow(intent: Intent, _at: datetime) -> Intent:
        return replace(intent, behalf=OTHER)

    def forbid(_intent: Intent, _at: datetime) -> Intent:
        raise AssertionError

    with office.write() as session:
        first = receive(session, an_intent(), allow).command
    with office.write() as session:
        again = receive(session, an_intent(), forbid).command

    assert first.behalf == OTHER
    assert again.model_dump() == first.model_dump()


def test_the_right_is_asked_for_the_moment_of_receipt(office: Database) -> None:
    asked = []

    def note(intent: Intent, at: datetime) -> Intent:
        asked.append(at)
        return intent

    with office.write() as session:
        command = receive(session, an_intent(), note).command

    assert asked == [command.received_at]


def test_what_is_not_allowed_leaves_no_row(office: Database) -> None:
    def forbid(_intent: Intent, _at: datetime) -> Intent:
        raise Refused(Refusal("no", "Không."))

    with pytest.raises(Refused), office.write() as session:
        receive(session, an_intent(), forbid)

    assert heads(office) == []


def test_the_same_key_of_another_actor_is_another_command(office: Database) -> None:
    first = send(office)

    other = send(office, actor=OTHER, target="campaign:td")

    assert other.id != first.id
    assert heads(office) == ["khóa-1", "khóa-1"]


def test_one_key_sent_many_times_at_once_is_one_command(office: Database) -> None:
    senders = 6
    together = threading.Barrier(senders)

    def ask(_sender: int) -> UUID:
        together.wait()
        return send(office).id

    with ThreadPoolExecutor(senders) as threads:
        received = set(threads.map(ask, range(senders)))

    assert len(received) == 1
    assert heads(office) == ["khóa-1"]


def test_one_key_sent_at_once_with_two_bodies_serves_one_of_them(
    office: Database,
) -> None:
    bodies = [{"lines": [n]} for n in range(4)]
    together = threading.Barrier(len(bodies))

    def ask(body: dict[str, Any]) -> str:
        together.wait()
        try:
            send(office, body=body)
        except Refused as refused:
            return refused.refusals[0].code
        return "received"

    with ThreadPoolExecutor(len(bodies)) as threads:
        answers = list(threads.map(ask, bodies))

    assert sorted(answers) == ["key_reused", "key_reused", "key_reused", "received"]


def test_the_oldest_of_every_target_goes_first(office: Database) -> None:
    sent = {}
    for key, target in (
        ("1", "phase:a"),
        ("2", "phase:b"),
        ("3", "phase:a"),
        ("4", "phase:b"),
        ("5", "phase:a"),
    ):
        sent[key] = send(office, key=key, target=target).id
    orders = [heads(office)]

    for key in ("2", "1", "3", "5", "4"):
        end(office, sent[key], CommandState.APPLIED)
        orders.append(heads(office))

    assert orders == [["1", "2"], ["1", "4"], ["3", "4"], ["4", "5"], ["4"], []]


@pytest.mark.parametrize(
    "how",
    [
        CommandState.APPLIED,
        CommandState.REFUSED,
        CommandState.STUCK,
        CommandState.FAILED,
    ],
)
def test_a_command_waits_for_an_older_one_until_that_has_ended(
    sqlite_database: Database, how: CommandState
) -> None:
    with sqlite_database.write() as session:
        found(session)
    older = send(sqlite_database, key="1", window=None)
    elsewhere = send(sqlite_database, key="2", window=None, target="phase:b")
    younger = send(sqlite_database, key="3", window=None)

    before = waits(sqlite_database, older, elsewhere, younger)
    end(sqlite_database, older.id, how)

    assert before == [False, False, True]
    assert waits(sqlite_database, older, elsewhere, younger) == [False, False, False]


def waits(database: Database, *rows: Command) -> list[bool]:
    with database.read() as session:
        return [commands.turn_of(session, row).waits for row in rows]


def test_what_waits_is_counted_by_target_and_by_when_it_was_received(
    office: Database,
) -> None:
    ours, theirs = "department:td-1:VP", "phase:td-1"
    first = send(office, key="1", target=ours)
    end(office, send(office, key="2", target=ours).id, CommandState.STUCK)
    send(office, key="3", target="department:td-1:KHAC")
    last = send(office, key="4", target=theirs)
    moments = (first.received_at, last.received_at, last.received_at + timedelta(1))

    with office.read() as session:
        to = col(Command.target).in_([ours, theirs])
        counts = [commands.waiting(session, at, to) for at in moments]

    assert counts == [0, 1, 2]


def test_the_departments_of_commands_set_aside_are_found_by_phase_and_kind(
    office: Database,
) -> None:
    for key, department, kind, how in (
        ("1", "A", "submit", CommandState.STUCK),
        ("2", "B", "recall", CommandState.STUCK),
        ("3", "C", "submit", CommandState.APPLIED),
        ("4", None, "submit", CommandState.STUCK),
        ("6", "E", "submit", CommandState.FAILED),
    ):
        one = send(office, key=key, department=department, kind=kind, window=None)
        end(office, one.id, how)
    send(office, key="5", department="D", window=None)
    asked = [(PHASE, ["submit"]), (PHASE, ["submit", "recall"]), ("td-2", ["submit"])]

    with office.read() as session:
        aside = [
            sorted(session.exec(commands.departments_set_aside(*each)).all())
            for each in asked
        ]

    assert aside == [["A", "E"], ["A", "B", "E"], []]


def test_who_waited_for_the_window_gets_a_moment_after_it_was_free(
    postgres_database: Database,
) -> None:
    opened(postgres_database)
    with ThreadPoolExecutor(1) as threads, postgres_database.write() as closing:
        lock(closing, Window, Window.phase == PHASE)
        waiting: Future[Command] = threads.submit(send, postgres_database)
        until_blocked(postgres_database, 1)
        closed_at = now(closing)
        closing.commit()
        received = waiting.result(timeout=10)

    assert received.received_at > closed_at
