"""What a vote would come to, by the rules and the quota, if lines passed or failed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Literal
from uuid import UUID

from sqlmodel import Session, col, select

from domain.council.quota import Ranking
from domain.refusals import refuse
from domain.reports.targets import TargetResult
from domain.rules.eligibility import Stage, Verdict
from domain.states import LineState
from store.findings.judging import in_order, judge_lines, standing_in, titles_of
from store.findings.ranking import rank_supposed
from store.findings.targets import yardstick
from store.tables import Nomination, Phase

# What the council has not said its last word on.
_WAITING = (
    LineState.NOMINATED,
    LineState.ELIGIBLE,
    LineState.ON_BALLOT,
    LineState.DEFERRED,
    LineState.RETURNED_TO_COUNCIL,
)


class Fate(StrEnum):
    """What would become of a line."""

    PASSES = "passes"
    FAILS = "fails"
    DOWNGRADED = "downgraded"
    TIED = "tied"


@dataclass(frozen=True)
class Supposed:
    """Lines that are supposed to pass or to fail, and what all the others do.

    None passes against the rules. Of more than a quota has room for, those named as
    passing go first.
    """

    passing: frozenset[UUID] = frozenset()
    failing: frozenset[UUID] = frozenset()
    others: Literal["pass", "fail"] = "pass"

    def carries(self, line: UUID) -> bool:
        """Say whether a line is supposed to get its votes."""
        if line in self.failing:
            return False
        return line in self.passing or self.others == "pass"


@dataclass(frozen=True)
class Course:
    """What would become of each line and why, and how far each target would be."""

    lines: tuple[tuple[Nomination, Fate, str | None], ...]
    targets: list[TargetResult]


def suppose(session: Session, phase: Phase, supposed: Supposed) -> Course:
    """Follow a vote in the order of dependence, and measure what it would leave.

    Where a tie for the last seats is left, so many count, whoever they are; what rests
    on one of the tied is judged as if it had failed.
    """
    by = yardstick(session, phase)
    waiting = in_order(by.pack, _waiting(session, phase))
    _require_waiting(supposed, waiting)
    standing, seats = standing_in(session, phase), Counter[str]()
    found: list[tuple[Nomination, Fate, str | None]] = []
    for title, of_title in groupby(waiting, lambda line: line.title):
        lines, titles = list(of_title), titles_of(standing)
        verdicts = judge_lines(by.pack, by.roll, lines, titles, Stage.BALLOT)
        able = [x for x in lines if supposed.carries(x.id) and verdicts[x.id].eligible]
        ranking = rank_supposed(
            session, by.pack, by.roll, able, standing, supposed.passing
        )
        fates, seats[title] = _fates(ranking), ranking.seats
        for line in lines:
            fate = fates.get(str(line.id), Fate.FAILS)
            found.append((line, fate, _why(fate, verdicts[line.id])))
        standing += [x for x in able if fates[str(x.id)] is Fate.PASSES]
    ours = Counter(x.title for x in standing if x.campaign == phase.campaign)
    return Course(tuple(found), by.measure(ours + seats))


def _waiting(session: Session, phase: Phase) -> list[Nomination]:
    query = select(Nomination).where(
        Nomination.phase == phase.id, col(Nomination.state).in_(_WAITING)
    )
    return list(session.exec(query))


def _require_waiting(supposed: Supposed, waiting: Sequence[Nomination]) -> None:
    if twice := supposed.passing & supposed.failing:
        named = ", ".join(sorted(map(str, twice)))
        raise refuse("both_ways", f"Giả định vừa đạt vừa không đạt: {named}.")
    strange = (supposed.passing | supposed.failing) - {line.id for line in waiting}
    if strange:
        raise refuse(
            "not_waiting",
            "Chỉ giả định được với đề nghị của giai đoạn còn chờ Hội đồng; không phải: "
            f"{', '.join(sorted(map(str, strange)))}.",
        )


def _fates(ranking: Ranking) -> dict[str, Fate]:
    return {
        **dict.fromkeys(ranking.within, Fate.PASSES),
        **dict.fromkeys(ranking.tied, Fate.TIED),
        **dict.fromkeys(ranking.beyond, Fate.DOWNGRADED),
    }


def _why(fate: Fate, verdict: Verdict) -> str | None:
    match fate:
        case Fate.PASSES:
            return None
        case Fate.DOWNGRADED:
            return "Xếp sau số được tặng nhiều nhất theo quy định."
        case Fate.TIED:
            return "Xếp ngang nhau ở những chỗ cuối; bỏ phiếu rồi mới biết."
        case Fate.FAILS:
            said = " ".join(refusal.detail for refusal in verdict.refusals)
            return said or "Giả định không đạt."
