"""Which column of a department's own list holds what: known, or guessed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.names import search_key
from intake.sheets.columns import ListColumn


def plain(heading: str) -> str:
    """Write a heading so that those that read alike are one."""
    return re.sub(r"[\W_]+", " ", search_key(heading)).strip()


def guess(
    headings: Sequence[str],
    known: Mapping[str, ListColumn],
    remembered: Mapping[str, str],
) -> dict[str, int]:
    """Say in which column each field is, as far as the headings tell.

    What was *remembered* of a heading goes before what it looks like.
    """
    read, found = [plain(each) for each in headings], dict[str, int]()
    for field, heading in _likely(known, remembered):
        free = (at for at in range(len(read)) if at not in found.values())
        at = next((at for at in free if heading(read[at])), None)
        if field not in found and at is not None:
            found[field] = at
    return found


def _likely(
    known: Mapping[str, ListColumn], remembered: Mapping[str, str]
) -> Iterator[tuple[str, "_Fits"]]:
    """Go through what a heading may be, what is surest first."""
    for heading, field in remembered.items():
        if field in known:
            yield field, _Fits(heading)
    for field, column in known.items():
        for heading in (plain(column.heading), *column.others):
            yield field, _Fits(heading)
    for field, column in known.items():
        for part in column.parts:
            yield field, _Fits(part, whole=False)


@dataclass(frozen=True)
class _Fits:
    """A heading that is looked for, or words that it has in it."""

    text: str
    whole: bool = True

    def __call__(self, heading: str) -> bool:
        return heading == self.text if self.whole else f" {self.text}" in f" {heading}"
