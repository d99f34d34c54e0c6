"""One line of a draft is changed while others may change the rest.

A page carries a mark of its line as it was read. What somebody else did to other lines
is no reason to stop; what they did to this one is told, and nothing typed is lost.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from api.campaigns.drafts import DraftedLine, DraftedList
from domain.record import digest_of

GONE = "gone"


@dataclass
class ChangedMeanwhile(Exception):
    """Somebody else has changed, added or removed this very line: *theirs* is there."""

    theirs: DraftedLine | None

    @property
    def mark(self) -> str:
        """Say of what whoever writes over it must know."""
        return mark_of(self.theirs) if self.theirs else GONE


def key_of(line: DraftedLine) -> str:
    """Say which line of a list it is."""
    return f"{line.subject}/{line.title}"


def mark_of(line: DraftedLine) -> str:
    """Say which line it is, and as it reads."""
    return f"{key_of(line)}/{digest_of(line.model_dump(mode='json'))[:16]}"


def named(lines: Sequence[DraftedLine], key: str) -> DraftedLine | None:
    """Find the line of a key, or of a mark."""
    wanted = "/".join(key.split("/")[:2])
    return next((each for each in lines if key_of(each) == wanted), None)


def with_line(
    content: DraftedList, mark: str, line: DraftedLine, over: str = ""
) -> DraftedList:
    """Write a line in the place of the one that was *mark*-ed, or behind all.

    *over* is the mark of what somebody else did meanwhile and may be written over.
    Raises ChangedMeanwhile, ValidationError.
    """
    lines = [*content.lines]
    if line in lines:
        return content
    there = named(lines, mark) if mark else None
    if mark and there is None and over != GONE:
        raise ChangedMeanwhile(None)
    beside = named(lines, key_of(line))
    for other in (there, beside):
        if other is not None and mark_of(other) not in (mark, over):
            raise ChangedMeanwhile(other)
    if there is None:
        there = beside
    elif beside is not there and beside is not None:
        lines.remove(beside)
    if there is None:
        return DraftedList(lines=(*lines, line))
    return DraftedList(lines=tuple(line if x is there else x for x in lines))


def without_line(content: DraftedList, mark: str) -> DraftedList:
    """Take a line out that was marked; one that is gone already is gone.

    Raises ChangedMeanwhile.
    """
    there = named(content.lines, mark)
    if there is not None and mark_of(there) != mark:
        raise ChangedMeanwhile(there)
    return DraftedList(lines=tuple(x for x in content.lines if x is not there))
