"""What is not needed any more is forgotten, a bounded number of rows at a time.

Never what is in the record, nor what it is checked by.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from domain.states import CaseState, CommandState
from store import leases, record
from store.clock import now
from store.database import Database, one_of
from store.tables import (
    ApiToken,
    Attachment,
    Campaign,
    Case,
    CaseAuthor,
    Command,
    Draft,
    HolderKind,
    OneTimeCode,
    Phase,
    UserSession,
)

_BATCH = 500
# Forgets what ended before a moment, and says how much it was.
_Batch = Callable[[Session, datetime], int]


@dataclass(frozen=True)
class Terms:
    """How long after its end each thing is kept."""

    drafts: timedelta
    fingerprints: timedelta
    sign_ins: timedelta


class Retention:
    """Forgets once a day, whichever worker comes first; asked *every* while."""

    def __init__(self, terms: Terms, every: timedelta = timedelta(minutes=10)) -> None:
        self._terms = terms
        self._every = every.total_seconds()
        self._next = monotonic() + self._every

    def __call__(self, database: Database) -> None:
        """Forget what is due, if that is due."""
        if monotonic() < self._next:
            return
        self._next = monotonic() + self._every
        if leases.take(database, "retention", uuid4().hex, timedelta(days=1)):
            forget(database, self._terms)


def forget(database: Database, terms: Terms) -> None:
    """Forget all that is past its term.

    Each batch is a transaction, and an act of the office that says how many it was.
    """
    with database.read() as session:
        at = now(session)
    for what, batch, term in (
        ("drafts", _drafts, terms.drafts),
        ("case_drafts", _case_drafts, terms.drafts),
        ("fingerprints", _fingerprints, terms.fingerprints),
        ("sessions", _of(UserSession), terms.sign_ins),
        ("codes", _of(OneTimeCode), terms.sign_ins),
        ("tokens", _of(ApiToken), terms.sign_ins),
    ):
        while _forget(database, what, batch, at - term) == _BATCH:
            pass


def _forget(database: Database, what: str, batch: _Batch, before: datetime) -> int:
    with database.write() as session:
        record.hold_office(session)
        many = batch(session, before)
        if many:
            record.append_office(session, "forget", {what: many})
        return many


def _closed(before: datetime) -> Any:
    return select(Campaign.id).where(col(Campaign.closed_at) < before)


def _drafts(session: Session, before: datetime) -> int:
    """Forget what departments had begun to write."""
    over = select(Phase.id).where(col(Phase.campaign).in_(_closed(before)))
    return _delete(session, select(Draft).where(col(Draft.phase).in_(over)))


def _case_drafts(session: Session, before: datetime) -> int:
    """Forget matters that were written down and never filed, with who denounced.

    Their files are taken away, as by whoever wrote them, and collected with the rest.
    """
    unfiled = (Case.state == CaseState.DRAFT, col(Case.campaign).in_(_closed(before)))
    theirs = session.exec(select(Case.id).where(*unfiled).limit(_BATCH)).all()
    keys = one_of(col(Attachment.key), [str(key) for key in theirs])
    files = (col(Attachment.holder) == HolderKind.CASE, keys)
    gone = {"voided_by": Attachment.added_by, "voided_at": now(session)}
    there = col(Attachment.voided_at).is_(None)
    session.exec(update(Attachment).where(*files, there).values(gone))
    for table, case in ((CaseAuthor, CaseAuthor.case), (Case, Case.id)):
        session.exec(delete(table).where(one_of(col(case), theirs)))
    return len(theirs)


def _of(table: type[UserSession] | type[OneTimeCode] | type[ApiToken]) -> _Batch:
    """Forget what opened something, and ended."""

    def batch(session: Session, before: datetime) -> int:
        return _delete(session, select(table).where(col(table.ends_at) < before))

    return batch


def _delete(session: Session, query: Any) -> int:
    rows = session.exec(query.limit(_BATCH)).all()
    for row in rows:
        session.delete(row)
    session.flush()
    return len(rows)


def _fingerprints(session: Session, before: datetime) -> int:
    """Forget digests without a salt, from which what was said could be guessed."""
    old = select(Command.seq).where(
        col(Command.ended_at) < before,
        Command.state != CommandState.RECEIVED,
        Command.fingerprint != "",
    )
    keys = session.exec(old.limit(_BATCH)).all()
    gone = update(Command).where(one_of(col(Command.seq), keys)).values(fingerprint="")
    session.exec(gone)
    return len(keys)
