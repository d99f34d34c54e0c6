"""Whether the plan's targets are reached, and of whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil

from domain.council.thresholds import percent
from domain.states import AWARDED_LINES, LineState


class Denominator(StrEnum):
    """Of whom a share is taken."""

    DEPARTMENTS = "departments"
    PARTICIPANTS = "participants"
    HEADCOUNT = "headcount"


class Progress(StrEnum):
    """How far a subject has come on the way to a title."""

    REGISTERED = "registered"
    NOMINATED = "nominated"
    ELIGIBLE = "eligible"
    PASSED = "passed"
    AWARDED = "awarded"


_S = LineState
_OF_LINES = tuple(Progress)[1:]
_COME_TO: Mapping[LineState, Progress] = {
    _S.NOMINATED: Progress.NOMINATED,
    _S.ELIGIBLE: Progress.ELIGIBLE,
    _S.ON_BALLOT: Progress.ELIGIBLE,
    _S.DEFERRED: Progress.ELIGIBLE,
    _S.RETURNED_TO_COUNCIL: Progress.ELIGIBLE,
    _S.COUNCIL_PASSED: Progress.PASSED,
    _S.DIRECTOR_APPROVED: Progress.PASSED,
    _S.FORWARDED_UPWARD: Progress.PASSED,
    _S.SUPERIOR_RETURNED: Progress.PASSED,
    **dict.fromkeys(AWARDED_LINES, Progress.AWARDED),
}


def come_to(
    state: LineState, held_from: LineState | None = None
) -> tuple[Progress, ...]:
    """List the stages that a line has come through; none for one that is over.

    One that is held stands where it was held.
    """
    reached = _COME_TO.get(held_from or state)
    return _OF_LINES[: _OF_LINES.index(reached) + 1] if reached else ()


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
    """A target against one denominator; *ratio* is None when there is nobody.

    *note* says where a quota stops a target that asks for more.
    """

    target: Target
    denominator: int
    denominator_kind: Denominator
    needed: int
    reached: int
    ratio: Fraction | None
    met: bool
    note: str | None = None

    @property
    def missing(self) -> int:
        """Give how many are still wanting."""
        return max(self.needed - self.reached, 0)


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
    because: str = "",
) -> tuple[TargetResult, ...]:
    """Measure a target, first against its own denominator, then against the other.

    The first result decides. *cap* is the quota's (see `quota.cap`): a capped
    target is met by awarding exactly that many when the ratio asks for more, for
    15 % of 32 people is 5 and the law allows 4. *because* is what the quota says.
    """
    kinds = [target.denominator, _SHOWN.get(target.denominator)]
    return tuple(
        _against(target, reached, kind, heads[kind], cap, because)
        for kind in kinds
        if kind is not None and kind in heads
    )


def _against(
    target: Target,
    reached: int,
    kind: Denominator,
    whole: int,
    cap: int | None,
    because: str,
) -> TargetResult:
    needed, note = ceil(target.ratio * whole), None
    if cap is not None and cap < needed:
        note = _stopped(cap, whole, because)
        needed = cap if target.legal_cap else needed
    ratio = Fraction(reached, whole) if whole else None
    met = whole > 0 and reached >= needed
    return TargetResult(target, whole, kind, needed, reached, ratio, met, note)


def _stopped(cap: int, whole: int, because: str) -> str:
    share = percent(Fraction(cap, whole))
    of = (
        f"{cap}/{whole}"
        if share == str(Fraction(cap, whole))
        else f"{cap}/{whole} ({share})"
    )
    said = f"Quy định chỉ cho tặng đến mức tối đa {of}"
    return f"{said}: {because}." if because else f"{said}."
