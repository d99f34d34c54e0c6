"""The one policy table: who may read what, and who may write what is no act.

Who may do an act stands in the table of acts, beside it. What is not declared in
either has no route, and whoever is not named may not.
"""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from domain.acts import ACTS, Undeclared
from domain.acts.declaring import ActRule
from domain.policy.declaring import Access, Edit, Reading
from domain.policy.edits import EVERY_EDIT
from domain.policy.readings import EVERY_READING

Declared = TypeVar("Declared", bound=Access)


def _by_name(ways: Iterable[Declared]) -> Mapping[str, Declared]:
    return {way.name: way for way in ways}


READINGS: Mapping[str, Reading] = _by_name(EVERY_READING)
EDITS: Mapping[str, Edit] = _by_name(EVERY_EDIT)


def rule_of(name: str) -> Access | ActRule:
    """Find what is declared under a name: a reading, an edit or an act.

    Raises Undeclared for a name that is in neither table.
    """
    for table in (READINGS, EDITS, ACTS):
        if name in table:
            return table[name]
    raise Undeclared(f"nothing is declared under the name {name}")


if (
    _TWICE := READINGS.keys() & EDITS.keys()
    | (READINGS.keys() | EDITS.keys()) & ACTS.keys()
):
    raise Undeclared(f"declared twice: {sorted(_TWICE)}")
