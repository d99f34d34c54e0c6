"""The plan's targets, measured from the rows: how far each is, at which stage."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlmodel import Session, col, func, select

from domain.council.quota import cap
from domain.grouping import grouped
from domain.refusals import Refusal
from domain.reports.targets import (
    Denominator,
    Progress,
    Target,
    TargetResult,
    come_to,
    measure,
)
from domain.rules.eligibility import kept_out
from domain.rules.rulepack import RulePack
from domain.states import RegistrationState
from store.database import count_by
from store.findings.kept import Kept, kept
from store.findings.roll import Roll, call_the_roll
from store.knowing.lines import everybodys
from store.plans import pack_of, plan_of
from store.tables import Nomination, Phase, Registration


@dataclass(frozen=True)
class Yardstick:
    """What targets are measured by: the plan's aims, a phase's rules and its people.

    *left_out* names, by the rule that keeps them out, who does not take part and why.
    """

    aims: tuple[Target, ...]
    pack: RulePack
    roll: Roll
    left_out: Mapping[str, Sequence[tuple[str, Refusal]]]

    @cached_property
    def heads(self) -> dict[Denominator, int]:
        """Count the departments, participants and people that shares are taken of."""
        out = {person for those in self.left_out.values() for person, _ in those}
        return {
            Denominator.DEPARTMENTS: len(self.roll.members),
            Denominator.PARTICIPANTS: self.roll.headcount() - len(out),
            Denominator.HEADCOUNT: self.roll.headcount(),
        }

    def measure(self, reached: Mapping[str, int]) -> list[TargetResult]:
        """Measure every target, when so many have *reached* each title."""
        return [
            result
            for aim in self.aims
            for result in measure(
                aim,
                reached.get(aim.title, 0),
                self.heads,
                self._cap(aim.title, reached),
                self._because(aim.title),
            )
        ]

    def _cap(self, title: str, reached: Mapping[str, int]) -> int | None:
        """Find what a quota allows; it says nothing yet while its base is empty."""
        quota = self.pack.title(title).quota
        base = reached.get(quota.base, 0) if quota and quota.base else 0
        return cap(self.pack, title, base) if base else None

    def _because(self, title: str) -> str:
        quota = self.pack.title(title).quota
        return f"{quota.text_vi} ({quota.source})" if quota else ""


Stages = Mapping[Progress, Mapping[str, int]]  # by title


def yardstick(session: Session, phase: Phase) -> Yardstick:
    """Read what the targets of a phase's campaign are measured by, at its end."""

    def read() -> Yardstick:
        aims = plan_of(session, phase.campaign).targets
        pack, roll = pack_of(session, phase), call_the_roll(session, phase)
        return Yardstick(
            tuple(aim.aim() for aim in aims), pack, roll, _left_out(pack, roll)
        )

    return kept(session, Kept.YARDSTICK, phase.id, read, _people)


def _left_out(pack: RulePack, roll: Roll) -> dict[str, list[tuple[str, Refusal]]]:
    found = grouped(
        (refusal.rule or "", (person, refusal))
        for members in roll.members.values()
        for person in members
        for refusal in kept_out(pack, roll.person(pack, person, {}))
    )
    return dict(sorted(found.items()))


def _people(by: Yardstick) -> int:
    return len(by.roll.hearing.posts)


def targets(session: Session, phase: Phase, awarded: Mapping[str, int]) -> list[Any]:
    """Measure the plan's targets against each denominator that may be asked about."""
    return [said(result) for result in yardstick(session, phase).measure(awarded)]


def stages(session: Session, campaign: str, *, whole: bool) -> Stages:
    """Count by title how many have come to each stage, or beyond it.

    Unless the *whole* is for the reader, of lines that everybody may read.
    """
    where = () if whole else (everybodys(),)
    return kept(
        session,
        Kept.STAGES,
        (campaign, whole),
        lambda: _counts(session, campaign, where),
    )


def _counts(session: Session, campaign: str, where: Iterable[Any]) -> Stages:
    counts: dict[Progress, Counter[str]] = {stage: Counter() for stage in Progress}
    counts[Progress.REGISTERED] = count_by(
        session,
        Registration.title,
        Registration.campaign == campaign,
        Registration.state != RegistrationState.WITHDRAWN,
    )
    kinds = (col(Nomination.title), col(Nomination.state), col(Nomination.held_from))
    lines = select(*kinds, func.count()).where(Nomination.campaign == campaign, *where)
    for title, state, held_from, count in session.exec(lines.group_by(*kinds)):
        for stage in come_to(state, held_from):
            counts[stage][title] += count
    return counts


def said(result: TargetResult) -> dict[str, Any]:
    """Write a result as JSON values."""
    return {
        "title": result.target.title,
        "ratio": str(result.target.ratio),
        "denominator": result.denominator_kind,
        "of": result.denominator,
        "needed": result.needed,
        "reached": result.reached,
        "share": None if result.ratio is None else str(result.ratio),
        "met": result.met,
        **({"note": result.note} if result.note else {}),
    }
