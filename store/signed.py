"""Papers of a decision that were signed outside, and what the record says of it."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from domain.calendar import local_day
from domain.record.papers import SignedFacts
from store.findings.papers.decided import decided_lines
from store.tables import Attachment, Decision, Person, Phase, SignedPaper


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


def papers_of(session: Session, decision: str) -> Sequence[SignedPaper]:
    """List the signed papers of a decision, the first one first."""
    query = select(SignedPaper).where(SignedPaper.decision == decision)
    order = col(SignedPaper.recorded_at), col(SignedPaper.id)
    return session.exec(query.order_by(*order)).all()


def is_recorded(session: Session, file: Attachment) -> bool:
    """Say whether a file is the scan of a paper that was held against the record."""
    query = select(SignedPaper.id).where(SignedPaper.file == file.id)
    return session.exec(query).first() is not None
