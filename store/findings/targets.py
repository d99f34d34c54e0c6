"""The plan's targets, measured from the rows: how far each is, at which stage."""

from collections import Counter
from collections.abc import Iterable, Mapping
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
from domain.states import AWARDED_LINES, RegistrationState
from store.findings.roll import Roll, call_the_roll
from store.plans import pack_of, plan_of
from store.tables import Nomination, Phase, Registration


@dataclass(frozen=True)
class Yardstick:
    """What targets are measured by: the plan's aims, a phase's rules and its people."""

    aims: tuple[Target, ...]
    pack: RulePack
    roll: Roll

    @cached_property
    def heads(self) -> dict[Denominator, int]:
        """Count the departments, participants and people that shares are taken of."""
        return {
            Denominator.DEPARTMENTS: len(self.roll.members),
            Denominator.PARTICIPANTS: len(self.roll.participants(self.pack)),
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


@dataclass(frozen=True)
class Ledger:
    """How far each target is at each stage, of whom, and who is not counted."""

    yardstick: Yardstick
    stages: Mapping[Progress, list[TargetResult]]

    @cached_property
    def left_out(self) -> dict[str, list[tuple[str, Refusal]]]:
        """Name, by the rule that keeps them out, who does not take part and why."""
        pack, roll = self.yardstick.pack, self.yardstick.roll
        found = grouped(
            (refusal.rule or "", (person, refusal))
            for members in roll.members.values()
            for person in members
            for refusal in kept_out(pack, roll.person(pack, person, {}))
        )
        return dict(sorted(found.items()))


def yardstick(session: Session, phase: Phase) -> Yardstick:
    """Read what the targets of a phase's campaign are measured by, at its end."""
    aims = plan_of(session, phase.campaign).targets
    return Yardstick(
        aims=tuple(aim.aim() for aim in aims),
        pack=pack_of(session, phase),
        roll=call_the_roll(session, phase),
    )


def targets(
    session: Session, phase: Phase, lines: Iterable[Nomination]
) -> list[dict[str, Any]]:
    """Measure the plan's targets against each denominator that may be asked about."""
    awarded = Counter(line.title for line in lines if line.state in AWARDED_LINES)
    return [said(result) for result in yardstick(session, phase).measure(awarded)]


def ledger(session: Session, phase: Phase) -> Ledger:
    """Measure the targets at each stage, by what is registered and how lines stand."""
    by = yardstick(session, phase)
    counts = _counts(session, phase.campaign)
    return Ledger(by, {stage: by.measure(counts[stage]) for stage in Progress})


def _counts(session: Session, campaign: str) -> dict[Progress, Counter[str]]:
    counts: dict[Progress, Counter[str]] = {stage: Counter() for stage in Progress}
    registered = select(Registration.title).where(
        Registration.campaign == campaign,
        Registration.state != RegistrationState.WITHDRAWN,
    )
    counts[Progress.REGISTERED].update(session.exec(registered))
    kinds = (col(Nomination.title), col(Nomination.state), col(Nomination.held_from))
    lines = select(*kinds, func.count()).where(Nomination.campaign == campaign)
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
