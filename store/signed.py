"""Papers that were signed outside, and what the record says of each."""

from base64 import b64decode
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from domain.calendar import local_day
from domain.record.papers import Difference, Facts, Stated, differences
from domain.record.signatures import DigitalSignature, FaultySignature
from intake.signing.chains import distrust
from store.database import one_of
from store.findings.papers.decided import many_decided
from store.listing.lines import lines_of_meeting
from store.tables import (
    Attachment,
    CouncilSession,
    Decision,
    FileSignature,
    Person,
    Phase,
    SignedPaper,
    TrustedCertificate,
)
from store.voting import rounds_of

OF_DECISION = ("number", "number_year", "series", "signed_on", "signed_by", "awarded")
OF_MINUTES = ("sitting", "met_on", "present")
FIGURES = "figures"
# What is signed on paper: a decision, or the minutes of a meeting.
Signable = Decision | CouncilSession


@dataclass(frozen=True)
class OnRecord:
    """What signed papers ought to state; the lines they are asked of have *names*.

    Of a line without *figures* nobody is told how many voted for what.
    """

    facts: Facts
    names: Mapping[UUID, str]


def on_record(session: Session, thing: Signable, stated: Iterable[UUID]) -> OnRecord:
    """Say what the signed paper of something ought to state, of the lines *stated*."""
    if isinstance(thing, Decision):
        return OnRecord(_plain(_of_decision(session, thing)), {})
    voted = lines_of_meeting(session, thing, None, frozenset(stated))
    rounds = rounds_of(session, thing.id)
    said: dict[tuple[str, UUID | None], Stated] = {
        (FIGURES, each.named.line.id): (each.yes, each.no or 0, each.blank or 0)
        for each in voted
        if each.yes is not None
    }
    meeting: Mapping[str, Stated] = {
        "sitting": thing.number,
        "met_on": local_day(thing.meets_at),
        "present": len(rounds[-1].present) if rounds else None,
    }
    names = {
        each.named.line.id: ""
        if each.named.line.secret
        else f"{each.named.subject} ({each.named.title.name_vi})"
        for each in voted
    }
    return OnRecord(_plain(meeting) | said, names)


def _of_decision(session: Session, decision: Decision) -> Mapping[str, Stated]:
    phase = session.get_one(Phase, decision.phase)
    signer = session.get(Person, decision.decided_by) if decision.decided_by else None
    signed = decision.decided_at
    return {
        "number": decision.number,
        "number_year": decision.number_year,
        "series": decision.series,
        "signed_on": local_day(signed) if signed else None,
        "signed_by": signer.name if signer else None,
        "awarded": many_decided(session, phase, decision),
    }


def _plain(said: Mapping[str, Stated]) -> dict[tuple[str, UUID | None], Stated]:
    return {(fact, None): value for fact, value in said.items()}


def on_paper(row: SignedPaper) -> Facts:
    """Say what a paper states."""
    own = OF_DECISION if row.decision else OF_MINUTES
    figures: dict[tuple[str, UUID | None], Stated] = {
        (FIGURES, UUID(line)): (yes, no, blank)
        for line, (yes, no, blank) in (row.figures or {}).items()
    }
    return _plain({fact: getattr(row, fact) for fact in own}) | figures


def lines_stated(rows: Iterable[SignedPaper]) -> frozenset[UUID]:
    """Name the lines of which papers state how many voted for what."""
    return frozenset(UUID(line) for row in rows for line in row.figures or {})


def to_settle(
    row: SignedPaper, record: OnRecord, signatures: Iterable[DigitalSignature]
) -> Iterator[Difference | FaultySignature]:
    """Find what a paper states otherwise, and whose signature on it does not hold."""
    yield from differences(on_paper(row), record.facts, record.names)
    for each in signatures:
        yield from each.faults


def of_thing(thing: Signable) -> Any:
    """Make the condition that a paper is of something."""
    own = SignedPaper.decision if isinstance(thing, Decision) else SignedPaper.session
    return own == thing.id


def papers_of(session: Session, thing: Signable) -> Sequence[SignedPaper]:
    """List the signed papers of something, the first one first."""
    query = select(SignedPaper).where(of_thing(thing))
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
