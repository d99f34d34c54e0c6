"""A refusal is answered with the status that its code has."""

import ast
from collections.abc import Iterator

from api.statuses import status_of
from domain.refusals import Refusal
from tests.sources import modules, packages


def codes_of_refusals() -> Iterator[str]:
    """Read every code that our source refuses with."""
    for _, tree in modules(*packages()):
        for node in ast.walk(tree):
            match node:
                case ast.Call(
                    func=ast.Name(id="refuse" | "Refusal"),
                    args=[ast.Constant(value=str(code)), *_],
                ):
                    yield code
                case ast.Call(
                    func=ast.Name(id="unknown"),
                    args=[ast.Constant(value=str(what)), *_],
                ):
                    yield f"unknown_{what}"


def test_what_is_not_there_is_404_and_an_unknown_person_401() -> None:
    unknown = {code for code in codes_of_refusals() if code.startswith("unknown_")}

    statuses = {code: status_of([Refusal(code, "")]).value for code in unknown}

    assert len(unknown) > 10
    assert statuses == {**dict.fromkeys(unknown, 404), "unknown_person": 401}
