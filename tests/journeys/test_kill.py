"""Killed at any commit boundary of an act: one effect, one act, the same answer."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select
from temporalio.client import Client

from domain import ids
from domain.states import CampaignState, CommandState
from engine.client import Engine, Sent, connect
from engine.dispatch import Dispatcher
from engine.messages import CommandRef
from intake.acts.bodies import BODIES
from store.commands import Intent
from store.database import Database
from store.tables import Act, Campaign, Command, Lease, Notice, Person
from tests.databases import as_owner
from tests.journeys.scene import CAMPAIGN, CODE, PACT, PHASE, Scene, Step, today
from tests.journeys.test_own_clock import this_year
from tests.office import DIRECTOR, UNION, answered, open_office, prepare
from tests.processes import Machine, until, unused_port
from tests.store.chains import flaws

DEPARTMENTS = str(ids.departments(f"{CODE}-1"))
REASON = {"reason": "Phòng chống bão."}


@dataclass(frozen=True)
class Trial:
    """The act on which somebody dies: what comes before, what it leaves, what next."""

    act: Step
    before: tuple[Step, ...]
    state: CampaignState
    notice: str
    following: Step
    # Every act of the campaign in the end, those of time itself too.
    acts: tuple[str, ...]
    start: tuple[str, ...] = ()
    wake: tuple[str, ...] = ()


LAUNCHED = ("sign_pact", "sign_pact", "launch", "open_phase")
SIGN = Trial(
    act=PACT[0],
    before=(),
    state=CampaignState.PENDING_UNION,
    notice="pact_waits",
    following=PACT[1],
    acts=("sign_pact",),
)
LAUNCH = Trial(
    act=Step("launch"),
    before=PACT,
    state=CampaignState.RUNNING,
    notice="launched",
    following=Step("suspend", body=REASON),
    acts=LAUNCHED,
    start=(PHASE,),
)
SUSPEND = Trial(
    act=LAUNCH.following,
    before=(*PACT, LAUNCH.act),
    state=CampaignState.SUSPENDED,
    notice="suspended",
    following=Step("resume"),
    acts=(*LAUNCHED, "suspend"),
    wake=(CAMPAIGN, PHASE, DEPARTMENTS),
)

# Which process comes by each point, and in which act.
PLACES = {
    "command.before_commit": ("api", SIGN),
    "command.after_commit": ("api", SIGN),
    "command.before_send": ("api", SIGN),
    "command.after_start": ("api", SIGN),
    "command.after_send": ("api", SIGN),
    "dispatch.before_send": ("worker", SIGN),
    "dispatch.after_send": ("worker", SIGN),
    "apply.before_commit": ("worker", LAUNCH),
    "apply.after_commit": ("worker", LAUNCH),
    "links.before_start": ("worker", LAUNCH),
    "links.after_start": ("worker", LAUNCH),
    "links.before_wake": ("worker", SUSPEND),
    "links.after_wake": ("worker", SUSPEND),
}

# One death each of API, worker and engine; all the others take minutes.
SHORT = {
    ("sqlite", "command.after_commit", "api"),
    ("postgres", "apply.after_commit", "worker"),
    ("sqlite", "command.before_send", "engine"),
}


def marks(kind: str, point: str, victim: str) -> list[pytest.MarkDecorator]:
    """Say what takes too long for every run."""
    return [] if (kind, point, victim) in SHORT else [pytest.mark.long]


CASES = [
    pytest.param(kind, point, victim, marks=marks(kind, point, victim))
    for kind in ("sqlite", "postgres")
    for point, (place, _) in PLACES.items()
    for victim in (place, "engine")
]


def failpoints(machine: Machine, point: str, victim: str) -> dict[str, str]:
    """Say which process is armed, and how, so that *victim* dies at *point*."""
    place, _ = PLACES[point]
    pid = "self" if victim == place else machine.pid(victim)
    armed = {place: f"{point}={pid}"}
    if point.startswith("dispatch."):  # which has no work while the API lives
        armed["api"] = "command.after_commit=self"
    return armed


async def begin(scene: Scene, trial: Trial, failpoints: Mapping[str, str]) -> None:
    """Start all and do what comes before; failpoints are for the trial's act."""
    await scene.start({} if trial.before else failpoints)
    await scene.draft(this_year(today()))
    for step in trial.before:
        await scene.settle(step, uuid4().hex)
    await scene.opened()
    if trial.before:
        await scene.arm(failpoints)


def check_rows(session: Session, trial: Trial, key: str, answer: Any) -> None:
    """Compare, whole, what one act leaves behind."""
    mine = select(Command).where(Command.idempotency_key == key)
    command = session.exec(mine).one()
    assert command.model_dump(exclude={"seq"}) == the_command(trial, key, answer)
    acts = session.exec(
        select(Act).where(Act.campaign == CODE).order_by(col(Act.seq))
    ).all()
    assert tuple(act.kind for act in acts) == trial.acts
    assert [
        (act.kind, act.actor, act.at) for act in acts if act.command == command.id
    ] == [(trial.act.kind, trial.act.who, command.ended_at)]
    notices = session.exec(
        select(Notice.recipient, Notice.at)
        .where(Notice.kind == trial.notice)
        .order_by(Notice.recipient)
    ).all()
    people = session.exec(select(Person.id).order_by(Person.id)).all()
    told = [UNION] if trial is SIGN else people
    assert notices == [(person, command.ended_at) for person in told]
    assert session.get_one(Campaign, CODE).state is trial.state
    assert flaws(session, CODE) == []


def the_command(trial: Trial, key: str, answer: Any) -> dict[str, Any]:
    """Write the command's row as it must be in the end."""
    body = BODIES[trial.act.kind].model_validate(trial.act.body)
    said = body.model_dump(mode="json")
    intent = Intent(trial.act.who, trial.act.kind, CODE, CAMPAIGN, said, key)
    return {
        "id": UUID(answer["command"]),
        "campaign": CODE,
        "actor": intent.actor,
        "behalf": None,
        "delegation": None,
        "kind": intent.kind,
        "target": CAMPAIGN,
        "phase": None,
        "department": None,
        "window": None,
        "payload": said,
        "idempotency_key": key,
        "fingerprint": intent.fingerprint(),
        "received_at": datetime.fromisoformat(answer["received_at"]),
        "state": CommandState.APPLIED,
        "ended_at": datetime.fromisoformat(answer["ended_at"]),
        "answer": answer["answer"],
        "start": list(trial.start),
        "wake": list(trial.wake),
        "spent": [],
        "followed_up": True,
        "refusals": None,
        "tries": 1,
    }


@pytest.mark.parametrize(("scene", "point", "victim"), CASES, indirect=["scene"])
async def test_an_act_is_done_once_whoever_dies_on_the_way(
    scene: Scene, point: str, victim: str
) -> None:
    place, trial = PLACES[point]
    armed = failpoints(scene.machine, point, victim)
    await begin(scene, trial, armed)
    key = uuid4().hex

    first = asyncio.create_task(scene.ask(trial.act, key))
    await scene.bury({*armed.keys() - {place}, victim})
    answer = await scene.settle_soon(trial.act, key)
    await scene.opened()
    await answered(scene.database)

    lost = await first
    assert lost is None or lost.status_code == 202 or lost.json() == answer
    with scene.database.read() as session:
        check_rows(session, trial, key, answer)
    again = await scene.ask(trial.act, key)
    assert again is not None
    assert (again.status_code, again.json()) == (200, answer)
    following = await scene.ask(trial.following, uuid4().hex)
    assert following is not None
    assert following.status_code == 200, following.text


async def test_a_retry_of_the_act_that_ended_its_target_gets_its_answer(
    database: Database, engine: Engine
) -> None:
    prepare(database, today().year)
    async with open_office(database, engine) as office:
        director = office.person(DIRECTOR)
        await director.act("/campaigns", this_year(today()))
        cancel = f"/campaigns/{CODE}/cancel"
        answer = await director.post(cancel, REASON, "a-key")

        again = await director.post(cancel, REASON, "a-key")

    assert answer.status_code == 200
    assert (again.status_code, again.json()) == (200, answer.json())


async def test_an_act_is_taken_in_before_the_engine_was_ever_there(
    database: Database,
) -> None:
    prepare(database, today().year)
    engine = Engine(await connect(f"127.0.0.1:{unused_port()}"))
    async with open_office(database, engine, work=False) as office:
        director = office.person(DIRECTOR)
        await director.act("/campaigns", this_year(today()))

        answer = await director.post(f"/campaigns/{CODE}/sign-pact")

    assert (answer.status_code, answer.json()["state"]) == (202, "received")


async def test_where_the_namespace_is_missing_nothing_is_known_to_be_over(
    temporal: Client,
) -> None:
    address = temporal.service_client.config.target_host
    engine = Engine(await connect(address, "nowhere"))
    ref = CommandRef(uuid4(), "launch", datetime.now(UTC))

    sent = await engine.send(f"campaign:{CODE}", [ref], timedelta(seconds=5))

    assert sent is Sent.AWAY


async def test_a_dispatcher_outlives_whatever_fails(
    database: Database, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    stop = asyncio.Event()
    often = timedelta(milliseconds=10)
    run_sql(database, "ALTER TABLE leases RENAME TO elsewhere")
    dispatching = asyncio.create_task(Dispatcher(database, engine, often).run(stop))

    async def failed() -> bool:
        return "a sweep failed" in caplog.text

    async def leased() -> bool:
        with database.read() as session:
            return session.exec(select(Lease)).first() is not None

    await until(failed, "a sweep without its table fails")
    run_sql(database, "ALTER TABLE elsewhere RENAME TO leases")
    await until(leased, "the next one goes on")
    stop.set()
    await dispatching


def run_sql(database: Database, statement: str) -> None:
    """Change a table behind everybody's back."""
    with as_owner(database) as owned, owned.write() as session:
        session.connection().execute(text(statement))
