"""Killed while acts are turned away whose target has ended: each is refused, once."""

import asyncio
from uuid import uuid4

import httpx2
import pytest
from sqlmodel import Session, col, func, select

from domain.states import CommandState
from engine.line import TOGETHER
from store.tables import Act, Command, Notice, Person
from tests.journeys.scene import CODE, Scene, Step, today
from tests.journeys.test_own_clock import this_year
from tests.processes import until
from tests.store.chains import flaws

REASON = {"reason": "Phòng chống bão."}
CANCEL, SUSPEND = Step("cancel", body=REASON), Step("suspend", body=REASON)
# A workflow that has ended is started again by acts, and may take those still that
# come together, before it reads that all is over. Some of so many come too late.
LATE = 5 * TOGETHER
POINTS = ("turn_away.before_commit", "turn_away.after_commit")


async def send_all(scene: Scene, keys: list[str]) -> None:
    """While no worker runs, cancel, and then suspend again and again."""
    asks = [asyncio.create_task(scene.ask(CANCEL, keys[0]))]
    await received(scene, 1)
    asks += [asyncio.create_task(scene.ask(SUSPEND, key)) for key in keys[1:]]
    answers = await asyncio.gather(*asks)
    assert {answer.status_code for answer in answers if answer} == {202}


async def received(scene: Scene, commands: int) -> None:
    """Wait until so many commands have their rows."""

    async def there() -> bool:
        with scene.database.read() as session:
            return count(session, None) == commands

    await until(there, f"{commands} commands are received")


def count(session: Session, state: CommandState | None) -> int:
    """Count the commands, those in a state or all."""
    found = select(func.count()).select_from(Command)
    if state is not None:
        found = found.where(Command.state == state)
    return session.exec(found).one()


async def answered(scene: Scene, keys: list[str]) -> list[httpx2.Response]:
    """Wait until every command has ended; ask again for its answer."""

    async def ended() -> bool:
        with scene.database.read() as session:
            return count(session, CommandState.RECEIVED) == 0

    await until(ended, "every command has ended")
    steps = [CANCEL, *[SUSPEND] * LATE]
    found = [await scene.ask(step, key) for step, key in zip(steps, keys, strict=True)]
    return [answer for answer in found if answer is not None]


@pytest.mark.long
@pytest.mark.parametrize("scene", ["sqlite", "postgres"], indirect=True)
@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("victim", ["worker", "engine"])
async def test_an_act_is_turned_away_once_whoever_dies_on_the_way(
    scene: Scene, point: str, victim: str
) -> None:
    keys = [uuid4().hex for _ in range(1 + LATE)]
    await scene.machine.start("api")
    await scene.draft(this_year(today()))
    await send_all(scene, keys)

    pid = "self" if victim == "worker" else scene.machine.pid(victim)
    await scene.machine.start("worker", f"{point}={pid}")
    await scene.bury([victim])
    cancelled, *late = await answered(scene, keys)

    refused = {(answer.status_code, answer.json()["type"]) for answer in late}
    assert (cancelled.status_code, len(late)) == (200, LATE)
    assert refused <= {(409, "/problems/target_over"), (409, "/problems/wrong_state")}
    # What was committed before the death stands; else all may be taken in between.
    assert (409, "/problems/target_over") in refused or point != POINTS[1]
    with scene.database.read() as session:
        acts = session.exec(select(Act.kind).where(Act.campaign == CODE)).all()
        told = session.exec(
            select(Notice.kind, Notice.recipient).order_by(col(Notice.recipient))
        ).all()
        assert acts == ["cancel"]
        assert told == [
            ("cancelled", person)
            for person in session.exec(select(Person.id).order_by(Person.id))
        ]
        assert count(session, CommandState.REFUSED) == LATE
        assert flaws(session, CODE) == []
