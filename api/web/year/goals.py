"""A plan's targets as rings: how far each is, of whom, and where the law stops it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from api.campaigns.targets import LedgerOut, MeasuredTargetOut
from api.web.words import gettext
from api.web.year.drawing import Ring, ring
from domain.council.thresholds import percent
from domain.reports.targets import Progress
from intake.plans import Plan, PlannedTarget
from papers.terms import DENOMINATORS

# Of whom a share is taken, in words.
STAGES: Mapping[Progress, str] = {
    Progress.REGISTERED: gettext("Đăng ký"),
    Progress.NOMINATED: gettext("Đề nghị"),
    Progress.ELIGIBLE: gettext("Đủ điều kiện"),
    Progress.PASSED: gettext("Hội đồng thông qua"),
    Progress.AWARDED: gettext("Được tặng"),
}


@dataclass(frozen=True)
class Goal:
    """A target: how many reached it, how many need to, and at which stage how many.

    *also* is the same against the other whole; *cap* is what the law allows, in words.
    """

    title: str
    text: str
    reached: int
    of: int
    whole: str
    needed: int
    met: bool
    note: str | None
    cap: str | None
    also: str | None
    stages: Sequence[int]
    ring: Ring


def goals(
    plan: Plan,
    names: Mapping[str, str],
    measured: Sequence[MeasuredTargetOut],
    ledger: LedgerOut | None,
) -> list[Goal]:
    """Draw each target of a plan as it is *measured*; by stages with a *ledger*."""
    by_title: dict[str, list[MeasuredTargetOut]] = {}
    for each in measured:
        by_title.setdefault(each.title, []).append(each)
    return [
        _goal(aim, names, by_title[aim.title], _stages(ledger, aim.title))
        for aim in plan.targets
        if aim.title in by_title
    ]


def _stages(ledger: LedgerOut | None, title: str) -> list[int]:
    if ledger is None:
        return []
    return [
        next(each.reached for each in ledger.stages[stage] if each.title == title)
        for stage in STAGES
    ]


def _goal(
    aim: PlannedTarget,
    names: Mapping[str, str],
    found: Sequence[MeasuredTargetOut],
    stages: Sequence[int],
) -> Goal:
    first, *others = found
    # What was only aimed for is no progress yet.
    underway = max(stages[1:], default=first.reached)
    return Goal(
        names.get(aim.title, aim.title),
        aim.text,
        first.reached,
        first.of,
        DENOMINATORS[first.denominator],
        first.needed,
        first.met,
        first.note,
        percent(aim.legal_cap) if aim.legal_cap is not None else None,
        _also(others),
        stages,
        ring(first.reached, underway, first.needed, first.of, _cap(aim)),
    )


def _cap(aim: PlannedTarget) -> Fraction | None:
    return aim.legal_cap


def _also(others: Iterable[MeasuredTargetOut]) -> str | None:
    said = (f"{x.reached}/{x.of} {DENOMINATORS[x.denominator]}" for x in others)
    return "; ".join(said) or None
