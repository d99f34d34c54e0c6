"""SpiffWorkflow, as its documentation has it: BPMN, its state kept as JSON.

Each input reads the state back, runs the one task, and writes the state whole.
"""

from pathlib import Path
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.util.task import TaskState

from bench.peers.measuring import Figures, Task
from bench.peers.own_style import MEMBERS, votes_yes
from bench.peers.rows import (
    DECISION,
    EVIDENCE,
    NOTICE,
    PROPOSAL,
    VOTE,
    metadata,
    open_database,
)

STATE = sa.Table(
    "spiff_state",
    metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("state", sa.Text),
    sa.Column("status", sa.String, index=True),
)


class Kept:
    """Workflows that are kept in the database between two inputs."""

    def __init__(self, engine: sa.Engine) -> None:
        parser = BpmnParser()
        parser.add_bpmn_file(str(Path(__file__).with_name("proposal.bpmn")))
        self._spec = parser.get_spec("proposal")
        self._serializer = BpmnWorkflowSerializer()
        self._engine = engine

    def start(self) -> str:
        """Begin one; return its key."""
        key, workflow = uuid4().hex, BpmnWorkflow(self._spec)
        workflow.data.update(desk="d", title="Lao động tiên tiến")
        workflow.do_engine_steps()
        row: dict[str, Any] = {"id": key, "phase": "x", "desk": "d", "title": "LDTT"}
        row |= {"evidence": EVIDENCE, "state": "submitted", "yes": 0, "no": 0}
        state = {"id": key, "state": self._serializer.serialize_json(workflow)}
        with self._engine.begin() as connection:
            connection.execute(STATE.insert(), {**state, "status": "waits"})
            connection.execute(PROPOSAL.insert(), row)
        return key

    def vote(self, key: str, member: int) -> None:
        """Let one member vote."""
        yes = votes_yes(member)
        with self._engine.begin() as connection:
            self._run(connection, key, "vote", {"member": member, "yes": yes})
            row = {"proposal": key, "member": member, "yes": yes}
            connection.execute(VOTE.insert(), row)

    def decide(self, key: str) -> None:
        """Let the director decide; with that it ends."""
        decision = {"proposal": key, "approved": True, "director": "cvp"}
        notice = {"recipient": key, "proposal": key, "kind": "awarded", "body": {}}
        with self._engine.begin() as connection:
            if not self._run(connection, key, "director", {"approved": True}):
                raise RuntimeError("it did not end")
            connection.execute(DECISION.insert(), decision)
            connection.execute(NOTICE.insert(), notice)

    def _run(self, c: sa.Connection, key: str, task: str, data: dict[str, Any]) -> bool:
        """Run the first task of a name that is ready; say whether all is done."""
        mine = STATE.c.id == key
        state = c.execute(sa.select(STATE.c.state).where(mine)).scalar_one()
        workflow = self._serializer.deserialize_json(state)
        ready = workflow.get_tasks(state=TaskState.READY, manual=True)
        found = next(each for each in ready if each.task_spec.bpmn_id == task)
        found.data.update(data)
        found.run()
        workflow.do_engine_steps()
        workflow.refresh_waiting_tasks()
        done = bool(workflow.completed)
        changed = {"state": self._serializer.serialize_json(workflow)}
        changed["status"] = "done" if done else "waits"
        c.execute(STATE.update().where(mine).values(**changed))
        return done


def own(task: Task) -> Figures:
    """Take every input of a nomination by itself."""
    kept = Kept(open_database(task.url))

    def one(_number: int) -> None:
        key = kept.start()
        for member in range(MEMBERS):
            kept.vote(key, member)
        kept.decide(key)

    return task.each(one)
