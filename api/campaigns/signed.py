"""What was signed on paper: what each paper states, and what differs."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Path
from sqlmodel import Session, select

from api.admission import reads
from api.answers import Answer
from api.campaigns.ballots import TheSession
from api.deps import Reading, find
from api.headers import Router
from api.paging import Cursor, Limit, Order, Page, page
from domain.record.papers import PaperOutcome
from domain.record.signatures import DigitalSignature
from intake.fields import Key
from papers.signed import difference_sentence
from store.signed import (
    Signable,
    lines_stated,
    of_thing,
    on_record,
    signatures_on,
    to_settle,
)
from store.tables import Decision, SignedPaper

router = Router(prefix="/api/v1", tags=["reading"])


class SignatureOut(Answer):
    """A digital signature in the file of a paper, checked offline as of when it is.

    It is *intact* where the signed bytes are as they were, *whole* where nothing but
    other signatures came later, and *trusted* by a certificate of the office's.
    """

    signer: str
    issuer: str
    signed_at: datetime | None
    intact: bool
    whole: bool
    trusted: bool


class StatedFigures(Answer):
    """How many voted for a line, against it and blank, as minutes state it."""

    line: UUID
    yes: int
    no: int
    blank: int


class SignedPaperOut(Answer):
    """A signed decision or signed minutes, as the scan states it.

    *differences* says what the record says otherwise just now, and which signature does
    not hold; who has settled that said which of them was wrong, and why.
    """

    id: UUID
    file: UUID
    number: int | None
    number_year: int | None
    series: str | None
    signed_on: date | None
    signed_by: str | None
    awarded: int | None
    sitting: int | None
    met_on: date | None
    present: int | None
    figures: list[StatedFigures]
    recorded_by: str
    recorded_at: datetime
    signatures: list[SignatureOut]
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
    found = find(session, Decision, "decision", key)
    return _listed(session, found, limit, cursor)


@router.get(
    "/council-sessions/{key}/signed-papers", dependencies=[reads("session_files")]
)
def signed_minutes(
    council: TheSession, session: Reading, limit: Limit = 100, cursor: Cursor = None
) -> Page[SignedPaperOut]:
    """List the signed minutes of a meeting, each against the record as it is now."""
    return _listed(session, council, limit, cursor)


def _listed(
    session: Session, thing: Signable, limit: int, cursor: str | None
) -> Page[SignedPaperOut]:
    query = select(SignedPaper).where(of_thing(thing))
    rows = _FIRST_FIRST.rows(session, query, limit, cursor)
    record = on_record(session, thing, lines_stated(rows))
    signed = signatures_on(session, [row.file for row in rows])

    def read(row: SignedPaper) -> SignedPaperOut:
        signatures = signed[row.file]
        found = to_settle(row, record, signatures)
        figures = sorted((row.figures or {}).items())
        said = {
            "figures": [
                StatedFigures(line=UUID(line), yes=yes, no=no, blank=blank)
                for line, (yes, no, blank) in figures
            ],
            "signatures": [*map(_signature, signatures)],
            "differences": [*map(difference_sentence, found)],
        }
        return SignedPaperOut.model_validate(row.model_dump() | said)

    return page(rows, limit, _FIRST_FIRST.place, read)


def _signature(found: DigitalSignature) -> SignatureOut:
    return SignatureOut(
        signer=found.signer,
        issuer=found.issuer,
        signed_at=found.signed_at,
        intact=found.intact,
        whole=found.whole,
        trusted=found.distrust is None,
    )
