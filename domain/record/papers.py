"""A paper that was signed outside, held against what the record says of it."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from domain.names import as_read, clean


class PaperOutcome(StrEnum):
    """What becomes of differences: the paper is wrong, or the record was mended."""

    PAPER_WRONG = "paper_wrong"
    RECORD_MENDED = "record_mended"


@dataclass(frozen=True)
class SignedFacts:
    """What a signed decision states: its number, its day, who signed, how many awards.

    None where the paper, or the record, says nothing of it.
    """

    number: int | None
    number_year: int | None
    series: str | None
    signed_on: date | None
    signed_by: str | None
    awarded: int | None


@dataclass(frozen=True)
class Difference:
    """One fact that the paper states otherwise than the record."""

    fact: str
    on_paper: str | int | date
    on_record: str | int | date | None


def differences(paper: SignedFacts, record: SignedFacts) -> Iterator[Difference]:
    """Find what a paper states otherwise; what it does not state is no difference."""
    for each in fields(SignedFacts):
        said, known = getattr(paper, each.name), getattr(record, each.name)
        if said is not None and _plain(said) != _plain(known):
            yield Difference(each.name, said, known)


def _plain(fact: object) -> object:
    """Compare a name as it is read, however its letters and tones were typed."""
    if not isinstance(fact, str):
        return fact
    return " ".join(map(as_read, clean(fact).split()))
