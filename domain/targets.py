"""Whether the plan's targets are reached, and of whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil


class Denominator(StrEnum):
    """Of whom a share is taken."""

    DEPARTMENTS = "departments"
    PARTICIPANTS = "participants"
    HEADCOUNT = "headcount"


@dataclass(frozen=True)
class Target:
    """At least *ratio* of the *denominator* to get a title.

    Where the law caps the title (*legal_cap*), no more is asked than it allows.
    """

    title: str
    ratio: Fraction
    denominator: Denominator
    legal_cap: bool = False


@dataclass(frozen=True)
class TargetResult:
    """A target against one denominator; *ratio* is None when there is nobody."""

    target: Target
    denominator: int
    denominator_kind: Denominator
    needed: int
    reached: int
    ratio: Fraction | None
    met: bool


# A share of people is shown of the participants and of everybody on the roster.
_SHOWN = {
    Denominator.PARTICIPANTS: Denominator.HEADCOUNT,
    Denominator.HEADCOUNT: Denominator.PARTICIPANTS,
}


def measure(
    target: Target,
    reached: int,
    heads: Mapping[Denominator, int],
    cap: int | None = None,
) -> tuple[TargetResult, ...]:
    """Measure a target, first against its own denominator, then against the other.

    The first result decides. *cap* is the quota's (see `quota.cap`): a capped
    target is met by awarding exactly that many when the ratio asks for more, for
    15 % of 32 people is 5 and the law allows 4.
    """
    kinds = [target.denominator, _SHOWN.get(target.denominator)]
    return tuple(
        _against(target, reached, kind, heads[kind], cap)
        for kind in kinds
        if kind is not None and kind in heads
    )


def _against(
    target: Target, reached: int, kind: Denominator, whole: int, cap: int | None
) -> TargetResult:
    needed = ceil(target.ratio * whole)
    if target.legal_cap and cap is not None:
        needed = min(needed, cap)
    ratio = Fraction(reached, whole) if whole else None
    met = whole > 0 and reached >= needed
    return TargetResult(target, whole, kind, needed, reached, ratio, met)
