"""Whose initiatives are, what councils said of matters, and how these were scored."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from fractions import Fraction
from uuid import UUID

from sqlmodel import Session, col, func, select

from domain.states import CaseState
from store.tables import Case, CaseAuthor, CaseOpinion


def authors_of(
    session: Session, cases: Collection[UUID]
) -> Mapping[UUID, list[CaseAuthor]]:
    """List, for each initiative, its authors."""
    query = select(CaseAuthor).where(col(CaseAuthor.case).in_(cases))
    found: dict[UUID, list[CaseAuthor]] = defaultdict(list)
    for row in session.exec(query.order_by(CaseAuthor.person)):
        found[row.case].append(row)
    return found


def opinions_of(
    session: Session, cases: Collection[UUID]
) -> Mapping[UUID, list[CaseOpinion]]:
    """List, for each matter, what members said of it."""
    query = select(CaseOpinion).where(col(CaseOpinion.case).in_(cases))
    found: dict[UUID, list[CaseOpinion]] = defaultdict(list)
    for row in session.exec(query.order_by(CaseOpinion.person)):
        found[row.case].append(row)
    return found


def scores_in(session: Session, year: int) -> Mapping[str, Fraction]:
    """Give, for each author, the best average score of an initiative of the year."""
    rows = session.exec(
        select(
            CaseAuthor.person,
            func.sum(CaseOpinion.score),
            func.count(col(CaseOpinion.score)),
        )
        .join(Case, col(Case.id) == col(CaseAuthor.case))
        .join(CaseOpinion, col(CaseOpinion.case) == col(Case.id))
        .where(
            Case.state == CaseState.CERTIFIED,
            Case.counts_for == year,
            col(CaseOpinion.score).is_not(None),
        )
        .group_by(col(CaseAuthor.person), col(Case.id))
    )
    found: dict[str, Fraction] = {}
    for person, total, count in rows:
        average = Fraction(total or 0, count)
        found[person] = max(found.get(person, average), average)
    return found
