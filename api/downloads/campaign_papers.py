"""Every paper of a campaign that there is just now, for whoever takes them all."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from sqlalchemy import inspect
from sqlmodel import Session, col, select

from api.admission import open_to
from papers.archive.campaign import DrawnPaper
from papers.official.every import EVERY_PAPER
from papers.official.kinds import PaperKind, PaperOf
from papers.official.pdf import as_pdf
from store.knowing.decisions import known_decisions
from store.knowing.lines import readable
from store.knowing.matters import visible
from store.tables import (
    Campaign,
    Case,
    CouncilSession,
    Decision,
    Nomination,
    Phase,
    Submission,
)

_OF_CAMPAIGN: Mapping[PaperOf, Any] = {
    PaperOf.CAMPAIGN: (Campaign, Campaign.id),
    PaperOf.PHASE: (Phase, Phase.campaign),
    PaperOf.PART: (Submission, Phase.campaign),
    PaperOf.SESSION: (CouncilSession, CouncilSession.campaign),
    PaperOf.DECISION: (Decision, Decision.campaign),
    PaperOf.LINE: (Nomination, Nomination.campaign),
    PaperOf.CASE: (Case, Case.campaign),
}

# What few may know of is left out for whoever may not.
_KNOWN: Mapping[PaperOf, Callable[[Session, str], Any]] = {
    PaperOf.DECISION: known_decisions,
    PaperOf.LINE: readable,
    PaperOf.CASE: visible,
}


def drawn_papers(
    session: Session, campaign: str, base: str, reader: str | None
) -> Iterator[DrawnPaper]:
    """Make each paper that *reader* may read, drawn when it is asked for.

    None is whoever keeps the database. Codes on papers lead to addresses under *base*.
    """
    for kind in EVERY_PAPER:
        if reader is not None and not open_to(session, reader, kind.reading):
            continue
        for row in session.exec(_rows(session, kind.holder, campaign, reader)).all():
            if kind.once(session, row):
                key = "-".join(map(str, inspect(row).identity))
                draw = partial(_drawn, session, kind, row, base)
                yield DrawnPaper(f"{kind.name}/{key}.pdf", kind.label, draw)


def _rows(session: Session, holder: PaperOf, campaign: str, reader: str | None) -> Any:
    """Select the things of a kind in a campaign of which *reader* may know."""
    table, of = _OF_CAMPAIGN[holder]
    query = select(table).where(of == campaign).order_by(*table.__table__.primary_key)
    if holder is PaperOf.PART:
        query = query.join(Phase, col(Phase.id) == col(Submission.phase))
    known = _KNOWN.get(holder)
    if reader is not None and known is not None:
        query = query.where(known(session, reader))
    return query


def _drawn(session: Session, kind: PaperKind, row: Any, base: str) -> tuple[str, bytes]:
    paper = kind.write(kind.made_of(session, row))
    address = f"{base.rstrip('/')}{kind.page_of(row)}" if base else ""
    return f"{kind.label}: {paper.subject}", as_pdf(paper, address, kind.layout)
