"""Signs of formality in a phase's list, from its lines and the departments' minutes."""

from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select

from domain.reports.formality import Finding, NominatedLine, Review, Staff, findings
from domain.rules.rulepack import RulePack
from domain.rules.unmet import run_until
from domain.states import SPENT_LINES
from store.findings.appraisers import self_appraised
from store.findings.judging import in_order
from store.findings.kept import Kept, kept
from store.findings.roll import Roll
from store.findings.targets import yardstick
from store.office import people
from store.tables import Department, Nomination, Phase, SubjectKind, Submission


def formality(session: Session, phase: Phase) -> Sequence[Finding]:
    """Look through the lines of a phase that are not over."""
    return kept(
        session,
        Kept.FORMALITY,
        phase.id,
        lambda: _seen(session, phase),
        lambda found: sum(len(each.lines) for each in found),
    )


def _seen(session: Session, phase: Phase) -> list[Finding]:
    by = yardstick(session, phase)
    pack, roll = by.pack, by.roll
    leading = people.managers(session, roll.day)
    live = select(Nomination).where(
        Nomination.phase == phase.id, col(Nomination.state).not_in(SPENT_LINES)
    )
    lines = in_order(pack, session.exec(live))
    own = self_appraised(session, [line.id for line in lines])
    return findings(
        [
            _nominee(line, roll, own.get(line.id), leads=line.subject in leading)
            for line in lines
        ],
        _reviews(session, phase),
        _staff(roll, leading),
        _names(session, pack) | people.names_of(session, own.values()),
    )


def _nominee(
    line: Nomination, roll: Roll, appraiser: str | None, *, leads: bool
) -> NominatedLine:
    held = {
        year
        for year, title in roll.history.get(line.subject, ())
        if title == line.title
    }
    return NominatedLine(
        line=str(line.id),
        subject=line.subject,
        title=line.title,
        department=line.department,
        leads=leads if line.kind is SubjectKind.INDIVIDUAL else None,
        years=run_until(held, roll.year - 1),
        papers=len(line.evidence.get("documents", ())),
        text=line.evidence.get("achievement", ""),
        appraiser=appraiser,
    )


def _reviews(session: Session, phase: Phase) -> Iterable[Review]:
    rows = session.exec(
        select(Submission)
        .where(Submission.phase == phase.id)
        .order_by(Submission.department)
    )
    for row in rows:
        if row.peer_review is not None:
            votes = row.peer_review["votes"]
            yield Review(
                row.department,
                {(v["subject"], v["title"]): (v["yes"], v["no"]) for v in votes},
            )


def _staff(roll: Roll, leading: frozenset[str]) -> Staff:
    everybody = [person for members in roll.members.values() for person in members]
    return Staff(len(everybody), sum(person not in leading for person in everybody))


def _names(session: Session, pack: RulePack) -> dict[str, str]:
    departments = {row.code: row.name for row in session.exec(select(Department))}
    return departments | {title.code: title.name_vi for title in pack.titles}
