"""DBOS, as its documentation has it, and once more in our grain.

A workflow receives its inputs by `recv` and writes in steps; all is in PostgreSQL.
"""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import sqlalchemy as sa
from dbos import DBOS, SetWorkflowID

from bench.peers.grain import ACTS_OF_DESK, ACTS_OF_SESSION, LINES, Input, Phase
from bench.peers.measuring import Figures, Task
from bench.peers.own_style import MEMBERS, OwnStyle
from bench.peers.rows import open_database

_PATIENCE, _POLL = 600, 0.05
_styles: list[OwnStyle] = []
_phases: dict[str, Phase] = {}


@DBOS.step()
def submit(key: str) -> None:
    """Write a nomination down, and look at it."""
    _styles[0].submit(key)


@DBOS.step()
def check(key: str) -> None:
    """Look at the evidence."""
    _styles[0].check(key)


@DBOS.step()
def vote(key: str, member: int) -> bool:
    """Take one member's vote."""
    return _styles[0].vote(key, member)


@DBOS.step()
def decide(key: str, yes: int) -> None:
    """Decide."""
    _styles[0].decide(key, yes)


@DBOS.workflow()
def proposal(key: str) -> None:
    """Take one nomination through its inputs."""
    submit(key)
    check(key)
    yes = 0
    for _ in range(MEMBERS):
        yes += vote(key, DBOS.recv("vote", timeout_seconds=_PATIENCE))
    DBOS.recv("director", timeout_seconds=_PATIENCE)
    decide(key, yes)


@DBOS.step()
def apply(phase: str, kind: str, key: str, desk: str | None) -> None:
    """Apply an act that was received."""
    _phases[phase].apply(kind, key, desk)


@DBOS.workflow()
def target(phase: str, desk: str | None, acts: int) -> None:
    """A desk, or the session: each act that comes in is applied and said to be."""
    for _ in range(acts):
        kind, key = DBOS.recv("act", timeout_seconds=_PATIENCE)
        apply(phase, kind, key, desk)
        DBOS.set_event(key, "applied")


def _launch(task: Task) -> sa.Engine:
    engine = open_database(task.url)
    _styles.append(OwnStyle(engine))
    DBOS(
        config={
            "name": "bench",
            "system_database_url": task.url.replace("+psycopg", ""),
            "log_level": "ERROR",
            "run_admin_server": False,
            "notification_listener_polling_interval_sec": 0.02,
            "sys_db_pool_size": 30,
        }
    )
    DBOS.launch()
    return engine


def own(task: Task) -> Figures:
    """Send every input of a nomination by itself."""
    _launch(task)

    def one(_number: int) -> None:
        key = uuid4().hex
        with SetWorkflowID(key):
            handle = DBOS.start_workflow(proposal, key)
        for member in range(MEMBERS):
            DBOS.send(key, member, "vote")
        DBOS.send(key, True, "director")
        handle.get_result(polling_interval_sec=_POLL)

    return task.each(one)


def grain(task: Task) -> Figures:
    """Send the acts of a phase, those of desks some at a time."""
    engine = _launch(task)

    def play() -> None:
        phase = Phase(engine)
        _phases[phase.key] = phase
        for desk in phase.desks:
            _start(phase.key, desk, ACTS_OF_DESK)
        _start(phase.key, None, ACTS_OF_SESSION)
        with ThreadPoolExecutor(task.clients) as pool:
            for together in phase.script():
                list(pool.map(lambda each: _act(phase, each), together))

    return task.phases(LINES, play)


def _start(phase: str, desk: str | None, acts: int) -> None:
    with SetWorkflowID(f"{phase}-{desk}"):
        DBOS.start_workflow(target, phase, desk, acts)


def _act(phase: Phase, said: Input) -> None:
    kind, of = said
    if isinstance(of, int):
        return phase.ballot(of)
    workflow = f"{phase.key}-{of}"
    key = phase.receive(kind, workflow)
    DBOS.send(workflow, [kind, key], "act")
    DBOS.get_event(workflow, key, timeout_seconds=_PATIENCE)
    return None
