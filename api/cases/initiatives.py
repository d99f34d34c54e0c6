"""The recognised initiatives of the office, for everybody to use."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from sqlmodel import select

from api.admission import reads
from api.answers import Answer
from api.cases.views import Author
from api.deps import Reading
from api.headers import Router
from api.paging import Cursor, Limit, Order, Page, page
from domain.states import CaseState
from store.opinions import authors_of
from store.tables import Case

router = Router(prefix="/api/v1", tags=["case"])


class InitiativeOut(Answer):
    """A certified initiative: what it is, whose, and under which certificate."""

    id: UUID
    title: str
    matter: str
    authors: list[Author]
    counts_for: int
    certificate: int
    certified_at: datetime


_CERTIFICATES = Order(Case, ("counts_for", "certificate"))


@router.get("/initiatives", dependencies=[reads("initiatives")])
def initiatives(
    session: Reading,
    limit: Limit = 100,
    cursor: Cursor = None,
    year: Annotated[int | None, Query(ge=2000, le=2200)] = None,
) -> Page[InitiativeOut]:
    """List what was recognised, of one year or of all, in the certificates' order."""
    query = select(Case).where(Case.state == CaseState.CERTIFIED)
    if year is not None:
        query = query.where(Case.counts_for == year)
    rows = _CERTIFICATES.rows(session, query, limit, cursor)
    authors = authors_of(session, [row.id for row in rows])
    return page(
        rows,
        limit,
        _CERTIFICATES.place,
        lambda row: InitiativeOut(
            id=row.id,
            title=row.title,
            matter=row.matter,
            authors=[Author(person=a.person, share=a.share) for a in authors[row.id]],
            counts_for=row.counts_for or 0,
            certificate=row.certificate or 0,
            certified_at=row.ended_at,
        ),
    )
