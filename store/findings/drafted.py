"""What a department is still writing, judged as if it had been sent."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol
from uuid import UUID, uuid4

from sqlmodel import Session

from domain.refusals import Refusal
from domain.rules.criteria import CommendationType
from domain.rules.eligibility import Verdict
from domain.rules.rulepack import RulePack
from domain.states import LineState
from intake.office.contradictions import (
    already_nominated,
    not_of_department,
    title_not_in_phase,
)
from store.findings.judging import appraise_lines, live_beside
from store.findings.roll import call_the_roll
from store.office.posts import of_department
from store.plans import pack_of, period_of
from store.tables import Campaign, Nomination, Phase, SubjectKind


class Drafted(Protocol):
    """A line that is not sent yet."""

    @property
    def kind(self) -> str: ...

    @property
    def subject(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def documents(self) -> Sequence[str]: ...


def judge_drafted(
    session: Session, phase: Phase, department: str, lines: Sequence[Drafted]
) -> list[Verdict]:
    """Say of each line what the rules, and other lists, have against it by now.

    Of who is not the department's the rules say nothing to it: that is for theirs.

    What the department has sent before counts no more: its list is sent whole.
    """
    pack = pack_of(session, phase)
    ours = _ours(session, pack, phase, department, lines)
    rows = [_row(session, phase, department, each) for each in lines]
    granted = {each.code for each in pack.titles}.intersection(phase.titles)
    fit = [row for row in rows if row.title in granted and row.subject in ours]
    judged = _by_rules(session, pack, phase, fit) if fit else {}
    return [_with(judged.get(row.id), [*_unfit(phase, row, ours)]) for row in rows]


def _by_rules(
    session: Session, pack: RulePack, phase: Phase, rows: Sequence[Nomination]
) -> dict[UUID, Verdict]:
    roll = call_the_roll(session, phase, rows)
    found = live_beside(session, phase.period_end.year, roll, rows)
    ours = (phase.id, rows[0].department)
    beside = [row for row in found if not _replaced(row, ours)]
    taken = {(row.subject, row.title, row.period) for row in beside}
    verdicts = appraise_lines(pack, roll, rows, beside, ())
    for row in rows:
        if (row.subject, row.title, row.period) in taken:
            again = already_nominated([(row.subject, row.title)])
            verdicts[row.id] = _with(verdicts[row.id], [again])
    return verdicts


def _with(judged: Verdict | None, more: Sequence[Refusal]) -> Verdict:
    found = judged or Verdict()
    return replace(found, refusals=(*more, *found.refusals))


def _ours(
    session: Session,
    pack: RulePack,
    phase: Phase,
    department: str,
    lines: Sequence[Drafted],
) -> frozenset[str]:
    people = {x.subject for x in lines if x.kind == SubjectKind.INDIVIDUAL}
    leavers, day = pack.policies.consider_leavers, phase.period_end
    found = of_department(session, department, people, day, leavers=leavers)
    return found | {department}


def _unfit(phase: Phase, row: Nomination, ours: frozenset[str]) -> Iterator[Refusal]:
    """Say what is against a line whatever the rules think of its subject."""
    if row.subject not in ours:
        yield not_of_department([row.subject], phase.period_end, row.department)
    if row.title not in phase.titles:
        yield title_not_in_phase(phase.name, [row.title], phase.titles)


def _replaced(row: Nomination, ours: tuple[str, str]) -> bool:
    of_list = row.commendation_type is not CommendationType.AD_HOC
    return of_list and (row.phase, row.department) == ours


def _row(session: Session, phase: Phase, department: str, line: Drafted) -> Nomination:
    """Make the row that a line would have; it is stored nowhere."""
    return Nomination(
        id=uuid4(),
        campaign=phase.campaign,
        phase=phase.id,
        department=department,
        kind=SubjectKind(line.kind),
        subject=line.subject,
        title=line.title,
        period=period_of(session.get_one(Campaign, phase.campaign), phase),
        achieved_from=phase.period_start,
        achieved_to=phase.period_end,
        evidence={"documents": list(line.documents)},
        state=LineState.NOMINATED,
    )
