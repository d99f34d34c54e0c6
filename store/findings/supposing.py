"""What a vote would come to, by the rules and the quota, if lines passed or failed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlmodel import Session, col, select

from domain.council.course import Course, Fate, course_of
from domain.council.rounds import RoundCount
from domain.refusals import Refusal
from domain.reports.targets import TargetResult
from intake.office.contradictions import both_ways, not_waiting
from store.findings.judging import WAITING, in_order, judge_of, standing_in, titles_of
from store.findings.kept import Kept, kept
from store.findings.ranking import contenders
from store.findings.targets import yardstick
from store.tables import Nomination, Phase


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

    def rounds(self, lines: Iterable[Nomination]) -> dict[UUID, list[RoundCount]]:
        """Make up a round, in which nothing is known but who goes first."""
        return {
            x.id: [RoundCount(self.carries(x.id), int(x.id in self.passing), 1)]
            for x in lines
        }


@dataclass(frozen=True)
class LineFate:
    """What would become of a line, and what the rules say against it."""

    line: UUID
    department: str
    subject: str
    title: str
    fate: Fate
    against: tuple[Refusal, ...]


@dataclass(frozen=True)
class SupposedCourse:
    """What would become of each line, as the rules say, and how far each target is."""

    lines: tuple[LineFate, ...]
    targets: list[TargetResult]


def suppose(session: Session, phase: Phase, supposed: Supposed) -> SupposedCourse:
    """Follow a vote as a council concludes it, and measure what it would leave.

    Where a tie for the last seats is left, so many count, whoever they are; what rests
    on those who tie counts in no target.
    """
    return kept(
        session,
        Kept.COURSE,
        (phase.id, supposed),
        lambda: _followed(session, phase, supposed),
        lambda course: len(course.lines),
    )


def _followed(session: Session, phase: Phase, supposed: Supposed) -> SupposedCourse:
    by = yardstick(session, phase)
    waiting = in_order(by.pack, _waiting(session, phase))
    _require_waiting(supposed, waiting)
    standing = standing_in(session, phase)
    course = course_of(
        by.pack,
        contenders(session, by.roll, waiting, supposed.rounds(waiting)),
        titles_of(standing),
        judge_of(by.pack, by.roll, waiting),
    )
    elsewhere = Counter(x.title for x in standing if x.campaign != phase.campaign)
    lines = tuple(_fate(line, course) for line in waiting)
    return SupposedCourse(lines, by.measure(course.granted - elsewhere))


def _fate(line: Nomination, course: Course) -> LineFate:
    key = str(line.id)
    return LineFate(
        line=line.id,
        department=line.department,
        subject=line.subject,
        title=line.title,
        fate=course.fates[key],
        against=course.verdicts[key].refusals,
    )


def _waiting(session: Session, phase: Phase) -> list[Nomination]:
    query = select(Nomination).where(
        Nomination.phase == phase.id, col(Nomination.state).in_(WAITING)
    )
    return list(session.exec(query))


def _require_waiting(supposed: Supposed, waiting: Sequence[Nomination]) -> None:
    if twice := supposed.passing & supposed.failing:
        raise both_ways(twice)
    if strange := (supposed.passing | supposed.failing) - {x.id for x in waiting}:
        raise not_waiting(strange)
