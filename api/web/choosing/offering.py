"""All that one form offers, in so many statements as it has kinds of choices."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from pkgutil import iter_modules

from api.web import choosing
from api.web.choosing.asked import FINDERS, Asked, Option
from domain.acts import Undeclared
from intake.acts.naming import Named

# Each module enters its own; none can be forgotten.
for _module in iter_modules(choosing.__path__, f"{choosing.__name__}."):
    if _module.name != __name__:
        import_module(_module.name)
if _LEFT := set(Named) - FINDERS.keys():
    raise Undeclared(f"what nobody can choose from: {sorted(_LEFT)}")

Offered = Mapping[Named, Sequence[Option]]


def offered(asked: Asked, kinds: Collection[Named]) -> Offered:
    """Find what there is of some kinds; of what the visitor may not read, nothing."""
    return {kind: [*_told_apart(_found(asked, kind))] for kind in kinds}


def _found(asked: Asked, kind: Named) -> list[Option]:
    reading, find = FINDERS[kind]
    return [*find(asked)] if asked.may(reading) else []


def _told_apart(choices: Sequence[Option]) -> Iterable[Option]:
    """Add the code to what several are called alike."""
    times = Counter(each.label for each in choices)
    for each in choices:
        alike = times[each.label] > 1
        yield replace(each, label=f"{each.label} ({each.code})") if alike else each
