"""Reads a YAML file against a model and says at which line everything is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from intake.faults import BadDocument, Path, Problem, allowed_by, fields_at, is_echo
from intake.nodes import compose, decode, joined, line_of, quoted, value_of, written_at

M = TypeVar("M")


def read_document(
    text: str | bytes,
    model: type[M],
    name: str,
    beside: Mapping[str, object] | None = None,
) -> M:
    """Read *text* whole, or raise `BadDocument` with every problem and its line.

    The *model* is anything that pydantic reads: a model, or dataclasses. What lies
    *beside* it is there for the model's validators to compare with.
    """
    return parse(text, name).read_as(model, beside)


@cache
def reader(model: Any) -> TypeAdapter[Any]:
    """Make what reads a *model*, once: that may take longer than to read."""
    return TypeAdapter(model)


@dataclass(frozen=True)
class Document:
    """A file as it is written, and what is wrong with it whatever it should say."""

    name: str
    root: yaml.Node
    value: object
    problems: tuple[Problem, ...]

    def read_as(self, model: type[M], beside: Mapping[str, object] | None = None) -> M:
        """Read it whole, as by `read_document`."""
        problems = list(self.problems)
        try:
            made = reader(model)  # type: ignore[arg-type] # any type is hashable
            read: M = made.validate_python(self.value, context=beside)
        except ValidationError as error:
            problems += _merged(
                [
                    _problem(one, self.root, model)
                    for one in error.errors(include_url=False)
                    if not is_echo(one)
                ]
            )
        if problems:
            raise BadDocument(self.name, problems)
        return read


def parse(text: str | bytes, name: str) -> Document:
    """Read how *text* is written, or raise `BadDocument` where that is no YAML."""
    if isinstance(text, bytes):
        text = decode(text, name)
    root = compose(text, name)
    problems: list[Problem] = []
    value = value_of(root, "", problems)
    return Document(name, root, value, tuple(problems))


@dataclass
class _Place:
    """Where an error's location leads in the file; *left* is what is not there."""

    node: yaml.Node
    line: int
    path: str = ""
    left: str | int = ""


def _problem(error: ErrorDetails, root: yaml.Node, model: object) -> Problem:
    place, allowed = _place(root, error["loc"]), allowed_by(error, model)
    if place.left in fields_at(model, error["loc"]):
        return Problem(place.line, joined(place.path, place.left), "", allowed)
    found = quoted(written_at(place.node)) or "(rỗng)"
    return Problem(place.line, place.path, found, allowed)


def _place(root: yaml.Node, loc: Path) -> _Place:
    """Follow *loc* down the nodes; what names no node (a union's branch) is skipped."""
    place = _Place(root, line_of(root))
    for part in loc:
        step = _step(place.node, part)
        place.left = "" if step else part
        if step:
            place.line, place.node = step
            place.path = joined(place.path, part)
    return place


def _step(node: yaml.Node, part: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
        return line_of(node.value[part]), node.value[part]
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if written_at(key) == part:
                return line_of(key), value
    return None


def _merged(problems: list[Problem]) -> list[Problem]:
    """Say once what a union's branches each complain of."""
    merged: dict[tuple[int, str, str], list[str]] = {}
    for one in problems:
        allowed = merged.setdefault((one.line, one.field, one.found), [])
        if one.allowed not in allowed:
            allowed.append(one.allowed)
    return [Problem(*place, "; ".join(allowed)) for place, allowed in merged.items()]
