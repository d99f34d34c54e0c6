"""The nomination lines that an act may name, as far as the visitor may read them."""

from typing import Any
from uuid import UUID

from sqlmodel import col, exists, select

from api.web.choosing.asked import Asked, Option, finds
from domain.council.ballots import Method
from domain.ids import Kind
from domain.states import SPENT_LINES
from intake.acts.naming import Named
from store.database import one_of
from store.knowing.lines import readable
from store.plans import pack_of
from store.tables import (
    COUNTED_BY_PEOPLE,
    DecisionLine,
    Department,
    Nomination,
    Person,
    Phase,
    RoundLine,
    SessionLine,
    SubjectKind,
    Submission,
)

# More than a form is read with; who has more names a line by its own page.
MOST = 1000


@finds(Named.LINE, "lines")
def lines(asked: Asked) -> list[Option]:
    """Offer the lines that are before whoever acts, by name within each department."""
    phase = asked.phase
    if phase is None:
        return []
    names = {each.code: each.name_vi for each in pack_of(asked.session, phase).titles}
    rows = asked.session.exec(_query(asked)).all()
    several = asked.target.kind is not Kind.DEPARTMENT
    return [
        Option(
            str(line),
            f"{person or unit} – {names.get(title, title)}",
            unit if several else "",
        )
        for line, title, person, unit in rows
    ]


def _query(asked: Asked) -> Any:
    one = (col(Nomination.kind) == SubjectKind.INDIVIDUAL) & (
        col(Nomination.subject) == col(Person.id)
    )
    query = (
        select(Nomination.id, Nomination.title, Person.name, Department.name)
        .join(Department, col(Department.code) == col(Nomination.department))
        .outerjoin(Person, one)
        .where(_theirs(asked), readable(asked.session, asked.person))
        .limit(MOST)
    )
    return query.order_by(
        col(Nomination.department),
        col(Person.sort_key).is_not(None),
        col(Person.sort_key),
        col(Nomination.title),
        col(Nomination.id),
    )


def _theirs(asked: Asked) -> Any:
    """Make the condition that a line is before the target of the act.

    All of them are of one phase, whose lines lie in the order of their departments:
    of a hundred thousand the first are soon found, without a look at the others.
    """
    assert asked.phase is not None  # noqa: S101 -- asked before
    if asked.target.kind is Kind.DEPARTMENT:
        return _of_department(asked, asked.phase)
    of_phase = col(Nomination.phase) == asked.phase.id
    match asked.target.kind:
        case Kind.COUNCIL:
            if (counted := _counted(asked)) is not None:
                return counted
            return of_phase & exists().where(
                col(SessionLine.session) == asked.target.key,
                col(SessionLine.line) == col(Nomination.id),
            )
        case Kind.DECISION:
            return of_phase & exists().where(
                col(DecisionLine.decision) == asked.target.key,
                col(DecisionLine.line) == col(Nomination.id),
            )
    return of_phase


# What is counted by an act, by how it is voted on.
_BY = {"record_show_of_hands": Method.HANDS, "record_paper_count": Method.PAPER}


def _counted(asked: Asked) -> Any | None:
    """Make the condition that a line may be counted, for an act that counts."""
    method = _BY.get(asked.kind)
    if method is None or asked.done:
        return None
    query = select(RoundLine.line).where(
        RoundLine.session == asked.target.key,
        RoundLine.method == method,
        COUNTED_BY_PEOPLE,
        col(RoundLine.voided_at).is_(None),
    )
    first = query.order_by(col(RoundLine.round), col(RoundLine.line)).limit(MOST)
    return col(Nomination.id).in_(first)


def _of_department(asked: Asked, phase: Phase) -> Any:
    place = (phase.id, asked.department)
    theirs = (col(Nomination.phase) == place[0]) & (
        col(Nomination.department) == place[1]
    )
    if asked.done:
        return theirs
    if asked.kind != "supplement":
        return theirs & col(Nomination.state).not_in(SPENT_LINES)
    flagged = asked.session.get_one(Submission, place).flagged or ()
    wanted = [UUID(each["line"]) for each in flagged]
    return theirs & one_of(col(Nomination.id), wanted)
