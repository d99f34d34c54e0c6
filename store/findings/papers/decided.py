"""Whom a decision awards, for a paper of it: who, where from, and for which title."""

from typing import Any, NamedTuple

from sqlalchemy import true
from sqlmodel import Session, col, func, select

from domain.names import as_awarded, sort_key
from domain.rules.rulepack import RulePack
from domain.states import DecisionKind, LineState
from store.office.posthumous import posthumous
from store.plans import pack_of
from store.tables import (
    Decision,
    DecisionLine,
    Department,
    Nomination,
    Person,
    Phase,
    SubjectKind,
)

# What is an award here: passed, approved, granted, or undone after that.
_AWARDED_HERE = (
    LineState.COUNCIL_PASSED,
    LineState.DIRECTOR_APPROVED,
    LineState.AWARDED,
    LineState.REVOKED,
    LineState.DECLINED_BY_AWARDEE,
)


class DecidedLine(NamedTuple):
    """A line of a decision, by names as papers write them, and by its codes.

    Of a line that is held *state* is that from before.
    """

    subject: str
    department: str
    award: str
    collective: bool
    title: str
    code: str
    state: LineState


def decided_lines(
    session: Session, phase: Phase, decision: Decision
) -> list[DecidedLine]:
    """List whom a decision awards: by title, departments first, then by given name.

    What a superior grants is no award here. A line on a state secret is on no list: its
    paper is made and kept apart.
    """
    pack = pack_of(session, phase)
    found = session.exec(_of(pack, decision)).all()
    late = posthumous(session, [line for line, _, _ in found])
    titles = {title.code: title.name_vi for title in pack.titles}
    order = {code: place for place, code in enumerate(titles)}

    def place(row: tuple[Nomination, str, str | None]) -> tuple[object, ...]:
        line, department, person = row
        alone = line.kind is SubjectKind.INDIVIDUAL
        return order[line.title], alone, sort_key(person or department), line.subject

    return [
        DecidedLine(
            as_awarded(person or department, posthumous=line.id in late),
            department,
            titles[line.title],
            line.kind is SubjectKind.COLLECTIVE,
            line.title,
            line.subject,
            line.held_from or line.state,
        )
        for line, department, person in sorted(found, key=place)
    ]


def _of(pack: RulePack, decision: Decision) -> Any:
    """Select the lines that a decision awards, or those that it undoes."""
    ours = [title.code for title in pack.titles if pack.is_ours(title.code)]
    # That one is held, while something is verified, is for few to know.
    told = func.coalesce(col(Nomination.held_from), col(Nomination.state))
    awarded = told.in_(_AWARDED_HERE) & col(Nomination.title).in_(ours)
    return (
        select(Nomination, Department.name, Person.name)
        .join(DecisionLine, col(DecisionLine.line) == col(Nomination.id))
        .join(Department, col(Department.code) == col(Nomination.department))
        .outerjoin(Person, col(Person.id) == col(Nomination.subject))
        .where(
            DecisionLine.decision == decision.id,
            col(Nomination.secret).is_(False),
            awarded if decision.kind is DecisionKind.AWARD else true(),
        )
    )
