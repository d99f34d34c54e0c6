"""A paper that was signed outside, held against what the record says of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.names import as_read, clean


class PaperOutcome(StrEnum):
    """What becomes of differences: the paper is wrong, or the record was mended."""

    PAPER_WRONG = "paper_wrong"
    RECORD_MENDED = "record_mended"


# How many were for a line, against it, and gave a blank sheet.
Figures = tuple[int, int, int]
Stated = str | int | date | Figures | None
# What a paper states, or the record: each fact by its name, and of which line where
# there is one of each. None where nothing is said of it.
Facts = Mapping[tuple[str, UUID | None], Stated]


@dataclass(frozen=True)
class Difference:
    """One fact that the paper states otherwise than the record; *about* is a line."""

    fact: str
    on_paper: Stated
    on_record: Stated
    about: str = ""


def differences(
    paper: Facts, record: Facts, names: Mapping[UUID, str]
) -> Iterator[Difference]:
    """Find what a paper states otherwise; what it does not state is no difference."""
    for (fact, line), said in paper.items():
        known = record.get((fact, line))
        if said is not None and _plain(said) != _plain(known):
            yield Difference(fact, said, known, names[line] if line else "")


def _plain(fact: object) -> object:
    """Compare a name as it is read, however its letters and tones were typed."""
    if not isinstance(fact, str):
        return fact
    return " ".join(map(as_read, clean(fact).split()))
