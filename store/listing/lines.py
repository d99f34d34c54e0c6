"""Lines with the names of whom they are about: of a phase, a meeting, or decisions."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import true
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from domain.names import as_awarded
from domain.rules.titles import Title
from domain.states import LineState
from store.database import among
from store.knowing.lines import as_told, closed_lines, known_among, readable
from store.office.posthumous import posthumous
from store.plans import pack_of, titles_of
from store.tables import (
    Campaign,
    CouncilSession,
    Decision,
    DecisionLine,
    Department,
    Nomination,
    Person,
    Phase,
    SessionLine,
)
from store.voting import standing_rows_of


class NamedLine(NamedTuple):
    """A line, by names; *state* is where its reader may know that it stands."""

    line: Nomination
    subject: str
    department: str
    title: Title
    state: LineState


class VotedLine(NamedTuple):
    """A line before a meeting; its figures are None where nobody is told them."""

    named: NamedLine
    yes: int | None
    no: int | None
    blank: int | None
    electors: int | None
    masked: bool
    outcome: LineState | None


class RuledLine(NamedTuple):
    """A line of a decision, and who has signed that."""

    named: NamedLine
    decision: Decision
    said: DecisionLine
    signer: str | None


def lines_of_phase(
    session: Session, phase: Phase, reader: str | None, department: str | None = None
) -> list[NamedLine]:
    """List the lines of a phase, or of a department in it, that *reader* may read.

    Without a reader it is for whoever keeps the database.
    """
    open_to = true() if reader is None else readable(session, reader)
    where = [Nomination.phase == phase.id, open_to]
    if department is not None:
        where.append(Nomination.department == department)
    titles = pack_of(session, phase).titles
    rows = session.exec(_named(select(*_COLUMNS)).where(*where).order_by(*_ORDER)).all()
    return _read(session, rows, titles, reader)


def lines_of_meeting(
    session: Session,
    council: CouncilSession,
    reader: str | None,
    some: Collection[UUID] | None = None,
) -> list[VotedLine]:
    """List what a meeting has before it, in its order, as *reader* may know it.

    Or *some* of its lines alone: a meeting may have a hundred thousand.
    """
    if some is not None and not some:
        return []
    phase = session.get_one(Phase, council.phase)
    columns: tuple[Any, ...] = (*_COLUMNS, SessionLine)
    rows = session.exec(
        _named(select(*columns))
        .join(SessionLine, col(SessionLine.line) == col(Nomination.id))
        .where(
            SessionLine.session == council.id,
            among(SessionLine.line, some),
            col(Nomination.id).not_in(_closed(session, council.campaign, reader)),
        )
        .order_by(col(SessionLine.position))
    ).all()
    named = _read(session, rows, pack_of(session, phase).titles, reader)
    standing = standing_rows_of(session, [council.id], some)[council.id]
    return [
        _voted(each, row[-1], standing.get(each.line.id))
        for each, row in zip(named, rows, strict=True)
    ]


def _voted(named: NamedLine, row: SessionLine, counted: Any) -> VotedLine:
    masked = counted is not None and counted.masked
    own = counted if counted is not None and counted.yes is not None else row
    figures = (None, None, None) if masked else (own.yes, own.no, own.blank)
    electors = counted.electors if counted is not None else None
    return VotedLine(named, *figures, electors, masked, row.outcome)


def lines_of_decisions(
    session: Session, campaign: str, which: Any, reader: str | None
) -> list[RuledLine]:
    """List the lines of the decisions that *which* is true of, decision by decision."""
    signer = aliased(Person)
    more: tuple[Any, ...] = (Decision, DecisionLine, signer.name)
    rows = session.exec(
        _named(select(*_COLUMNS, *more))
        .join(DecisionLine, col(DecisionLine.line) == col(Nomination.id))
        .join(Decision, col(Decision.id) == col(DecisionLine.decision))
        .outerjoin(signer, col(signer.id) == col(Decision.decided_by))
        .where(which, col(Nomination.id).not_in(_closed(session, campaign, reader)))
        .order_by(col(Decision.phase), col(Decision.ordinal), *_ORDER)
    ).all()
    titles = titles_of(session.get_one(Campaign, campaign))
    named = _read(session, rows, titles, reader)
    return [RuledLine(each, *row[3:6]) for each, row in zip(named, rows, strict=True)]


_COLUMNS: tuple[Any, ...] = (Nomination, Department.name, Person.name)
_ORDER: tuple[Any, ...] = (
    col(Nomination.title),
    col(Nomination.department),
    col(Person.sort_key),
    col(Nomination.subject),
    col(Nomination.id),
)


def _named(query: Any) -> Any:
    return (
        query.select_from(Nomination)
        .join(Department, col(Department.code) == col(Nomination.department))
        .outerjoin(Person, col(Person.id) == col(Nomination.subject))
    )


def _read(
    session: Session, rows: Sequence[Any], titles: Sequence[Title], reader: str | None
) -> list[NamedLine]:
    lines = [row[0] for row in rows]
    known = {each.id for each in lines}
    if reader is not None:
        known &= known_among(session, known, reader)
    late, called = posthumous(session, lines), {each.code: each for each in titles}
    return [
        NamedLine(
            line,
            as_awarded(person or department, posthumous=line.id in late),
            department,
            called[line.title],
            line.state if line.id in known else as_told(line),
        )
        for line, department, person, *_ in rows
    ]


def _closed(session: Session, campaign: str, reader: str | None) -> Any:
    return frozenset() if reader is None else closed_lines(session, campaign, reader)
