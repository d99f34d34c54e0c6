"""Links to the papers of a thing, on the page where their readers look for them."""

from typing import Any, NamedTuple

from sqlmodel import Session

from api.downloads.certificates import AT_A_TIME
from domain.policy import READINGS
from domain.policy.declaring import Relation, relations_of
from papers.official.director.certificate import how_many
from papers.official.every import papers_of
from papers.official.kinds import PAPERS, PaperKind, PaperOf
from store.office.standing import roles_today
from store.tables import Case, Decision, Person


class PaperLink(NamedTuple):
    """A paper that is there, by what people call it, and where it is but its form."""

    label: str
    path: str


def papers_on(
    page: str, session: Session, visitor: Person | None, holder: PaperOf, *rows: Any
) -> list[PaperLink]:
    """List the papers that stand on a page and are open to whoever looks at it.

    Whoever has not signed in is given none.
    """
    if visitor is None:
        return []
    return [
        PaperLink(kind.label, f"/api/v1{kind.address(row)}")
        for row in rows
        for kind in papers_of(session, holder, row)
        if kind.page_of(row) == page and is_open(session, visitor.id, kind, row)
    ]


def is_open(session: Session, person: str, kind: PaperKind, row: Any) -> bool:
    """Say whether a kind of paper of a thing is open to somebody who may know it."""
    department = getattr(row, "department", None)
    stands = relations_of(roles_today(session, person, department))
    return bool(READINGS[kind.reading].who & (stands | {Relation.ANYBODY}))


def certificates_on(session: Session, row: Decision) -> list[PaperLink]:
    """List the certificates of a decision, so many at a time."""
    label = PAPERS[PaperOf.LINE, "certificate"].label
    parts = -(-how_many(session, row) // AT_A_TIME)
    return [
        PaperLink(
            f"{label}: {number}/{parts}" if parts > 1 else label,
            f"/api/v1/decisions/{row.id}/certificates/{number}",
        )
        for number in range(1, parts + 1)
    ]


def papers_of_matter(session: Session, row: Case) -> list[PaperLink]:
    """List the papers of a matter, for whoever reads it."""
    kinds = papers_of(session, PaperOf.CASE, row)
    return [PaperLink(each.label, f"/api/v1{each.address(row)}") for each in kinds]
