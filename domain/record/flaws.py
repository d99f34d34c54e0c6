"""What may be wrong with a record, and at which place."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from domain.record.entries import Entry

# What cannot be checked is said, and is no fault: a word that is erased, and what
# stood before traces were kept.
NOTED = frozenset({"erased", "not_counted_again", "unknown_notices", "unknown_states"})


@dataclass(frozen=True)
class Flaw:
    """What is wrong, with which act if with one, and with what beside the acts."""

    code: str
    seq: int | None = None
    what: str | None = None


class Check(Protocol):
    """One thing that is checked, entry by entry and once more at the end."""

    def take(self, entry: Entry) -> Iterator[Flaw]:
        """Look at the next entry."""

    def end(self) -> Iterator[Flaw]:
        """Say what is wrong with the whole."""
