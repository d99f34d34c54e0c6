"""Killed at any commit boundary of what time itself does: all is as if nobody had died.

A campaign whose only phase was over two years ago is launched today, so time has
everything to do at once. Only the reminder of its closing has to be brought forward.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import Session, col, select
from temporalio.client import RPCError, WorkflowExecutionStatus

from domain import ids
from domain.states import PhaseState
from engine.client import connect
from engine.messages import RunStatus
from engine.open_workflows import open_targets
from engine.situations import situation
from rehearsal.engine import RehearsedEngine
from store.clock import now
from store.database import Database
from store.failpoints import NAMES
from store.tables import (
    Act,
    Deadline,
    LadderStep,
    Notice,
    Phase,
    Report,
    Submission,
    Window,
)
from tests.databases import Databases
from tests.journeys import test_kill, test_kill_late
from tests.journeys.cast import HEADS
from tests.journeys.scene import (
    CAMPAIGN,
    CODE,
    PACT,
    PHASE,
    Scene,
    Step,
    a_scene,
    today,
)
from tests.journeys.test_own_clock import this_year
from tests.office import SECRETARIAT
from tests.outbox.test_kill import POINTS as OF_LETTERS
from tests.processes import PATIENCE, until
from tests.store.chains import flaws

PHASE_ID = f"{CODE}-1"
EVERYBODY = (
    CAMPAIGN,
    PHASE,
    *(str(ids.department(PHASE_ID, code)) for code in sorted(HEADS)),
)
LAUNCH = (*PACT, Step("launch", body={"although_past": True}))
PUBLISH = Step(
    "publish", SECRETARIAT, {"without": sorted(HEADS)}, f"/phases/{PHASE_ID}"
)
CLOSING = ("mark_closing", "tell_missing", "close_window")
STEPS = ("open_phase", "enter", "climb", *CLOSING, "sum_up")
POINTS = tuple(
    f"{step}.{side}" for step in STEPS for side in ("before_commit", "after_commit")
)
# By kind of campaign: of a thematic one, which has no registration, the first window
# that closes is the one whose deadline runs on after it.
TRIALS = (
    *(("regular", point) for point in POINTS),
    *(("thematic", point) for point in POINTS if point.startswith(CLOSING)),
)
SHORT = ("sqlite", "thematic", "close_window.after_commit", "worker")

CASES = [
    pytest.param(*case, marks=[] if case == SHORT else pytest.mark.long)
    for rows in ("sqlite", "postgres")
    for kind, point in TRIALS
    for victim in ("worker", "engine")
    for case in [(rows, kind, point, victim)]
]


def a_plan_long_over(kind: str) -> dict[str, Any]:
    """One phase, with all its dates two years ago."""
    plan = this_year(date(today().year - 2, 6, 15))
    if kind == "thematic":
        phase = plan["phases"][0]
        plan["kind"], phase["titles"] = kind, ["GIAY_KHEN"]
        del phase["registration_opens"], phase["registration_due"]
    return plan


async def live(scene: Scene, plan: dict[str, Any]) -> list[dict[str, Any]]:
    """Launch, end the phase, and be reminded; tell of every rest on the way."""
    # Connected while it is sure to be there: it may soon be killed.
    address = f"127.0.0.1:{scene.machine.engine_port}"
    engine = RehearsedEngine(await connect(address, lazy=False))
    await scene.draft(plan)
    for step in LAUNCH:
        await scene.settle(step, uuid4().hex)
    launched = await at_rest(scene.database, engine, PhaseState.APPRAISAL)
    await scene.settle(PUBLISH, uuid4().hex)
    ended = await at_rest(scene.database, engine, PhaseState.CLOSED)
    bring_forward(scene.database, "closing")
    await woken(engine, CAMPAIGN)
    return [launched, ended, await at_rest(scene.database, engine, PhaseState.CLOSED)]


def bring_forward(database: Database, name: str) -> None:
    """Let the first reminder of a deadline be due now."""
    with database.write() as session:
        of_deadline = select(LadderStep).where(LadderStep.name == name)
        first = session.exec(of_deadline.order_by(col(LadderStep.at))).all()[0]
        first.at = now(session)
        session.add(first)


async def woken(engine: RehearsedEngine, target: str) -> None:
    """Wake a workflow, even if the engine is just being killed."""

    async def awake() -> bool:
        try:
            await engine.wake(target)
        except RPCError:
            return False
        return True

    await until(awake, f"{target} is awake")


async def at_rest(
    database: Database, engine: RehearsedEngine, stage: PhaseState
) -> dict[str, Any]:
    """Wait until the phase is there and nobody has anything to do; tell of it."""
    told: dict[str, Any] = {}

    async def resting() -> bool:
        with database.read() as session:
            told.update(rows(session))
            stages = session.exec(select(Phase.state)).all()
            wakes = {each: next_step(session, each) for each in open_targets(session)}
            present = now(session)
        try:
            standings = {each: await engine.standing(each) for each in wakes}
            told["ended"] = await ended(engine)
        except RPCError:
            return False
        told["wakes"] = wakes
        return (
            stages == [stage]
            and not any(wake <= present for wake in wakes.values() if wake)
            and standings == {each: RunStatus(False, wakes[each]) for each in wakes}
            and sorted([*wakes, *told["ended"]]) == sorted(EVERYBODY)
        )

    # Somebody may have to die and to start again before.
    await until(resting, f"all rest while the phase is {stage}", 2 * PATIENCE)
    return told


def next_step(session: Session, target: str) -> datetime | None:
    """When a workflow has next to remind somebody, as its rows have it."""
    rungs = situation(session, target).rungs
    return min((rung.at for rung in rungs), default=None)


async def ended(engine: RehearsedEngine) -> list[str]:
    """List the workflows that have come to their end."""
    described = {each: await engine.handle(each).describe() for each in EVERYBODY}
    over = WorkflowExecutionStatus.COMPLETED
    return [target for target, each in described.items() if each.status == over]


def rows(session: Session) -> dict[str, Any]:
    """Tell all that the rows hold, free of moments and of chance ids."""
    acts = session.exec(
        select(Act).where(Act.campaign == CODE).order_by(col(Act.seq))
    ).all()
    return {
        "acts": [(act.kind, act.actor) for act in acts],
        "breaks": flaws(session, CODE),
        "notices": _sorted(session, Notice, _NOTICE),
        "steps": _sorted(session, LadderStep, _STEP),
        "deadlines": _sorted(session, Deadline, ("owner", "name", "version")),
        "windows": _sorted(session, Window, ("kind", "department", "state")),
        "submissions": _sorted(session, Submission, ("department", "state")),
        "reports": _sorted(session, Report, ("phase", "kind", "version")),
    }


_NOTICE = ("task", "kind", "step", "version", "recipient", "subject", "body")
_STEP = ("owner", "name", "version", "code", "notices")


def _sorted(session: Session, table: Any, names: tuple[str, ...]) -> list[str]:
    found = session.exec(select(table)).all()
    return sorted(
        " | ".join(str(getattr(row, name)) for name in names) for row in found
    )


@dataclass
class Untouched:
    """The same campaigns, in which nobody dies; each is lived once."""

    databases: Databases
    home: Path
    _lived: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    async def live(self, kind: str) -> list[dict[str, Any]]:
        """Tell how a campaign of this kind goes by itself."""
        if kind not in self._lived:
            database = self.databases.fresh()
            home = self.home / kind
            home.mkdir()
            async with a_scene(database, home) as scene:
                await scene.start({})
                self._lived[kind] = await live(scene, a_plan_long_over(kind))
            self.databases.drop(database)
        return self._lived[kind]


@pytest.fixture(scope="session")
def untouched(
    sqlite_databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Untouched:
    """The campaigns as they go when nobody dies."""
    return Untouched(sqlite_databases, tmp_path_factory.mktemp("untouched"))


def test_every_commit_boundary_is_tried() -> None:
    tried = (*test_kill.PLACES, *test_kill_late.POINTS, *POINTS, *OF_LETTERS)
    assert tried == NAMES


@pytest.mark.parametrize(
    ("scene", "kind", "point", "victim"), CASES, indirect=["scene"]
)
async def test_time_takes_each_step_once_whoever_dies_on_the_way(
    scene: Scene, untouched: Untouched, kind: str, point: str, victim: str
) -> None:
    pid = "self" if victim == "worker" else scene.machine.pid(victim)
    await scene.start({"worker": f"{point}={pid}"})

    async with asyncio.TaskGroup() as group:
        living = group.create_task(live(scene, a_plan_long_over(kind)))
        await scene.bury([victim])

    assert living.result() == await untouched.live(kind)
