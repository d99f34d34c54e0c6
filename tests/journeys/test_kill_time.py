"""Killed at any commit boundary of what time itself does: all is as if nobody had died.

A campaign whose only phase was over two years ago is launched today, so time has
everything to do at once: open, enter, remind, escalate and close.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import Session, col, select
from temporalio.client import RPCError, WorkflowExecutionStatus

from domain.states import PhaseState
from engine import ids
from engine.client import Engine, connect
from engine.situations import open_targets
from store import record
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
from tests.journeys import test_kill
from tests.journeys.cast import HEADS
from tests.journeys.scene import CODE, PACT, Scene, Step, a_scene, today
from tests.journeys.test_own_clock import this_year
from tests.office import SECRETARIAT
from tests.processes import until

PHASE_ID = f"{CODE}-1"
LAUNCH = (*PACT, Step("launch"))
PUBLISH = Step(
    "publish", SECRETARIAT, {"without": sorted(HEADS)}, f"/phases/{PHASE_ID}"
)
STEPS = ("open_phase", "enter", "climb", "mark_closing", "close_window", "sum_up")
POINTS = tuple(
    f"{step}.{side}" for step in STEPS for side in ("before_commit", "after_commit")
)
# By kind of campaign: of a thematic one, which has no registration, the first window
# that closes is the one whose deadline runs on after it.
TRIALS = (
    *(("regular", point) for point in POINTS),
    *(("thematic", point) for point in POINTS if "clos" in point),
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
    """Launch the campaign and end its phase; tell of both moments at which it rests."""
    await scene.draft(plan)
    for step in LAUNCH:
        await scene.settle(step, uuid4().hex)
    launched = await at_rest(scene, PhaseState.APPRAISAL)
    await scene.settle(PUBLISH, uuid4().hex)
    return [launched, await at_rest(scene, PhaseState.CLOSED)]


async def at_rest(scene: Scene, stage: PhaseState) -> dict[str, Any]:
    """Wait until the phase is there and nobody has anything to do; tell of it."""
    address = f"127.0.0.1:{scene.machine.engine_port}"
    engine = Engine(await connect(address))
    wakes: dict[str, datetime | None] = {}

    async def resting() -> bool:
        with scene.database.read() as session:
            targets = open_targets(session)
            if session.get_one(Phase, PHASE_ID).state is not stage:
                return False
        try:
            standings = {target: await engine.standing(target) for target in targets}
        except RPCError:
            return False
        wakes.clear()
        wakes.update({target: each.wake for target, each in standings.items()})
        present = datetime.now(UTC)
        return not any(
            each.busy or (each.wake is not None and each.wake <= present)
            for each in standings.values()
        )

    await until(resting, f"the phase rests in {stage}")
    with scene.database.read() as session:
        return {"wakes": wakes, "ended": await ended(engine), **rows(session)}


async def ended(engine: Engine) -> list[str]:
    """List the workflows of the phase that have come to their end."""
    targets = [ids.phase(PHASE_ID), *(ids.department(PHASE_ID, d) for d in HEADS)]
    described = {str(t): await engine.handle(str(t)).describe() for t in targets}
    over = WorkflowExecutionStatus.COMPLETED
    return sorted(target for target, each in described.items() if each.status == over)


def rows(session: Session) -> dict[str, Any]:
    """Tell all that the rows hold, free of moments and of chance ids."""
    acts = session.exec(select(Act).order_by(col(Act.seq))).all()
    return {
        "acts": [(act.kind, act.actor) for act in acts],
        "breaks": record.breaks(session, CODE),
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
    turned_away = {"turn_away.before_commit", "turn_away.after_commit"}
    assert set(NAMES) == {*test_kill.PLACES, *POINTS, *turned_away}


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
