"""The rows of files: with what each stands, who added it, and who took it away.

Both are acts of the record, in the transaction that writes the row.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from domain import ids
from domain.ids import WorkflowId
from domain.record.files import ATTACH, TAKE_AWAY
from domain.record.traces import Trace
from intake.signing.reading import FoundSignature
from store import record
from store.clock import now
from store.database import lock
from store.tables import (
    Act,
    Attachment,
    Case,
    CouncilSession,
    Decision,
    FileSignature,
    HolderKind,
    Nomination,
)

_STANDS = col(Attachment.voided_at).is_(None)


@dataclass(frozen=True)
class Holder:
    """A thing that files stand with."""

    kind: HolderKind
    key: str


@dataclass(frozen=True)
class Content:
    """What a file is: its bytes' digest, how many, which kind, and who has signed."""

    sha256: str
    size: int
    media_type: str
    signatures: Sequence[FoundSignature] = ()


def of_holder(holder: Holder) -> tuple[bool, bool]:
    """Make the conditions that a file stands, or stood, with a thing."""
    return Attachment.holder == holder.kind, Attachment.key == holder.key


def standing(session: Session, holder: Holder) -> list[Attachment]:
    """List the files that stand with a thing."""
    return list(session.exec(select(Attachment).where(*of_holder(holder), _STANDS)))


def find_standing(session: Session, attachment: UUID) -> Attachment | None:
    """Find a file that nobody took away."""
    query = select(Attachment).where(Attachment.id == attachment, _STANDS)
    return session.exec(query).first()


def add(
    session: Session, holder: Holder, name: str, content: Content, person: str
) -> Attachment:
    """Let a file stand with a thing. Call it last: it holds the head of the chain."""
    row = Attachment(
        holder=holder.kind,
        key=holder.key,
        name=name,
        media_type=content.media_type,
        size=content.size,
        sha256=content.sha256,
        added_by=person,
        added_at=now(session),
    )
    session.add(row)
    session.flush()
    session.add_all(_signatures(row, content))
    _record(session, ATTACH, row, person, row.added_at)
    return row


def _signatures(row: Attachment, content: Content) -> Iterator[FileSignature]:
    for ordinal, found in enumerate(content.signatures, 1):
        yield FileSignature(
            file=row.id,
            ordinal=ordinal,
            signer=found.signer,
            issuer=found.issuer,
            signed_at=found.signed_at,
            fault=found.fault,
            certificates=[b64encode(each).decode() for each in found.certificates],
        )


def void(session: Session, attachment: UUID, person: str) -> Attachment:
    """Take a file away; whoever did that first is kept. Call it last, as *add*."""
    [row] = lock(session, Attachment, Attachment.id == attachment)
    if row.voided_at is None:
        at = now(session)
        row.voided_by, row.voided_at = person, at
        session.add(row)
        session.flush()
        _record(session, TAKE_AWAY, row, person, at)
    return row


def _record(
    session: Session, kind: str, row: Attachment, person: str, at: datetime
) -> None:
    """Write into the record who attached what, or took it away: its digest, no name."""
    campaign, target = _place_of(session, row)
    lines = [row.key] if row.holder is HolderKind.LINE else []
    act = Act(campaign=campaign, kind=kind, actor=person, at=at, lines=lines)
    said = {"file": str(row.id), "sha256": row.sha256}
    said |= {"holder": row.holder, "key": row.key}
    record.append(session, act, said, Trace(str(target)))


def _place_of(session: Session, row: Attachment) -> tuple[str, WorkflowId]:
    """Find in whose record a thing is, and at what an act on it is aimed."""
    match row.holder:
        case HolderKind.LINE:
            line = session.get_one(Nomination, UUID(row.key))
            return line.campaign, ids.department(line.phase, line.department)
        case HolderKind.SESSION:
            council = session.get_one(CouncilSession, row.key)
            return council.campaign, ids.council(council.id)
        case HolderKind.DECISION:
            decision = session.get_one(Decision, row.key)
            return decision.campaign, ids.decision(decision.id)
        case HolderKind.CASE:
            matter = session.get_one(Case, UUID(row.key))
            return matter.campaign, ids.case(matter.id)


def standing_contents(session: Session, digests: Iterable[str]) -> set[str]:
    """Keep of some contents those that a file has which stands."""
    return _known(session, digests, _STANDS)


def known_contents(session: Session, digests: Iterable[str]) -> set[str]:
    """Keep of some contents those that a file has or had."""
    return _known(session, digests)


def _known(session: Session, digests: Iterable[str], *where: Any) -> set[str]:
    """Ask for a range: they are of one shelf, which may hold many."""
    found = set(digests)
    column = col(Attachment.sha256)
    between = column.between(min(found, default=""), max(found, default=""))
    rows = session.exec(select(Attachment.sha256).where(between, *where).distinct())
    return found.intersection(rows)
