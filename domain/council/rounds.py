"""What the rounds of a council's vote say of one line, the first one first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol, TypeVar

from domain.refusals import Refusal
from domain.rules.rulepack import Permission

MOST = 2  # rounds on one line; whoever is tied after that goes to the chair


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
