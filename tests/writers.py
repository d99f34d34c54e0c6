"""Who writes a state: what a module says that may, and cannot be proven not to."""

import ast
import re
from collections.abc import Iterator, Set

from sqlmodel import SQLModel

from store import tables
from tests.sources import dotted, imports

_WRITTEN_BY_MOVE = {"Nomination", "NominationMove", "NewLine"}
_WRITTEN_BY_REACH = {
    "Campaign",
    "Phase",
    "Window",
    "Registration",
    "Submission",
    "CouncilSession",
    "Decision",
    "Case",
}
_OTHER_STATES = {"CommandState"}
_TABLES = {
    name
    for name, each in vars(tables).items()
    if isinstance(each, type) and issubclass(each, SQLModel)
} - {"SQLModel"}
_OTHER_TABLES = _TABLES - _WRITTEN_BY_MOVE - _WRITTEN_BY_REACH
_READERS = {
    "select",
    "lock",
    "lock_shared",
    "get",
    "get_one",
    "join",
    "outerjoin",
    "select_from",
    "Held",
    "aliased",
    "exists",
    "in_force",
    "Order",
}
_INSERTING = {
    "add_all",
    "insert",
    "insert_all",
    "insert_missing",
    "insert_once",
    "insert_or_change",
    "insert_or_take_over",
    "insert_or_update",
    "insert_selected",
}
# Lines are written by `move` alone, and of everything else the state.
_LINES_SQL = re.compile(
    r"\b(insert\s+into|update|delete\s+from|replace\s+into)\s+nominations\b",
    re.IGNORECASE,
)
_STATE_SQL = re.compile(r"\bset\b[^;]*\bstate\s*=", re.IGNORECASE)


class Module:
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
                if self._writes_lines(node) or self._writes_a_state(node):
                    yield ast.unparse(node)
            case ast.Constant(value=str(text)):
                if _LINES_SQL.search(text) or _STATE_SQL.search(text):
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
        return named & {*_OTHER_TABLES, *_WRITTEN_BY_MOVE, *_WRITTEN_BY_REACH}

    def _class_of(self, node: ast.expr) -> str:
        return dotted(node, self.names).split(".")[-1]

    def _could_be_state(self, name: ast.expr) -> bool:
        """A name that is only known at run time is refused where lines are known."""
        if isinstance(name, ast.Constant):
            return name.value == "state"
        if isinstance(name, ast.JoinedStr) and isinstance(name.values[0], ast.Constant):
            return "state".startswith(str(name.values[0].value))
        known = {name.split(".")[-1] for name in self.names.values()}
        return bool(known & (_WRITTEN_BY_MOVE | _WRITTEN_BY_REACH))

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

    def _writes_a_state(self, call: ast.Call) -> bool:
        """A row is made with a state, or `values` say one, or nobody can tell."""
        match call.func:
            case ast.Attribute(attr="values" | "sqlmodel_update"):
                return _says_a_state(call) and not self._is_of_another(call.func)
            case ast.Attribute(attr="model_validate", value=owner):
                return self._class_of(owner) in _WRITTEN_BY_REACH
            case ast.Name(id="put"):
                return _says_a_state(call)
        if self._class_of(call.func) in _WRITTEN_BY_REACH:
            return _says_a_state(call)
        many = self._name_of(call.func) in _INSERTING
        handed = {self._class_of(argument) for argument in call.args}
        return many and bool(handed & _WRITTEN_BY_REACH)

    def _is_of_another(self, function: ast.Attribute) -> bool:
        """A table of lines, which may not be handed over at all, is found as such."""
        named = self._tables_in(function.value)
        return bool(named) and named <= _OTHER_TABLES | _WRITTEN_BY_MOVE

    def _name_of(self, function: ast.expr) -> str:
        if isinstance(function, ast.Attribute):
            return function.attr
        return self._class_of(function)


def _says_a_state(call: ast.Call) -> bool:
    """Find a state among what a call is handed; what is spread out may hold one."""
    return any(
        (isinstance(node, ast.keyword) and node.arg in ("state", None))
        or (isinstance(node, ast.Constant) and node.value == "state")
        for node in ast.walk(call)
    )


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
    found = Module(ast.parse(source)).objections()
    return [(function, what) for function, _, what in found]
