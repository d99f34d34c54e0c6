"""The recognised initiatives of the office, for everybody to use."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlmodel import col, select

from api.answers import Answer
from api.cases.views import Author
from api.deps import Reading
from api.identity import SIGNED_IN
from domain.states import CaseState
from store.opinions import authors_of
from store.tables import Case

router = APIRouter(prefix="/api/v1", tags=["case"], dependencies=SIGNED_IN)


class InitiativeOut(Answer):
    """A certified initiative: what it is, whose, and under which certificate."""

    id: UUID
    title: str
    matter: str
    authors: list[Author]
    counts_for: int
    certificate: int
    certified_at: datetime


@router.get("/initiatives")
def initiatives(
    session: Reading, year: Annotated[int | None, Query(ge=2000, le=2200)] = None
) -> list[InitiativeOut]:
    """List what was recognised, of one year or of all, in the certificates' order."""
    query = select(Case).where(Case.state == CaseState.CERTIFIED)
    if year is not None:
        query = query.where(Case.counts_for == year)
    rows = session.exec(query.order_by(col(Case.counts_for), col(Case.certificate)))
    found = rows.all()
    authors = authors_of(session, [row.id for row in found])
    return [
        InitiativeOut(
            id=row.id,
            title=row.title,
            matter=row.matter,
            authors=[Author(person=a.person, share=a.share) for a in authors[row.id]],
            counts_for=row.counts_for or 0,
            certificate=row.certificate or 0,
            certified_at=row.ended_at,
        )
        for row in found
    ]
