"""The table of edge cases names tests that exist, and changes that can be made."""

import re
from pathlib import Path

import pytest

from tests.edges.mutations import MUTATIONS, ROOT, Mutation

DOCUMENT = ROOT / "docs" / "edge-cases.md"
each = pytest.mark.parametrize(
    "mutation", MUTATIONS, ids=lambda each: f"{each.edge} {each.what}"
)


@each
def test_a_mutation_changes_one_place_of_the_code(mutation: Mutation) -> None:
    code = (ROOT / mutation.file).read_text("utf-8")

    assert code.count(mutation.old) == 1
    assert mutation.old != mutation.new


@each
def test_its_test_is_there_and_named_after_the_edge_case(mutation: Mutation) -> None:
    file, name = mutation.test.split("::")

    assert name.startswith(f"test_{mutation.edge.lower()}_")
    assert f"def {name}(" in (ROOT / file).read_text("utf-8")


def test_every_edge_case_that_a_test_names_has_its_mutation() -> None:
    named = {
        found.upper()
        for file in Path(ROOT / "tests").rglob("test_*.py")
        for found in re.findall(r"def test_(e\d\d)_", file.read_text("utf-8"))
    }

    edges = [mutation.edge for mutation in MUTATIONS]
    assert edges == sorted(edges)
    assert set(edges) == named


def test_the_document_has_a_row_for_each() -> None:
    rows = [
        line.split(" | ")[0].removeprefix("| ")
        for line in DOCUMENT.read_text("utf-8").splitlines()
        if line.startswith("| E")
    ]

    assert [row for row in rows if row in {m.edge for m in MUTATIONS}] == [
        mutation.edge for mutation in MUTATIONS
    ]
