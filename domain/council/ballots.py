"""The secret ballot: what a sheet says, and what an opened box comes to."""

from collections import Counter
from collections.abc import Collection, Iterable, MutableSequence, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from domain.refusals import refuse

# Letters and digits that nobody takes for one another, as in Crockford's base 32.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUP = "[0-9A-HJKMNP-TV-Z]{4}"
CODE = rf"{_GROUP}(-{_GROUP}){{3}}"


class Chance(Protocol):
    """Where chance comes from: handed in, since a rule makes none of its own."""

    def choices(self, population: str, /, *, k: int) -> list[str]:
        """Draw *k* of a population, each anew."""

    def shuffle(self, x: MutableSequence[Any], /) -> None:
        """Put a list into an order of chance."""


class Choice(StrEnum):
    """What a member says of one line.

    The codes are of one length, or the size of a request would tell a choice.
    """

    YES = "yes"
    NO = "nay"
    BLANK = "nil"


class Method(StrEnum):
    """How a line is voted on: by hands, by sealed sheets, or on paper in the room."""

    HANDS = "hands"
    SHEETS = "sheets"
    PAPER = "paper"


@dataclass(frozen=True)
class Mark:
    """A member's choice on one line, under a code that only the member knows."""

    line: str
    choice: Choice
    code: str


@dataclass(frozen=True)
class CodedChoice:
    """What the board says of one ballot: a code and a choice, and nobody's name."""

    code: str
    choice: Choice


@dataclass(frozen=True)
class Tally:
    """How many said what of a line."""

    yes: int
    no: int
    blank: int

    @property
    def total(self) -> int:
        """How many said anything."""
        return self.yes + self.no + self.blank


def new_code(chance: Chance) -> str:
    """Make a code as a member's device does, from 80 bits of chance."""
    groups = ("".join(chance.choices(_LETTERS, k=4)) for _ in range(4))
    return "-".join(groups)


def require_own_codes(marks: Sequence[Mark]) -> None:
    """Refuse (`line_twice`, `code_twice`) a sheet that says something twice.

    One code on two lines would tell that one member cast both.
    """
    if len({mark.line for mark in marks}) < len(marks):
        raise refuse("line_twice", "Mỗi đề nghị chỉ ghi một lần trên phiếu.")
    if len({mark.code for mark in marks}) < len(marks):
        raise refuse("code_twice", "Mỗi đề nghị trên phiếu cần một mã riêng.")


def require_whole(marks: Sequence[Mark], lines: Collection[str]) -> None:
    """Refuse (`unknown_line`, `line_missing`) a sheet on other lines than *lines*."""
    marked = {mark.line for mark in marks}
    if strange := sorted(marked - set(lines)):
        raise refuse("unknown_line", f"Phiếu không có đề nghị: {', '.join(strange)}.")
    if missing := sorted(set(lines) - marked):
        raise refuse(
            "line_missing",
            f"Phiếu còn thiếu đề nghị: {', '.join(missing)}; "
            "không muốn chọn thì ghi phiếu trắng.",
        )


def unlinked(entries: Iterable[CodedChoice], chance: Chance) -> tuple[CodedChoice, ...]:
    """Put a line's entries in an order that says nothing of who cast them.

    A code that two members have used is numbered, in an order of chance: both votes
    count, and both members see that the code was not theirs alone.
    """
    shuffled = list(entries)
    chance.shuffle(shuffled)
    seen: Counter[str] = Counter()
    apart = []
    for entry in shuffled:
        seen[entry.code] += 1
        again = seen[entry.code]
        code = entry.code if again == 1 else f"{entry.code}/{again}"
        apart.append(CodedChoice(code, entry.choice))
    return tuple(sorted(apart, key=lambda entry: entry.code))


def tally(entries: Iterable[CodedChoice]) -> Tally:
    """Count a line's entries."""
    counted = Counter(entry.choice for entry in entries)
    return Tally(counted[Choice.YES], counted[Choice.NO], counted[Choice.BLANK])


def is_masked(ballots: int, most: int) -> bool:
    """Say whether a line with so few *ballots* is told as carried or not, only.

    Where few voted, unanimity says how each of them did. All lines with few ballots
    are masked and not the unanimous ones alone, or the mask would say it too.
    """
    return 0 < ballots <= most
