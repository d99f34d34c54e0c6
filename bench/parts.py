"""The parts of the bench: what each measures, by the name it is asked for."""

from argparse import Namespace
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.report import Report

Figures = Any
# An option of a part: its name, what it is when it is not given, and what it means.
Option = tuple[str, Any, str]


@dataclass(frozen=True)
class Part:
    """One thing that can be measured."""

    name: str
    summary: str
    run: Callable[[Namespace, Report], Awaitable[Figures]]
    options: Sequence[Option] = field(default_factory=tuple)
