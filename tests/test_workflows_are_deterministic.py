"""Workflows and rules give the same again: no clock, no chance, no order of a set."""

import ast
from collections.abc import Iterator

import pytest

from tests.sources import dotted, imports, modules

# What a workflow imports must be as good as itself.
_SAME_AGAIN = (
    "workflows",
    "domain",
    "domain/ids.py",
    "engine/messages.py",
    "engine/names.py",
    "engine/waiting.py",
)

_CHANCE = (
    "random",
    "secrets",
    "time",
    "uuid.uuid1",
    "uuid.uuid4",
    "uuid.uuid7",
    "os",
    "socket",
    "threading",
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "asyncio.as_completed",
    "asyncio.wait",
    "hash",
    "id",
)

# These do not care in which order they are handed things.
_ORDERLESS = {"sorted", "min", "max", "len", "sum", "any", "all", "set", "frozenset"}
_IN_ORDER = {"list", "tuple", "enumerate", "iter", "zip", "map", "filter", "reversed"}
_OF_SETS = {"union", "intersection", "difference", "symmetric_difference"}


def chances(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Find what asks a clock, throws a die or hashes by the process's own seed."""
    names = imports(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom | ast.Import):
            whole = [
                f"{node.module}.{a.name}"
                if isinstance(node, ast.ImportFrom)
                else a.name
                for a in node.names
            ]
        elif isinstance(node, ast.Call):
            whole = [dotted(node.func, names)]
        elif isinstance(node, ast.Attribute):
            whole = [dotted(node, names)]
        else:
            continue
        for name in whole:
            if any(name == bad or name.startswith(f"{bad}.") for bad in _CHANCE):
                yield node.lineno, name


class _Sets:
    """Knows which expressions of one module are sets, as far as its text tells."""

    def __init__(self, tree: ast.Module) -> None:
        self._names: set[str] = set()
        self._fields: set[str] = set()
        for node in ast.walk(tree):
            self._learn(node)

    def _learn(self, node: ast.AST) -> None:
        if isinstance(node, ast.arg) and _says_set(node.annotation):
            self._names.add(node.arg)
        elif isinstance(node, ast.AnnAssign) and _says_set(node.annotation):
            self._keep(node.target)
        elif isinstance(node, ast.Assign) and self.has(node.value):
            for target in node.targets:
                self._keep(target)
        elif isinstance(node, ast.NamedExpr) and self.has(node.value):
            self._keep(node.target)
        elif isinstance(node, ast.FunctionDef) and _says_set(node.returns):
            self._names.add(node.name)
            self._fields.add(node.name)

    def _keep(self, target: ast.expr) -> None:
        if isinstance(target, ast.Name):
            self._names.add(target.id)
            self._fields.add(target.id)
        elif isinstance(target, ast.Attribute):
            self._fields.add(target.attr)

    def has(self, node: ast.expr) -> bool:
        """Say whether an expression is a set."""
        match node:
            case ast.Set() | ast.SetComp():
                return True
            case ast.Name(id=name):
                return name in self._names
            case ast.Attribute(attr=name):
                return name in self._fields
            case ast.BinOp(
                left=left, op=ast.BitOr() | ast.BitAnd() | ast.Sub() | ast.BitXor()
            ):
                return self.has(left) or _is_keys(left)
            case ast.IfExp(body=body, orelse=other):
                return self.has(body) or self.has(other)
            case ast.Call(func=ast.Name(id="set" | "frozenset")):
                return True
            case ast.Call(func=ast.Name(id=name)):
                return name in self._names
            case ast.Call(func=ast.Attribute(attr=name)):
                return name in _OF_SETS or name in self._fields
        return False


def _says_set(annotation: ast.expr | None) -> bool:
    text = "" if annotation is None else ast.unparse(annotation)
    return text.split("[")[0].split(".")[-1] in ("set", "frozenset", "AbstractSet")


def _is_keys(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and (
        isinstance(node.func, ast.Attribute) and node.func.attr in ("keys", "items")
    )


def orders_of_sets(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Find where the order of a set, which is nobody's, could be seen."""
    sets = _Sets(tree)
    orderless = {
        id(argument)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and (sets.has(node) or _is_orderless(node.func))
        for argument in node.args
    }
    for node in ast.walk(tree):
        if id(node) not in orderless:
            for seen in _put_in_order(node):
                if sets.has(seen):
                    yield seen.lineno, ast.unparse(seen)


def _is_orderless(function: ast.expr) -> bool:
    return isinstance(function, ast.Name) and function.id in _ORDERLESS


def _put_in_order(node: ast.AST) -> list[ast.expr]:
    """List what a node goes through one by one."""
    match node:
        case ast.For(iter=each) | ast.Starred(value=each) | ast.YieldFrom(value=each):
            return [each]
        case ast.ListComp() | ast.DictComp() | ast.GeneratorExp():
            return [generator.iter for generator in node.generators]
        case ast.Call(func=ast.Name(id=name), args=args) if name in _IN_ORDER:
            return args
        case ast.Call(
            func=ast.Attribute(attr="join" | "fromkeys" | "extend"), args=args
        ):
            return args
        case ast.Call(func=ast.Attribute(attr="pop", value=each), args=[]):
            return [each]
    return []


def found_in(*of: str) -> list[str]:
    return [
        f"{path}:{line} {what}"
        for path, tree in modules(*of)
        for search in (chances, orders_of_sets)
        for line, what in search(tree)
    ]


def test_no_workflow_and_no_rule_asks_a_clock_or_chance_or_a_sets_order() -> None:
    assert found_in(*_SAME_AGAIN) == []


def test_what_a_workflow_imports_of_the_engine_is_read_too() -> None:
    imported = {
        name.split(".")[1]
        for _, tree in modules("workflows")
        for name in imports(tree).values()
        if name.startswith("engine.")
    }

    read = {place.split("/")[1][:-3] for place in _SAME_AGAIN if "/" in place}
    assert imported - read == set()


PLANTED = {
    "from datetime import datetime\nx = datetime.now()": "datetime.datetime.now",
    "import datetime\nx = datetime.date.today()": "datetime.date.today",
    "import datetime as d\nx = d.datetime.utcnow": "datetime.datetime.utcnow",
    "import time\n": "time",
    "from time import monotonic\n": "time.monotonic",
    "from uuid import uuid4\n": "uuid.uuid4",
    "import uuid\nkey = uuid.uuid4": "uuid.uuid4",
    "import random\n": "random",
    "from secrets import token_hex\n": "secrets.token_hex",
    "x = hash('a')": "hash",
}


@pytest.mark.parametrize("source", PLANTED)
def test_a_clock_or_a_die_is_found(source: str) -> None:
    assert PLANTED[source] in [what for _, what in chances(ast.parse(source))]


ORDERED = {
    "for x in {1, 2}: pass": "{1, 2}",
    "for x in set(y): pass": "set(y)",
    "a = {1, 2}\nfor x in a: pass": "a",
    "def f(a: frozenset[int]):\n    return list(a)": "a",
    "def f(a: set[str]):\n    return ', '.join(a)": "a",
    "class C:\n    a: frozenset[int]\n    def f(self): return [*self.a]": "self.a",
    "def f() -> set[int]: ...\nfor x in f(): pass": "f()",
    "x = [y for y in {1} | z]": "{1} | z",
    "x = {y: 1 for y in a.union(b)}": "a.union(b)",
    "x = tuple(a.keys() & b.keys())": "a.keys() & b.keys()",
    "a = {1}\nx = a.pop()": "a",
}


@pytest.mark.parametrize("source", ORDERED)
def test_the_order_of_a_set_is_found(source: str) -> None:
    assert [what for _, what in orders_of_sets(ast.parse(source))] == [ORDERED[source]]


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import time\nx = time(8)",
        "from temporalio import workflow\nx = workflow.now()",
        "for x in sorted({1, 2}): pass",
        "x = any(y > 1 for y in {1, 2})",
        "x = {y + 1 for y in {1, 2}}",
        "def f(a: list[int]):\n    return list(a)",
        "x = 1 in {1, 2}",
    ],
)
def test_what_gives_the_same_again_is_left_alone(source: str) -> None:
    tree = ast.parse(source)

    assert [*chances(tree), *orders_of_sets(tree)] == []
