"""Many lines at once, judged by the rules and by what stands beside them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import case
from sqlmodel import Session, col, not_, or_, select

from domain.council.course import Contender, Judge, Titles
from domain.grouping import grouped
from domain.refusals import Refusal
from domain.rules.dependency import in_dependency_order
from domain.rules.eligibility import Stage, Verdict, judge
from domain.rules.facts import Facts
from domain.rules.rulepack import RulePack
from domain.states import AWARDED_LINES, SPENT_LINES, LineState
from store.database import made_once, one_of
from store.findings.kept import Kept, kept
from store.findings.roll import Roll, call_the_roll
from store.plans import pack_of
from store.tables import Nomination, Phase, SubjectKind

# Awarded, or sent to whoever awards it.
_GIVEN = (*AWARDED_LINES, LineState.FORWARDED_UPWARD)
# What the council or the director has said yes to; later ones are awarded or sent.
_ON_THE_WAY = (LineState.COUNCIL_PASSED, LineState.DIRECTOR_APPROVED)
# What the council has not said its last word on.
WAITING = (
    LineState.NOMINATED,
    LineState.ELIGIBLE,
    LineState.ON_BALLOT,
    LineState.DEFERRED,
    LineState.RETURNED_TO_COUNCIL,
)

Against = Mapping[UUID, Sequence[Refusal]]  # by line


def judge_lines(
    pack: RulePack,
    roll: Roll,
    lines: Iterable[Nomination],
    titles: Titles,
    stage: Stage,
    at_best: Titles | None = None,
) -> dict[UUID, Verdict]:
    """Judge lines by the rules, given who holds or is passing which title.

    *at_best* says the same if all that is nominated were granted.
    """
    verdicts = {}
    for line in lines:
        facts = _facts(pack, roll, line, titles)
        best = None
        if at_best is not None:
            best = roll.granted(facts, line.subject, at_best)
        verdicts[line.id] = judge(pack, line.title, facts, stage, best)
    return verdicts


def _facts(pack: RulePack, roll: Roll, line: Nomination, titles: Titles) -> Facts:
    if line.kind is SubjectKind.COLLECTIVE:
        return roll.collective(pack, line.subject, titles)
    return roll.hearing.about(pack, line, roll.person(pack, line.subject, titles))


def appraise_lines(
    pack: RulePack,
    roll: Roll,
    lines: Iterable[Nomination],
    beside: Iterable[Nomination],
    against: Collection[UUID],
) -> dict[UUID, Verdict]:
    """Judge lines of a list before the council, with what may still come to each.

    That is what is live *beside* them, and those among them that nothing stands
    against: neither the rules nor whoever appraises (*against*).
    """
    known, verdicts = list(beside), dict[UUID, Verdict]()
    held = titles_of(line for line in known if line.state in _GIVEN)
    hoped = titles_of(known)
    for _, group in groupby(in_order(pack, lines), lambda line: line.title):
        named = list(group)
        found = judge_lines(pack, roll, named, held, Stage.APPRAISAL, hoped)
        for line in named:
            verdict, titles = found[line.id], hoped.get(line.subject, frozenset())
            if line.id not in against and (verdict.eligible or verdict.waiting):
                hoped[line.subject] = titles | {line.title}
        verdicts |= found
    return verdicts


def foresee(session: Session, phase: Phase, lines: Sequence[Nomination]) -> Against:
    """Say of those that wait what the rules say against each, if all others pass.

    Nothing but these lines is judged, however many the phase has.
    """
    waiting = [line for line in lines if line.state in WAITING]
    return kept(
        session,
        Kept.FORESEEN,
        (phase.id, tuple(line.id for line in waiting)),
        lambda: _foreseen(session, phase, waiting),
        len,
    )


def _foreseen(session: Session, phase: Phase, waiting: Sequence[Nomination]) -> Against:
    roll = call_the_roll(session, phase, waiting)
    beside = live_beside(session, phase.period_end.year, roll, waiting)
    found = foresee_lines(pack_of(session, phase), roll, waiting, beside)
    return {line: verdict.refusals for line, verdict in found.items()}


def foresee_lines(
    pack: RulePack,
    roll: Roll,
    lines: Iterable[Nomination],
    beside: Iterable[Nomination],
) -> dict[UUID, Verdict]:
    """Judge lines as a council will have to, if what is live *beside* them is granted.

    Of the lines themselves those are that the rules allow; no quota is looked at.
    """
    hoped, verdicts = titles_of(beside), dict[UUID, Verdict]()
    for _, group in groupby(in_order(pack, lines), lambda line: line.title):
        named = list(group)
        found = judge_lines(pack, roll, named, hoped, Stage.BALLOT)
        for line in named:
            if found[line.id].eligible:
                titles = hoped.get(line.subject, frozenset())
                hoped[line.subject] = titles | {line.title}
        verdicts |= found
    return verdicts


def judge_of(pack: RulePack, roll: Roll, lines: Iterable[Nomination]) -> Judge:
    """Give what judges these lines before a council, as one conclusion asks for it."""
    by_id = {str(line.id): line for line in lines}

    def found(asked: Sequence[Contender], titles: Titles) -> dict[str, Verdict]:
        named = [by_id[one.line] for one in asked]
        verdicts = judge_lines(pack, roll, named, titles, Stage.BALLOT)
        return {str(line): verdict for line, verdict in verdicts.items()}

    return found


def titles_of(lines: Iterable[Nomination]) -> dict[str, frozenset[str]]:
    """Gather, for each subject, the titles that these lines give it."""
    held = grouped((line.subject, line.title) for line in lines)
    return {subject: frozenset(titles) for subject, titles in held.items()}


def awarded_in(session: Session, year: int) -> list[Nomination]:
    """List the lines awarded for a year, in whatever campaign."""
    return list(
        session.exec(
            select(Nomination).where(
                col(Nomination.state).in_(_GIVEN),
                Nomination.period == str(year),
            )
        )
    )


def live_beside(
    session: Session, year: int, roll: Roll, lines: Collection[Nomination]
) -> list[Nomination]:
    """List a year's other lines that are not over, of whom these lines are about.

    A collective's line is about its members too; the roll was called of both.
    """
    subjects, own = _concerned(roll, lines), [line.id for line in lines]
    return list(_live_beside(session, year=str(year), subjects=subjects, but=own))


@made_once
def _live_beside(year: Any, subjects: Any, but: Any) -> Any:
    return select(Nomination).where(
        Nomination.period == year,
        one_of(col(Nomination.subject), subjects),
        col(Nomination.state).not_in(SPENT_LINES),
        not_(one_of(col(Nomination.id), but)),
    )


def approved_beside(
    session: Session, phase: Phase, roll: Roll, lines: Collection[Nomination]
) -> list[Nomination]:
    """List what those whom lines are about have got in a phase's year.

    That is awarded, in whatever campaign, or approved by the director in the phase.
    """
    year = str(phase.period_end.year)
    awarded = col(Nomination.state).in_(_GIVEN) & (col(Nomination.period) == year)
    approved = (col(Nomination.phase) == phase.id) & (
        col(Nomination.state) == LineState.DIRECTOR_APPROVED
    )
    # By whom they are about: by «or», SQLite would go through all of the year.
    either: Any = case((or_(awarded, approved), 1), else_=0)
    return list(
        session.exec(
            select(Nomination).where(
                one_of(col(Nomination.subject), _concerned(roll, lines)), either == 1
            )
        )
    )


def _concerned(roll: Roll, lines: Collection[Nomination]) -> set[str]:
    subjects = {line.subject for line in lines}
    return subjects.union(*(roll.members.get(each, ()) for each in subjects))


def standing_in(
    session: Session, phase: Phase, apart: Collection[UUID] = ()
) -> list[Nomination]:
    """List what stands in a phase's year, awarded or on its way, *apart* from some."""
    on_the_way = session.exec(
        select(Nomination).where(
            Nomination.phase == phase.id, col(Nomination.state).in_(_ON_THE_WAY)
        )
    )
    found = [*awarded_in(session, phase.period_end.year), *on_the_way]
    named = sorted(found, key=lambda x: (x.title, x.department, x.subject))
    return [line for line in named if line.id not in apart]


def in_order(pack: RulePack, lines: Iterable[Nomination]) -> list[Nomination]:
    """Sort lines so that each comes after those that it may depend on."""
    named = sorted(lines, key=lambda line: (line.title, line.department, line.subject))
    return in_dependency_order(pack, named, lambda line: line.title)
