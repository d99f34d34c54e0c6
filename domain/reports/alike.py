"""Which texts are nearly equal: by the words that follow one another in them."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from domain.names import as_read, clean

# Texts share so much of their runs of three words, or they are not alike. A text of
# thirty words with one of them changed still is; one with a sentence of its own in
# every four or five is not.
ALIKE = Fraction(4, 5)
_RUN = 3
# What keeps the cost in bounds, however alike all texts are: see `alike`.
_LISTED, _TRIED = 64, 16


@dataclass(frozen=True)
class Group:
    """A text and those after it that are like it; *least* is how alike at least."""

    first: int
    others: tuple[int, ...]
    least: Fraction


def runs(text: str) -> frozenset[str]:
    """List the runs of three words in a text; a shorter text is one run."""
    words = [as_read(word) for word in re.findall(r"\w+", clean(text))]
    last = max(len(words) - _RUN, 0)
    return frozenset(" ".join(words[at : at + _RUN]) for at in range(last + 1))


def similarity(one: frozenset[str], other: frozenset[str]) -> Fraction:
    """Give the share of all runs that two texts have in common."""
    return Fraction(len(one & other), len(one | other))


def alike(texts: Sequence[str]) -> list[Group]:
    """Group the texts that are alike to an earlier one, in their order.

    A text is compared with the first ones of groups only, and of these with the
    sixteen that share the most of its rarest runs: texts that are alike have one of
    those in common. A run that begins sixty-four groups tells nothing. So ten thousand
    texts cost ten thousand times so much, and not that squared.
    """
    found = [runs(text) for text in texts]
    common = Counter(run for each in found for run in each)
    listed: dict[str, list[int]] = defaultdict(list)
    groups: dict[int, dict[int, Fraction]] = {}
    for at, mine in enumerate(found):
        rarest = _rarest(mine, common)
        first, how_much = _nearest(mine, rarest, listed, found)
        if how_much >= ALIKE:
            groups.setdefault(first, {})[at] = how_much
            continue
        for run in rarest:
            if len(listed[run]) < _LISTED:
                listed[run].append(at)
    return [
        Group(first, tuple(others), min(others.values()))
        for first, others in sorted(groups.items())
    ]


def _rarest(mine: frozenset[str], common: Counter[str]) -> list[str]:
    """Choose so many runs that whoever is alike cannot lack all of them."""
    enough = len(mine) - ceil(ALIKE * len(mine)) + 1
    return sorted(mine, key=lambda run: (common[run], run))[:enough]


def _nearest(
    mine: frozenset[str],
    rarest: Sequence[str],
    listed: dict[str, list[int]],
    found: Sequence[frozenset[str]],
) -> tuple[int, Fraction]:
    shared = Counter(first for run in rarest for first in listed.get(run, ()))
    tried = [
        (similarity(mine, found[first]), -first)
        for first, _ in shared.most_common(_TRIED)
    ]
    most, first = max(tried, default=(Fraction(0), 0))
    return -first, most
