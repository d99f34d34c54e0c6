"""The attached files of a campaign that somebody may read."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import true
from sqlmodel import Session, col, select

from store.database import one_of
from store.knowing.decisions import known_decisions
from store.knowing.lines import readable
from store.knowing.matters import visible
from store.tables import (
    Attachment,
    Case,
    CouncilSession,
    Decision,
    HolderKind,
    Nomination,
)

_AT_ONCE = {"yield_per": 500}


def files_of(
    session: Session, campaign: str, reader: str | None
) -> Iterator[Attachment]:
    """List the files that stand with a campaign's lines, meetings, matters, decisions.

    Those of meetings are for whoever may read them all; without a reader, for whoever
    keeps the database.
    """
    for kind, table, open_to in _holders(session, reader):
        keys = select(table.id).where(table.campaign == campaign, open_to)
        found = [str(key) for key in session.exec(keys)]
        rows = session.execute(
            select(Attachment)
            .where(
                Attachment.holder == kind,
                one_of(col(Attachment.key), found),
                col(Attachment.voided_at).is_(None),
            )
            .order_by(Attachment.key, col(Attachment.added_at), col(Attachment.id)),
            execution_options=_AT_ONCE,
        )
        yield from rows.scalars()


def _holders(
    session: Session, reader: str | None
) -> Iterator[tuple[HolderKind, Any, Any]]:
    lines = true() if reader is None else readable(session, reader)
    matters = true() if reader is None else visible(session, reader)
    decisions = true() if reader is None else known_decisions(session, reader)
    yield HolderKind.LINE, Nomination, lines
    yield HolderKind.SESSION, CouncilSession, true()
    yield HolderKind.CASE, Case, matters
    yield HolderKind.DECISION, Decision, decisions
