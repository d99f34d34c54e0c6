"""Whom a decision awards, for a paper of it: who, where from, and for which title."""

from typing import NamedTuple

from sqlmodel import Session, col, func, select

from domain.names import as_awarded, sort_key
from domain.states import LineState
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

# What the director has declined or sent back, or a superior decides, is no award here.
_NOT_AWARDED = (
    LineState.DIRECTOR_DECLINED,
    LineState.RETURNED_TO_COUNCIL,
    LineState.FORWARDED_UPWARD,
    LineState.SUPERIOR_AWARDED,
    LineState.SUPERIOR_DECLINED,
    LineState.SUPERIOR_RETURNED,
)


class DecidedLine(NamedTuple):
    """A line of a decision, all by names as papers write them."""

    subject: str
    department: str
    award: str
    collective: bool


def decided_lines(
    session: Session, phase: Phase, decision: Decision
) -> list[DecidedLine]:
    """List whom a decision awards: by title, departments first, then by given name.

    A line on a state secret is on no list: its paper is made and kept apart.
    """
    # That one is held, while something is verified, is for few to know.
    told = func.coalesce(col(Nomination.held_from), col(Nomination.state))
    found = session.exec(
        select(Nomination, Department.name, Person.name)
        .join(DecisionLine, col(DecisionLine.line) == col(Nomination.id))
        .join(Department, col(Department.code) == col(Nomination.department))
        .outerjoin(Person, col(Person.id) == col(Nomination.subject))
        .where(
            DecisionLine.decision == decision.id,
            col(Nomination.secret).is_(False),
            told.not_in(_NOT_AWARDED),
        )
    ).all()
    late = posthumous(session, [line for line, _, _ in found])
    titles = {title.code: title for title in pack_of(session, phase).titles}
    order = {code: place for place, code in enumerate(titles)}

    def place(row: tuple[Nomination, str, str | None]) -> tuple[object, ...]:
        line, department, person = row
        alone = line.kind is SubjectKind.INDIVIDUAL
        return order[line.title], alone, sort_key(person or department), line.subject

    return [
        DecidedLine(
            as_awarded(person or department, posthumous=line.id in late),
            department,
            titles[line.title].name_vi,
            line.kind is SubjectKind.COLLECTIVE,
        )
        for line, department, person in sorted(found, key=place)
    ]
