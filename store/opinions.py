"""Whose initiatives are, what councils said of matters, and how these were scored."""

from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Any, TypeVar
from uuid import UUID

from sqlmodel import Session, col, func, select

from domain.grouping import grouped
from domain.states import CaseState
from store.database import among, made_once, one_of
from store.tables import Case, CaseAuthor, CaseOpinion

Row = TypeVar("Row", CaseAuthor, CaseOpinion)


def authors_of(
    session: Session, cases: Collection[UUID]
) -> Mapping[UUID, list[CaseAuthor]]:
    """List, for each initiative, its authors."""
    return _by_case(session, CaseAuthor, cases)


def opinions_of(
    session: Session, cases: Collection[UUID]
) -> Mapping[UUID, list[CaseOpinion]]:
    """List, for each matter, what members said of it."""
    return _by_case(session, CaseOpinion, cases)


def _by_case(
    session: Session, table: type[Row], cases: Collection[UUID]
) -> Mapping[UUID, list[Row]]:
    query = (
        select(table).where(one_of(col(table.case), cases)).order_by(col(table.person))
    )
    return grouped((row.case, row) for row in session.exec(query))


def scores_in(
    session: Session, year: int, asked: Collection[str] | None = None
) -> Mapping[str, Fraction]:
    """Give, for each author, the best average score of an initiative of the year.

    Of all authors, or of those *asked* about.
    """
    found: dict[str, Fraction] = {}
    for person, points, count in _points(session, year=year, asked=asked):
        average = Fraction(points or 0, count)
        found[person] = max(found.get(person, average), average)
    return found


@made_once
def _points(year: Any, asked: Any) -> Any:
    total, many = func.sum(CaseOpinion.score), func.count(col(CaseOpinion.score))
    return (
        select(CaseAuthor.person, total, many)
        .join(Case, col(Case.id) == col(CaseAuthor.case))
        .join(CaseOpinion, col(CaseOpinion.case) == col(Case.id))
        .where(
            Case.state == CaseState.CERTIFIED,
            Case.counts_for == year,
            col(CaseOpinion.score).is_not(None),
            among(CaseAuthor.person, asked),
        )
        .group_by(col(CaseAuthor.person), col(Case.id))
    )
