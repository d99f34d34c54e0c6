"""What councils said in writing of matters, and how initiatives were scored."""

from collections.abc import Mapping
from fractions import Fraction

from sqlmodel import Session, col, func, select

from domain.states import CaseState
from store.tables import Case, CaseAuthor, CaseOpinion


def opinions_of(session: Session, case: Case) -> list[CaseOpinion]:
    """List what members said of a matter."""
    query = select(CaseOpinion).where(CaseOpinion.case == case.id)
    return list(session.exec(query.order_by(CaseOpinion.person)))


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
