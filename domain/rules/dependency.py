"""Which titles rest on which, and so in what order they are judged and voted on."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from domain.rules.criteria import (
    COMPLETED,
    ConsecutiveYears,
    Criterion,
    HoldsTitle,
    MemberCount,
    MemberShare,
)
from domain.rules.rulepack import RulePack
from domain.rules.titles import Title

Line = TypeVar("Line")


def in_dependency_order(
    pack: RulePack, lines: Iterable[Line], title_of: Callable[[Line], str]
) -> list[Line]:
    """Sort lines so that none comes before what it rests on.

    Lines of one title keep their order; titles that rest on nothing come last.
    """
    order = pack.dependency_order

    def place(line: Line) -> int:
        code = title_of(line)
        return order.index(code) if code in order else len(order)

    return sorted(lines, key=place)


def dependants(pack: RulePack, title_code: str) -> tuple[str, ...]:
    """List the titles to judge again when an award of this one falls away.

    In dependency order, through any number of steps.
    """
    found: set[str] = set()
    reach = {pack.title(title_code).code}
    while reach:
        reach = {t.code for t in pack.titles if rests_on(t) & reach} - found
        found |= reach
    return tuple(in_dependency_order(pack, sorted(found), str))


def rests_on(title: Title) -> frozenset[str]:
    """Give the titles that a title's criteria and quota count or ask for."""
    asked = {code for each in title.criteria if (code := asked_by(each))}
    base = {title.quota.base} if title.quota and title.quota.base else set()
    return frozenset(asked | base)


def asked_by(criterion: Criterion) -> str | None:
    """Give the title that a criterion asks for or counts, if any."""
    if isinstance(criterion, HoldsTitle | ConsecutiveYears):
        return criterion.title
    if isinstance(criterion, MemberShare | MemberCount) and criterion.of != COMPLETED:
        return criterion.of
    return None
