"""What belongs together, gathered under what it has in common."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


def grouped(pairs: Iterable[tuple[Key, Value]]) -> defaultdict[Key, list[Value]]:
    """Gather under each key what comes with it, in that order; nothing under others."""
    found: defaultdict[Key, list[Value]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


def gathered(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, frozenset[Value]]:
    """Gather under each key what comes with it, in no order, and once."""
    return {key: frozenset(values) for key, values in grouped(pairs).items()}
