"""Who and what is found by words of a name, as far as somebody may know of it."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import and_, func, or_, tuple_
from sqlmodel import Session, col, select

from domain.names import has_words
from domain.states import LineState
from store.database import one_of
from store.knowing.lines import as_told, known_among, readable
from store.office.master import departments, words_in
from store.tables import Department, Nomination, Person, Phase, SubjectKind, Submission


class FoundLine(NamedTuple):
    """A line by its subject's name: of which phase, for which title, how it stands."""

    id: UUID
    order: str
    name: str
    department: str
    title: str
    phase: str
    state: LineState


def find_departments(session: Session, words: str) -> list[Department]:
    """Find departments by words of their names, or by their codes, in their order."""
    return [
        each
        for each in departments(session, None)
        if has_words(f"{each.name} {each.code}", words)
    ]


def last_phases(session: Session, codes: Sequence[str]) -> dict[str, str]:
    """Say which is the last phase that each department has taken part in."""
    query = (
        select(Submission.department, Submission.phase)
        .join(Phase, col(Phase.id) == col(Submission.phase))
        .where(one_of(col(Submission.department), codes))
        .order_by(col(Phase.period_end), Phase.id)
    )
    return dict(session.exec(query).all())


def find_lines(
    session: Session,
    person: str,
    words: str,
    after: tuple[str, UUID] | None,
    limit: int,
) -> list[FoundLine]:
    """Find lines by words of whom they are for, by given name."""
    named = [each.code for each in find_departments(session, words)]
    one = and_(
        col(Nomination.kind) == SubjectKind.INDIVIDUAL,
        col(Nomination.subject) == col(Person.id),
    )
    whole = and_(
        col(Nomination.kind) == SubjectKind.COLLECTIVE,
        one_of(col(Nomination.subject), named),
    )
    place: Any = func.coalesce(col(Person.sort_key), col(Nomination.subject))
    of_line: Any = (Nomination, place, Person.name, Department.name, Phase.name)
    query = (
        select(*of_line)
        .join(Department, col(Department.code) == col(Nomination.department))
        .join(Phase, col(Phase.id) == col(Nomination.phase))
        .outerjoin(Person, one)
        .where(
            or_(and_(one, *words_in(Person.search_key, words)), whole),
            readable(session, person),
        )
        .order_by(place, col(Nomination.id))
        .limit(limit)
    )
    if after is not None:
        query = query.where(tuple_(place, col(Nomination.id)) > after)
    return _as_known(session, person, session.exec(query).all())


def _as_known(session: Session, person: str, rows: Sequence[Any]) -> list[FoundLine]:
    known = known_among(session, [row[0].id for row in rows], person)
    return [
        FoundLine(
            line.id,
            place,
            name or unit,
            unit,
            line.title,
            phase,
            line.state if line.id in known else as_told(line),
        )
        for line, place, name, unit, phase in rows
    ]
