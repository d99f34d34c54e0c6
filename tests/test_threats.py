"""The threat model names a test for each threat, and each of them is there."""

import ast
import re

from tests.sources import ROOT

PAGE = (ROOT / "docs" / "threat-model.md").read_text("utf-8")
OFFICE = PAGE.partition("## The office\n")[2].partition("\n## ")[0]
_NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def written_in(file: str) -> set[str]:
    """Name the tests of a file."""
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in tree.body if isinstance(node, kinds)}


def test_each_threat_names_what_holds_what_remains_and_a_test_that_is_there() -> None:
    rows = [line.strip("| ").split(" | ") for line in OFFICE.splitlines()[3:] if line]
    rows = [row for row in rows if len(row) > 1]

    assert len(rows) >= 7
    for threat, holds, remains, shown in rows:
        named = _NAMED.findall(shown)
        assert all((threat, holds, remains, named))
        assert {name for file, name in named if name not in written_in(file)} == set()
