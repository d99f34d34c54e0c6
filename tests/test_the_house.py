"""The budgets of the house: how large its rooms, modules and functions may be."""

import ast
import re
from collections import Counter
from graphlib import CycleError, TopologicalSorter
from itertools import chain
from pathlib import Path
from statistics import median

import pytest

from tests.sources import ROOT, modules, packages, texts

# Rooms that no wheel holds; bench is code that measures, and keeps the same budgets.
BESIDE = {"bench", "docs", "plans", "rules", "service", "tests"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_VIETNAMESE = re.compile("[À-ỹ]")
SOURCES = dict(modules(*packages(), *(file.name for file in ROOT.glob("*.py"))))
HELD = {**SOURCES, **dict(modules("bench"))}


def lengths() -> dict[str, int]:
    """Count each module's lines."""
    return {path: len((ROOT / path).read_text().splitlines()) for path in HELD}


def functions() -> dict[str, int]:
    """Count each function's lines, its decorators and docstring among them."""
    return {
        f"{path}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path, tree in HELD.items()
        for node in ast.walk(tree)
        if isinstance(node, FUNCTIONS)
    }


def imported() -> dict[str, set[str]]:
    """Say which of our modules each of them imports while it is loaded."""
    ours = {path.removesuffix(".py").replace("/", "."): path for path in SOURCES}
    return {
        path: {ours[name] for name in _names(tree) if name in ours} - {path}
        for path, tree in SOURCES.items()
    }


def _names(tree: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{each.name}" for each in node.names}
            found.add(node.module)
    return found


def test_the_house_has_twelve_rooms_at_most() -> None:
    rooms = {file.parent for file in ROOT.glob("*/__init__.py")}

    assert {room.name for room in rooms} - BESIDE == set(packages())
    assert len(packages()) <= 12


def test_no_shelf_holds_more_than_twenty_modules() -> None:
    shelves = Counter(
        Path(path).parent.as_posix()
        for path in HELD
        if not path.endswith("__init__.py")
    )

    assert {shelf: held for shelf, held in shelves.items() if held > 20} == {}


def test_no_module_is_longer_than_three_hundred_lines() -> None:
    assert {path: long for path, long in lengths().items() if long > 300} == {}


def test_half_of_the_modules_have_ninety_lines_at_most() -> None:
    assert median(lengths().values()) <= 90


def test_of_a_hundred_functions_two_and_a_half_are_longer_than_twenty_five_lines() -> (
    None
):
    found = functions()
    long = {name for name, lines in found.items() if lines > 25}

    assert len(long) <= 0.025 * len(found), sorted(long)


def test_no_modules_import_one_another_in_a_circle() -> None:
    try:
        list(TopologicalSorter(imported()).static_order())
    except CycleError as circle:
        pytest.fail(" → ".join(circle.args[1]))


def test_the_store_says_nothing_to_people() -> None:
    """What is refused is worded where it comes in, what is told where it goes out."""
    said = {
        path: sentences
        for path, tree in SOURCES.items()
        if path.startswith("store/")
        and (sentences := [text for text in texts(tree) if _VIETNAMESE.search(text)])
    }

    assert said == {}


# Called by nobody here: who changes the tables calls it.
_PLACE = re.compile(r"[a-z_.]+:[a-z_]+")
CALLED_BY_HAND = {"store/migrate.py revise"}


def test_what_only_tests_would_call_is_theirs() -> None:
    called: set[str] = set()
    for node in chain.from_iterable(map(ast.walk, SOURCES.values())):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
                called.add(name)
            # In the table of commands.
            case ast.Constant(value=str(text)) if _PLACE.fullmatch(text):
                called.add(text.split(":")[1])
    uncalled = {
        f"{path} {node.name}"
        for path, tree in SOURCES.items()
        for node in tree.body
        if isinstance(node, FUNCTIONS) and not node.decorator_list
        if node.name not in called
    }

    assert uncalled == CALLED_BY_HAND


def test_a_class_name_means_one_thing() -> None:
    classes = chain.from_iterable(
        ((node.name, path) for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
        for path, tree in SOURCES.items()
    )
    places: dict[str, list[str]] = {}
    for name, path in classes:
        places.setdefault(name, []).append(path)

    assert {name: held for name, held in places.items() if len(held) > 1} == {}
