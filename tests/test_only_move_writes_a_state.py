"""Only `move` writes a nomination line's state: the source itself is asked."""

import ast
import re
from collections.abc import Iterator, Set

import pytest

from domain import states
from store import tables
from tests.sources import dotted, imports, modules, packages

MOVING = "activities/lines.py"
# The one place that makes a line: nominated, and written by `create`.
# A line begins as nominated by a department, or as granted by the simplified procedure.
CONSTRUCTORS = {
    (
        "activities/effects/department/submission.py",
        "_nomination",
    ): "state=LineState.NOMINATED",
    (
        "activities/effects/cases/ad_hoc.py",
        "_line",
    ): "state=LineState.DIRECTOR_APPROVED",
}
_OURS = (*packages(), "worker.py", "cli.py", "settings.py")

_OTHER_STATES = {
    name for name in vars(states) if name.endswith("State") and name != "LineState"
}
_OTHER_TABLES = set(tables.__all__) - {"Nomination"}
_WRITTEN_BY_MOVE = {"Nomination", "NominationMove"}
_READERS = {
    "select",
    "lock",
    "lock_shared",
    "get",
    "get_one",
    "join",
    "outerjoin",
    "select_from",
    "aliased",
    "exists",
    "in_force",
}
_SQL = re.compile(
    r"\b(insert\s+into|update|delete\s+from|replace\s+into)\s+nominations\b",
    re.IGNORECASE,
)


class _Module:
    """One module, and what its text tells of its names."""

    def __init__(self, source: ast.Module) -> None:
        self.tree = source
        self.names = imports(source)
        for node in source.body:
            # `_S = SubmissionState`
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Name):
                for target in node.targets:
                    whole = dotted(node.value, self.names)
                    self.names[ast.unparse(target)] = whole

    def objections(self) -> Iterator[tuple[str, int, str]]:
        """Find what might write a line's state: in which function, where, and what."""
        for function, nodes in self._functions():
            for node in nodes:
                for what in self._against(node, nodes):
                    yield function, getattr(node, "lineno", 0), what

    def _functions(self) -> Iterator[tuple[str, list[ast.AST]]]:
        """Split a module into its functions, and what stands outside of them."""
        inside: set[ast.AST] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                nodes = [each for each in ast.walk(node) if each not in inside]
                inside.update(nodes)
                yield node.name, nodes
        yield "", [node for node in ast.walk(self.tree) if node not in inside]

    def _against(self, node: ast.AST, function: list[ast.AST]) -> Iterator[str]:
        match node:
            case ast.Attribute(attr="state", ctx=ast.Store() | ast.Del()):
                if not self._is_another_state(node, function):
                    yield ast.unparse(node)
            case ast.Call(func=ast.Name(id="setattr" | "delattr"), args=[_, name, *_]):
                if self._could_be_state(name):
                    yield ast.unparse(node)
            case ast.Call():
                if self._writes_lines(node):
                    yield ast.unparse(node)
            case ast.Constant(value=str(text)) if _SQL.search(text):
                yield text

    def _is_another_state(self, target: ast.Attribute, function: list[ast.AST]) -> bool:
        """Prove that not a line's state is written: by the value, or by the owner."""
        values = [
            value
            for node in function
            for at, value in _pairs(node)
            if at is target and value is not None
        ]
        if values and all(self._is_another_code(value, function) for value in values):
            return True
        return isinstance(target.value, ast.Name) and self._is_another_row(
            target.value.id, function
        )

    def _is_another_code(self, value: ast.expr, function: list[ast.AST]) -> bool:
        if isinstance(value, ast.IfExp):
            return self._is_another_code(value.body, function) and (
                self._is_another_code(value.orelse, function)
            )
        if isinstance(value, ast.Attribute):
            return self._class_of(value.value) in _OTHER_STATES
        if isinstance(value, ast.Name):
            return self._is_annotated(value.id, function, _OTHER_STATES)
        return False

    def _is_another_row(self, name: str, function: list[ast.AST]) -> bool:
        """Every binding of *name* speaks of one table, which is not of lines."""
        if self._annotated(name, function):
            return self._is_annotated(name, function, _OTHER_TABLES)
        bindings = [
            self._tables_in(value)
            for node in function
            for target, value in _pairs(node)
            if isinstance(target, ast.Name) and target.id == name and value is not None
        ]
        return bool(bindings) and all(
            len(found) == 1 and found <= _OTHER_TABLES for found in bindings
        )

    def _is_annotated(self, name: str, function: list[ast.AST], of: Set[str]) -> bool:
        """Whatever an argument may be by its annotation is one of these."""
        annotated = self._annotated(name, function)
        return bool(annotated) and annotated <= of

    def _annotated(self, name: str, function: list[ast.AST]) -> set[str]:
        for node in function:
            if isinstance(node, ast.arg) and node.arg == name and node.annotation:
                return self._classes_of(node.annotation)
        return set()

    def _classes_of(self, annotation: ast.expr) -> set[str]:
        if isinstance(annotation, ast.BinOp):
            left, right = annotation.left, annotation.right
            return self._classes_of(left) | self._classes_of(right)
        return {self._class_of(annotation)}

    def _tables_in(self, value: ast.expr) -> set[str]:
        """Name the tables that an expression asks for, not those it filters by."""
        named = {
            self._class_of(argument)
            for node in ast.walk(value)
            if isinstance(node, ast.Call)
            for argument in [node.func, *node.args]
        }
        return named & {*_OTHER_TABLES, "Nomination"}

    def _class_of(self, node: ast.expr) -> str:
        return dotted(node, self.names).split(".")[-1]

    def _could_be_state(self, name: ast.expr) -> bool:
        """A name that is only known at run time is refused where lines are known."""
        if isinstance(name, ast.Constant):
            return name.value == "state"
        if isinstance(name, ast.JoinedStr) and isinstance(name.values[0], ast.Constant):
            return "state".startswith(str(name.values[0].value))
        return any(n.split(".")[-1] == "Nomination" for n in self.names.values())

    def _writes_lines(self, call: ast.Call) -> bool:
        """A table of lines is handed to nothing but what reads."""
        if self._class_of(call.func) in _WRITTEN_BY_MOVE:
            return True
        owner = call.func.value if isinstance(call.func, ast.Attribute) else None
        if owner is not None and self._class_of(owner) in _WRITTEN_BY_MOVE:
            return True  # Nomination.model_validate(…)
        handed = {self._class_of(argument) for argument in call.args}
        reads = self._name_of(call.func) in _READERS
        return bool(handed & _WRITTEN_BY_MOVE) and not reads

    def _name_of(self, function: ast.expr) -> str:
        if isinstance(function, ast.Attribute):
            return function.attr
        return self._class_of(function)


def _pairs(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr | None]]:
    """Pair each target of a binding with its value, as far as the text pairs them."""
    match node:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                yield from _unpacked(target, value)
        case ast.AnnAssign(target=target, value=value) if value is not None:
            yield target, value
        case ast.NamedExpr(target=target, value=value):
            yield target, value
        case ast.For(target=target, iter=each):
            yield from _unpacked(target, each)


def _unpacked(
    target: ast.expr, value: ast.expr
) -> Iterator[tuple[ast.expr, ast.expr | None]]:
    if not isinstance(target, ast.Tuple):
        yield target, value
    elif isinstance(value, ast.Tuple) and len(value.elts) == len(target.elts):
        yield from zip(target.elts, value.elts, strict=True)
    else:
        yield from ((each, None) for each in target.elts)


def objections(source: str) -> list[tuple[str, str]]:
    """Find what a module says against itself: in which function, and what."""
    found = _Module(ast.parse(source)).objections()
    return [(function, what) for function, _, what in found]


def test_only_move_and_two_constructors_write_a_lines_state() -> None:
    found = {
        (path, function): what
        for path, tree in modules(*_OURS)
        if path != MOVING
        for function, _, what in _Module(tree).objections()
    }

    assert found.keys() == CONSTRUCTORS.keys()
    assert all(state in found[where] for where, state in CONSTRUCTORS.items())


def test_moving_itself_would_be_found() -> None:
    [(_, tree)] = modules(MOVING)

    found = {(function, what) for function, _, what in _Module(tree).objections()}

    assert found == {
        ("move", "line.state"),
        ("_write_moves", "insert_missing(deed.session, NominationMove, moves)"),
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
    "s.bulk_update_mappings(Nomination, x)": "s.bulk_update_mappings(Nomination, x)",
    "NominationMove(line=x)": "NominationMove(line=x)",
    "s.execute(text('UPDATE nominations SET state = 1'))": (
        "UPDATE nominations SET state = 1"
    ),
    "x = 'insert  into nominations values (1)'": "insert  into nominations values (1)",
}
_KNOWN = """
from domain.states import LineState, SubmissionState, WindowState
from store import tables
from store.tables import Nomination, NominationMove, Phase, Submission
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
        "submission.state = _T.APPRAISED",
        "submission.state = _T.APPRAISED if x else SubmissionState.CLOSED",
        "a, window.state = 1, WindowState.OPEN",
        "def f(phase: Phase): phase.state = x",
        "def f(x: WindowState): row.state = x",
        "phase = lock(s, Phase, Phase.id == Nomination.phase)[0]\nphase.state = x",
        "for phase in s.exec(select(Phase)): phase.state = x",
        "setattr(campaign, f'signed_by_{side}', x)",
        "s.exec(select(Nomination.state))",
        "lock(s, Nomination, col(Nomination.state) == x)",
        "x = line.state is LineState.AWARDED",
        "x = 'nominations are updated by moves'",
    ],
)
def test_what_writes_no_line_is_left_alone(source: str) -> None:
    assert objections(_KNOWN + source) == []
