"""Papers of a decision that were signed outside, and what the record says of it."""

from base64 import b64decode
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from domain.calendar import local_day
from domain.record.papers import Difference, SignedFacts, differences
from domain.record.signatures import DigitalSignature, FaultySignature
from intake.signing.chains import distrust
from store.database import one_of
from store.findings.papers.decided import decided_lines
from store.tables import (
    Attachment,
    Decision,
    FileSignature,
    Person,
    Phase,
    SignedPaper,
    TrustedCertificate,
)


def on_record(session: Session, decision: Decision) -> SignedFacts:
    """Say of a decision what its signed paper ought to state."""
    phase = session.get_one(Phase, decision.phase)
    signer = session.get(Person, decision.decided_by) if decision.decided_by else None
    signed = decision.decided_at
    return SignedFacts(
        number=decision.number,
        number_year=decision.number_year,
        series=decision.series,
        signed_on=local_day(signed) if signed else None,
        signed_by=signer.name if signer else None,
        awarded=len(decided_lines(session, phase, decision)),
    )


def on_paper(row: SignedPaper) -> SignedFacts:
    """Say what a paper states."""
    return SignedFacts(
        **row.model_dump(
            include={*("number", "number_year", "series"), "signed_on"}
            | {"signed_by", "awarded"}
        )
    )


def to_settle(
    row: SignedPaper, record: SignedFacts, signatures: Iterable[DigitalSignature]
) -> Iterator[Difference | FaultySignature]:
    """Find what a paper states otherwise, and whose signature on it does not hold."""
    yield from differences(on_paper(row), record)
    for each in signatures:
        yield from each.faults


def papers_of(session: Session, decision: str) -> Sequence[SignedPaper]:
    """List the signed papers of a decision, the first one first."""
    query = select(SignedPaper).where(SignedPaper.decision == decision)
    order = col(SignedPaper.recorded_at), col(SignedPaper.id)
    return session.exec(query.order_by(*order)).all()


def is_recorded(session: Session, file: Attachment) -> bool:
    """Say whether a file is the scan of a paper that was held against the record."""
    query = select(SignedPaper.id).where(SignedPaper.file == file.id)
    return session.exec(query).first() is not None


def signatures_on(
    session: Session, files: Collection[UUID]
) -> defaultdict[UUID, list[DigitalSignature]]:
    """Read who has signed some files, by the certificates that are trusted now."""
    anchors = frozenset(session.exec(select(TrustedCertificate.content)))
    query = (
        select(FileSignature, Attachment.added_at)
        .join(Attachment, col(Attachment.id) == col(FileSignature.file))
        .where(one_of(col(FileSignature.file), files))
        .order_by(col(FileSignature.file), col(FileSignature.ordinal))
    )
    found = defaultdict[UUID, list[DigitalSignature]](list)
    for row, added_at in session.exec(query):
        found[row.file].append(_judged(row, added_at, anchors))
    return found


def _judged(
    row: FileSignature, added_at: datetime, anchors: frozenset[bytes]
) -> DigitalSignature:
    """Judge a signature as of when it was made; that was before its file came."""
    at = min(row.signed_at or added_at, added_at)
    certificates = tuple(map(b64decode, row.certificates))
    return DigitalSignature(
        signer=row.signer,
        issuer=row.issuer,
        signed_at=row.signed_at,
        fault=row.fault,
        distrust=distrust(certificates, at, anchors),
    )
