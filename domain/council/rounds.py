"""What the rounds of a council's vote say of one line, the first one first."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Protocol, TypeVar

from domain.refusals import Refusal
from domain.rules.rulepack import Permission

MOST = 2  # rounds on one line; whoever is tied after that goes to the chair
# Lines of one round, and so marks of one sheet: what a member can go through at one
# sitting. It bounds what is sealed, opened, published and read in one piece, however
# many lines a session has (ADR 0024).
LINES = 300


class Counted(Protocol):
    """A round that was counted; its figures are None where they are masked."""

    @property
    def carried(self) -> bool | None:
        """Whether enough agreed."""

    @property
    def yes(self) -> int | None:
        """How many agreed."""

    @property
    def electors(self) -> int:
        """Of how many."""


@dataclass(frozen=True)
class RoundCount:
    """What one round found of a line, as it was counted or as a what-if supposes it.

    *yes* of *electors*, the members who could vote; None where it is masked.
    """

    carried: bool | None
    yes: int | None
    electors: int


Round = TypeVar("Round", bound=Counted)
Line = TypeVar("Line")


def in_parts(
    lines: Iterable[Line], most: int, *alike: Callable[[Line], Hashable]
) -> list[list[Line]]:
    """Part the lines of a vote into rounds of at most *most*, in their order.

    What is *alike*, by the first or else by the next, stays on one sheet where it
    fits there. Without lines there is one round all the same, which is about nothing.
    """
    parts: list[list[Line]] = [[]]
    for group in _pieces(list(lines), most, alike):
        if parts[-1] and len(parts[-1]) + len(group) > most:
            parts.append([])
        parts[-1] += group
    return parts


def _pieces(
    lines: list[Line], most: int, alike: Sequence[Callable[[Line], Hashable]]
) -> Iterable[list[Line]]:
    """Give what is to stay together: in pieces where that is more than *most*."""
    if len(lines) <= most:
        yield lines
    elif alike:
        for _, group in groupby(lines, alike[0]):
            yield from _pieces(list(group), most, alike[1:])
    else:
        yield from (lines[at : at + most] for at in range(0, len(lines), most))


def deciding(rounds: Sequence[Round]) -> Round:
    """Give the round by which a line stands: the first that carried it, or the last.

    What a round has carried no later one takes back: voted on again, a line is only
    put in order among those that it ties with (E6).
    """
    return next((each for each in rounds if each.carried), rounds[-1])


def tie_break(rounds: Sequence[Round]) -> Round | None:
    """Give the round that only put a line in order, if one was held."""
    carried = [place for place, each in enumerate(rounds) if each.carried]
    return rounds[-1] if carried and carried[0] + 1 < len(rounds) else None


def share(counted: Counted | None) -> Fraction | None:
    """Give the share of the whole that agreed; None where nobody may know it."""
    if counted is None or counted.yes is None:
        return None
    return Fraction(counted.yes, counted.electors or 1)


def may_order(rule: Permission, tied: Iterable[Sequence[Counted]]) -> bool:
    """Say whether all who tie can be voted on once more, before the chair is asked."""
    return rule.allowed and all(len(rounds) < MOST for rounds in tied)


def why_no_second(
    rule: Permission, what: str, rounds: Sequence[Counted], *, open_vote: bool
) -> Refusal | None:
    """Refuse another round on a line that ties with nobody (E2).

    A line voted on by hands (*open_vote*) has none, and no line has a third.
    """
    if not rule.allowed:
        return rule.refusal("Quy chế không cho bỏ phiếu vòng hai.")
    if open_vote:
        return rule.refusal(f"{what} biểu quyết công khai, không có vòng hai.")
    if deciding(rounds).carried:
        return rule.refusal(f"{what} đã đạt, không bỏ phiếu lại.")
    if len(rounds) >= MOST:
        return rule.refusal(f"{what} đã bỏ phiếu vòng hai.")
    return None
