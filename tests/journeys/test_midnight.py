"""30 June, midnight: who was in time stands, though nobody was there to see it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from threading import Event
from uuid import uuid4

from sqlmodel import select

from domain import ids
from domain.states import CommandState
from engine.client import Engine
from engine.dispatch import Dispatcher
from store import commands
from store.commands import Intent
from store.database import Database
from store.tables import Act, Command, Notice
from tests.journeys.cast import HEADS, Cast, a_plan, at, line
from tests.journeys.test_own_clock import eventually
from tests.office import Office, Person, office_worker, open_office, prepare, set_clock
from tests.store.chains import flaws

IN_TIME, LATE = 50, 5
END = at("2022-07-01", "00:00")
DEPARTMENTS = list(HEADS)


async def before_the_end(database: Database, engine: Engine) -> None:
    """Carry the first phase to 23:50 on 30 June; then the worker stops."""
    async with open_office(database, engine) as office:
        cast = Cast(office)
        await cast.launch(a_plan())
        await cast.until(at("2022-06-20"))
        for department in DEPARTMENTS:
            await cast.review(cast.phase1, department, "2022-06-20")
        await cast.until(at("2022-06-30", "23:50"))


def act_of(turn: int, department: str) -> tuple[str, dict[str, object]]:
    """A department sends and takes back by turns: any other order is refused."""
    if turn % 2:
        return "recall", {}
    return "submit", {
        "lines": [line(f"{department.lower()}-0{2 + turn % 5}", "GIAY_KHEN")]
    }


async def send(office_person: Person, code: str, turn: int, department: str) -> int:
    """Send one act and answer its status: nobody is there to apply it."""
    kind, body = act_of(turn, department)
    path = f"/phases/{code}-1/departments/{department}/{kind}"
    return (await office_person.post(path, body)).status_code


def hold_open(database: Database, code: str, turn: int, let_go: Event) -> None:
    """Write an act down before midnight, and commit only when told to."""
    department = DEPARTMENTS[-1]
    kind, body = act_of(turn, department)
    with database.write() as session:
        commands.receive(
            session,
            Intent(
                actor=HEADS[department],
                kind=kind,
                campaign=code,
                target=str(ids.department(f"{code}-1", department)),
                body=body,
                key=uuid4().hex,
                phase=f"{code}-1",
                department=department,
                window="submission",
            ),
        )
        let_go.wait(timeout=30)


async def in_time_and_waiting(database: Database) -> int:
    """Count the acts that were received in time and have not ended."""

    def count() -> int:
        with database.read() as session:
            waiting = select(Command).where(
                Command.state == CommandState.RECEIVED, Command.received_at < END
            )
            return len(session.exec(waiting).all())

    return await asyncio.to_thread(count)


@asynccontextmanager
async def competing(database: Database, engine: Engine) -> AsyncIterator[None]:
    """Let another dispatcher send what waits, for the length of the block."""
    stop = asyncio.Event()
    another = Dispatcher(database, engine, timedelta(milliseconds=150))
    running = asyncio.create_task(another.run(stop))
    try:
        yield
    finally:
        stop.set()
        await running


async def stage(office: Office) -> str:
    """How the first phase stands."""
    phases = await office.person(HEADS["CTQH"]).get("/campaigns/2022/phases")
    found: str = phases[0]["state"]
    return found


async def test_fifty_in_time_stand_and_five_are_late(
    database: Database, engine: Engine
) -> None:
    code = "2022"
    prepare(database, 2022, at("2022-01-03"))
    await before_the_end(database, engine)
    let_go = Event()
    async with open_office(database, engine, work=False, patience=0) as office:
        turns = dict.fromkeys(DEPARTMENTS, 0)
        for n in range(IN_TIME - 1):
            department = DEPARTMENTS[n % len(DEPARTMENTS)]
            second = f"23:5{n // 6}:{n % 6}9"
            set_clock(database, at("2022-06-30", second))
            head = office.person(HEADS[department])
            assert await send(head, code, turns[department], department) == 202
            turns[department] += 1
        set_clock(database, at("2022-06-30", "23:59:59"))
        last = DEPARTMENTS[-1]
        held = asyncio.create_task(
            asyncio.to_thread(hold_open, database, code, turns[last], let_go)
        )
        await asyncio.sleep(0.3)  # the insert is open; nothing is decided by this

        # SQLite has one writer: there the very clock cannot pass an open insert.
        one_writer = database.engine.dialect.name == "sqlite"
        if one_writer:
            asyncio.get_running_loop().call_later(0.5, let_go.set)
        await asyncio.to_thread(set_clock, database, at("2022-07-01", "00:00:01"))
        for department in [*DEPARTMENTS, DEPARTMENTS[0]][:LATE]:
            head = office.person(HEADS[department])
            assert await send(head, code, 0, department) == 202
        set_clock(database, at("2022-07-01", "00:30"))

        async with office_worker(database, engine), competing(database, engine):
            closing = asyncio.create_task(office.conductor.settle())
            await eventually(lambda: in_time_and_waiting(database), 0)
            if not one_writer:
                await asyncio.sleep(1)  # time to close, were it not for one insert
                assert await stage(office) == "submission_window"
            let_go.set()
            await held
            await asyncio.wait_for(closing, 60)
            assert await stage(office) == "appraisal"

    with database.read() as session:
        missed = session.exec(
            select(Notice.recipient).where(Notice.kind == "submission_missed")
        ).all()
        rows = session.exec(select(Command).order_by(Command.seq)).all()
        recorded = {act.command: act.seq for act in session.exec(select(Act))}
        chain = flaws(session, code)
    sent = [row for row in rows if row.kind in ("submit", "recall")]
    ends = [(row.state, (row.refusals or [{}])[0].get("code")) for row in sent]
    assert sorted(ends, key=str) == [
        *[("applied", None)] * IN_TIME,
        *[("refused", "too_late")] * LATE,
    ]
    assert {row.received_at < at("2022-07-01", "00:00") for row in sent[:49]} == {True}
    for department in DEPARTMENTS:
        mine = [
            recorded[row.id]
            for row in sent
            if row.department == department and row.id in recorded
        ]
        assert len(mine) in (12, 13)
        assert mine == sorted(mine)
    # CTHDND and HCTCQT took their last list back; nobody else missed anything.
    desks = ["cthdnd-01", "cthdnd-03", "hctcqt-01", "hctcqt-03"]
    assert sorted(missed) == desks
    assert chain == []
