"""Decisions that were signed on paper: what each paper states, and what differs."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Path
from sqlmodel import select

from api.admission import reads
from api.answers import Answer
from api.deps import Reading, find
from api.headers import Router
from api.paging import Cursor, Limit, Order, Page
from domain.record.papers import PaperOutcome, differences
from intake.fields import Key
from papers.signed import difference_sentence
from store.signed import on_paper, on_record
from store.tables import Decision, SignedPaper

router = Router(prefix="/api/v1", tags=["reading"])


class SignedPaperOut(Answer):
    """A signed paper, as its scan states it.

    *differences* says what the record says otherwise just now; who has settled that
    said which of them was wrong, and why.
    """

    id: UUID
    file: UUID
    number: int | None
    number_year: int | None
    series: str | None
    signed_on: date | None
    signed_by: str | None
    awarded: int | None
    recorded_by: str
    recorded_at: datetime
    differences: list[str]
    settled_at: datetime | None
    settled_by: str | None
    outcome: PaperOutcome | None
    reason: str | None


_FIRST_FIRST = Order(SignedPaper, ("recorded_at", "id"))


@router.get("/decisions/{key}/signed-papers", dependencies=[reads("decision_files")])
def signed_papers(
    key: Annotated[Key, Path(max_length=80)],
    session: Reading,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[SignedPaperOut]:
    """List the signed papers of a decision, each against the record as it is now."""
    record = on_record(session, find(session, Decision, "decision", key))

    def read(row: SignedPaper) -> SignedPaperOut:
        found = differences(on_paper(row), record)
        said = [difference_sentence(each) for each in found]
        return SignedPaperOut.model_validate({**row.model_dump(), "differences": said})

    query = select(SignedPaper).where(SignedPaper.decision == key)
    return _FIRST_FIRST.page(session, query, limit, cursor, read)
