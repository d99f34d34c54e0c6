"""Only `move` writes a line's state, only `reach` any other: the source is asked."""

import pytest

from tests.sources import modules, packages
from tests.writers import Module, objections

MOVING, REACHING = "activities/lines.py", "activities/stages.py"
# The ledger of what leaves the system has states of its own, moved by no act.
LEDGER = ("store/outbox/holding.py", "store/outbox/trying.py")
# Where a thing is made in a state that is not simply the first of its kind: a line
# nominated by a department, or granted by the simplified procedure; a registration; a
# decision that is signed as it is written; envelopes and windows, many at once.
CONSTRUCTORS = {
    (
        "activities/effects/department/submission.py",
        "_nominated",
    ): "state=LineState.NOMINATED",
    (
        "activities/effects/cases/ad_hoc.py",
        "_line",
    ): "state=LineState.DIRECTOR_APPROVED",
    ("activities/effects/department/registration.py", "_write"): "Registration",
    ("activities/services/decision/decisions.py", "write_decision"): "**more",
    (
        "activities/services/progress/departments.py",
        "give_envelopes",
    ): "'state': 'not_started'",
    ("activities/services/progress/departments.py", "_open_windows"): "'state': 'open'",
    ("store/drafts.py", "draft_campaign"): "**sent",
    ("store/findings/drafted.py", "_row"): "state=LineState.NOMINATED",
}
_OURS = (*packages(), "worker.py", "cli.py", "records.py", "serving.py", "settings.py")


def test_only_move_reach_and_constructors_write_a_state() -> None:
    found = {
        (path, function): what
        for path, tree in modules(*_OURS)
        if path not in (MOVING, REACHING, *LEDGER)
        for function, _, what in Module(tree).objections()
    }

    assert found.keys() == CONSTRUCTORS.keys()
    assert all(state in found[where] for where, state in CONSTRUCTORS.items())


def test_moving_and_reaching_themselves_would_be_found() -> None:
    found = {
        (path, function, what)
        for path, tree in modules(MOVING, REACHING)
        for function, _, what in Module(tree).objections()
    }

    assert found == {
        (MOVING, "create", "insert_all(deed.session, Nomination, lines)"),
        (MOVING, "create", "insert_missing(deed.session, NominationMove, first)"),
        (
            MOVING,
            "_write_steps",
            "insert_missing(deed.session, NominationMove, steps)",
        ),
        (
            MOVING,
            "_write_steps",
            "insert_selected(deed.session, NominationMove, "
            "('line', 'n', 'from_state'), "
            "each.where(one_of(col(Nomination.id), lines)), "
            "{'to_state': target, 'act': deed.id, 'at': deed.at})",
        ),
        (MOVING, "_write_lines", "update(Nomination)"),
        (
            MOVING,
            "_write_lines",
            "put(line, state=target, held_from=held_from, moves=line.moves + 1)",
        ),
        (REACHING, "reach", "row.state"),
        (
            REACHING,
            "reach_all",
            "update(table).where(*which).values(state=state, **more)",
        ),
    }


PLANTED = {
    "line.state = target": "line.state",
    "line.state = LineState.AWARDED": "line.state",
    "lines[0].state = x": "lines[0].state",
    "row.state = _S.AWARDED": "row.state",
    "row.moves, row.state = 2, LineState.AWARDED": "row.state",
    "row.state = LineState.AWARDED if row.x else WindowState.OPEN": "row.state",
    "for line.state in x: pass": "line.state",
    "def f(line: Nomination): line.state = x": "line.state",
    "def f(x: LineState): line.state = x": "line.state",
    "line = lock(s, Nomination, Nomination.phase == Phase.id)[0]\nline.state = x": (
        "line.state"
    ),
    "phase = lock(s, Phase)[0]\nphase = y\nphase.state = x": "phase.state",
    "line = get(Phase, Nomination)\nline.state = x": "line.state",
    "setattr(line, 'state', x)": "setattr(line, 'state', x)",
    "setattr(line, name, x)": "setattr(line, name, x)",
    "setattr(line, f'st{x}', y)": "setattr(line, f'st{x}', y)",
    "Nomination(state=x)": "Nomination(state=x)",
    "Row(state=x)": "Row(state=x)",
    "tables.Nomination(state=x)": "tables.Nomination(state=x)",
    "Nomination.model_validate(x)": "Nomination.model_validate(x)",
    "s.exec(update(Nomination).values(state=x))": "update(Nomination)",
    "s.exec(insert(Nomination))": "insert(Nomination)",
    "s.exec(delete(Nomination))": "delete(Nomination)",
    "insert_missing(s, Nomination, rows)": "insert_missing(s, Nomination, rows)",
    "insert_all(s, Nomination, rows)": "insert_all(s, Nomination, rows)",
    "NewLine(state=x)": "NewLine(state=x)",
    "put(line, state=x)": "put(line, state=x)",
    "put(line, **x)": "put(line, **x)",
    "s.bulk_update_mappings(Nomination, x)": "s.bulk_update_mappings(Nomination, x)",
    "NominationMove(line=x)": "NominationMove(line=x)",
    "s.execute(text('UPDATE nominations SET state = 1'))": (
        "UPDATE nominations SET state = 1"
    ),
    "x = 'insert  into nominations values (1)'": "insert  into nominations values (1)",
    "submission.state = _T.APPRAISED": "submission.state",
    "a, window.state = 1, WindowState.OPEN": "window.state",
    "def f(phase: Phase): phase.state = x": "phase.state",
    "def f(x: WindowState): row.state = x": "row.state",
    "for phase in s.exec(select(Phase)): phase.state = x": "phase.state",
    "setattr(phase, name, x)": "setattr(phase, name, x)",
    "Phase(id=x, state=y)": "Phase(id=x, state=y)",
    "Phase(**x)": "Phase(**x)",
    "Phase.model_validate(x)": "Phase.model_validate(x)",
    "phase.sqlmodel_update({'state': x})": "phase.sqlmodel_update({'state': x})",
    "insert_all(s, Submission, rows)": "insert_all(s, Submission, rows)",
    "insert_missing(s, Submission, rows)": "insert_missing(s, Submission, rows)",
    "update(Phase).where(x).values(state=y)": "update(Phase).where(x).values(state=y)",
    "moved.values(state=y)": "moved.values(state=y)",
    "s.execute(text('UPDATE phases SET x = 1, state = 2'))": (
        "UPDATE phases SET x = 1, state = 2"
    ),
}
_KNOWN = """
from domain.states import CommandState, LineState, SubmissionState, WindowState
from activities.lines import NewLine
from store import tables
from store.database import insert_all, put
from store.tables import Command, Nomination, NominationMove, Phase, Submission
from store.tables import Nomination as Row
_S = LineState
_T = SubmissionState
"""


@pytest.mark.parametrize("source", PLANTED)
def test_a_planted_writer_is_found(source: str) -> None:
    found = [what for _, what in objections(_KNOWN + source)]

    assert found == [PLANTED[source]]


@pytest.mark.parametrize(
    "source",
    [
        "row.state = CommandState.APPLIED",
        "row.state = CommandState.APPLIED if x else CommandState.REFUSED",
        "a, row.state = 1, CommandState.APPLIED",
        "def f(command: Command): command.state = x",
        "def f(x: CommandState): row.state = x",
        "row = lock(s, Command, Command.phase == Phase.id)[0]\nrow.state = x",
        "for row in s.exec(select(Command)): row.state = x",
        "update(Command).where(x).values(state=y)",
        "update(Phase).values(name=y)",
        "Phase(id=x, campaign=y)",
        "put(row, outcome=LineState.AWARDED)",
        "setattr(campaign, f'signed_by_{side}', x)",
        "s.exec(select(Nomination.state))",
        "lock(s, Nomination, col(Nomination.state) == x)",
        "x = line.state is LineState.AWARDED",
        "x = 'nominations are updated by moves'",
    ],
)
def test_what_writes_no_such_state_is_left_alone(source: str) -> None:
    assert objections(_KNOWN + source) == []
