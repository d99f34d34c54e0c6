"""A review computed from the rows: lists by title, targets, who was late."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, func, select

from domain.ids import Kind
from domain.names import as_awarded
from domain.rules.criteria import CommendationType
from domain.states import AWARDED_LINES
from store.database import one_of, only_read
from store.findings.targets import targets
from store.knowing.lines import as_told
from store.office.posthumous import posthumous
from store.plans import warnings_of
from store.tables import (
    Campaign,
    Deadline,
    Department,
    LadderStep,
    Nomination,
    Person,
    Phase,
    SubjectKind,
    Submission,
)


def content(
    session: Session, phase: Phase, owners: Sequence[str] | None
) -> dict[str, Any]:
    """Compute a review: the lists by title, the targets, and who was late.

    It is a phase's review, whose deadlines the *owners* keep, or else the campaign's.
    What was awarded ad hoc is of no phase. Everybody reads it, so it tells of nothing
    that few may know: of no line on a state secret, nor that one is held.
    """
    whole = owners is None
    where: list[Any] = [Nomination.campaign == phase.campaign]
    where.append(col(Nomination.secret).is_(False))
    if not whole:
        where.append(Nomination.phase == phase.id)
        where.append(Nomination.commendation_type != CommendationType.AD_HOC)
    lines = only_read(session, select(Nomination).where(*where))
    awarded = Counter(line.title for line in lines if line.state in AWARDED_LINES)
    return {
        "lists": _lists(session, lines),
        "outcomes": _outcomes(lines),
        "targets": targets(session, phase, awarded),
        "departments": _departments(session, phase, whole=whole),
        "escalations": _escalations(session, phase, owners),
        **_warnings(session, phase, whole=whole),
    }


def _warnings(session: Session, phase: Phase, *, whole: bool) -> dict[str, list[str]]:
    """Say what the rules warn of that the review's phases go by."""
    campaign = session.get_one(Campaign, phase.campaign)
    found = warnings_of(campaign, None if whole else phase.pack)
    return {"warnings": found} if found else {}


def _lists(session: Session, lines: Sequence[Nomination]) -> dict[str, list[str]]:
    awarded = [line for line in lines if line.state in AWARDED_LINES]
    subjects = one_of(col(Person.id), {line.subject for line in awarded})
    named = only_read(session, select(Person).where(subjects))
    people = {person.id: person for person in named}
    late = posthumous(session, lines)
    names = {d.code: d.name for d in session.exec(select(Department))}
    found: dict[str, list[tuple[str, str]]] = {}
    for line in awarded:
        person = people.get(line.subject)
        individual = line.kind is SubjectKind.INDIVIDUAL and person
        entry = (
            (person.sort_key, as_awarded(person.name, posthumous=line.id in late))
            if individual and person
            else (names[line.subject], names[line.subject])
        )
        found.setdefault(line.title, []).append(entry)
    return {title: [n for _, n in sorted(found[title])] for title in sorted(found)}


def _outcomes(lines: Sequence[Nomination]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for line in lines:
        states = found.setdefault(line.title, {})
        state = as_told(line)
        states[state] = states.get(state, 0) + 1
    return {title: dict(sorted(found[title].items())) for title in sorted(found)}


def _departments(session: Session, phase: Phase, *, whole: bool) -> dict[str, Any]:
    phases = select(Phase.id).where(Phase.campaign == phase.campaign)
    query = select(Submission).where(
        col(Submission.phase).in_(phases) if whole else Submission.phase == phase.id
    )
    rows = session.exec(query.order_by(Submission.phase, Submission.department))
    return {f"{row.phase}/{row.department}": str(row.state) for row in rows}


def _escalations(session: Session, phase: Phase, owners: Sequence[str] | None) -> int:
    """Count who was written to when a deadline had passed, of some *owners* or all.

    Of matters nothing is told here.
    """
    late = (
        select(func.sum(LadderStep.notices))
        .join(
            Deadline,
            (col(Deadline.owner) == col(LadderStep.owner))
            & (col(Deadline.name) == col(LadderStep.name)),
        )
        .where(
            Deadline.campaign == phase.campaign,
            col(LadderStep.overdue),
            col(LadderStep.owner).not_like(f"{Kind.CASE}:%"),
        )
    )
    if owners is not None:
        late = late.where(one_of(col(LadderStep.owner), owners))
    return session.exec(late).one() or 0
