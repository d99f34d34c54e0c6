"""What was done and what was sent: the record and the notices of a campaign."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Path
from pydantic import JsonValue
from sqlalchemy import not_, or_
from sqlmodel import Session, col, select

from api.answers import Answer, OfLineOut
from api.deps import Reading, TheCampaign
from api.headers import Router
from api.identity import Asking
from api.paging import MOST, Cursor, Limit, Page, page, read_cursor
from domain.refusals import unknown
from store.confidential import closed_lines
from store.database import one_of
from store.record import Linked, acts_after, lines_of
from store.restricted import restricted_acts
from store.tables import Act, Notice

router = Router(prefix="/api/v1", tags=["reading"])


class NoticeOut(Answer):
    """One message."""

    id: int
    campaign: str
    task: str
    kind: str
    step: str
    version: int
    recipient: str
    subject: str
    body: str
    at: datetime
    read_at: datetime | None


class ActOut(Answer):
    """One link of the record, with what it said unless erased or restricted.

    *target* is what the act was aimed at; what time does has none. *lines* is on how
    many it was: which they are is read behind it, under `acts/{seq}/lines`.
    """

    seq: int
    kind: str
    actor: str
    behalf: str | None
    at: datetime
    command: UUID | None
    target: str | None
    lines: int
    digest: str
    # Each kind of act has words of its own; their digest is the link's.
    payload: dict[str, JsonValue] | None


@router.get("/campaigns/{code}/notices")
def notices(
    campaign: TheCampaign,
    session: Reading,
    person: Asking,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[NoticeOut]:
    """List the notices of a campaign in the order in which they went out."""
    code = campaign.id
    query = select(Notice).where(Notice.campaign == code)
    if after := read_cursor(cursor, int):
        query = query.where(col(Notice.id) > after[0])
    if closed := closed_lines(session, code, person.id):
        about = one_of(col(Notice.task), [f"line/{line}" for line in closed])
        query = query.where(or_(not_(about), col(Notice.recipient) == person.id))
    rows = session.exec(query.order_by(col(Notice.id)).limit(limit + 1)).all()
    return page(rows, limit, lambda row: [row.id], NoticeOut.model_validate)


@router.get("/campaigns/{code}/acts")
def acts(
    campaign: TheCampaign,
    session: Reading,
    person: Asking,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[ActOut]:
    """Read the record of a campaign, from its first act."""
    code = campaign.id
    (after,) = read_cursor(cursor, int) or (0,)
    rows = acts_after(session, code, after, limit + 1)
    closed = restricted_acts(session, code, person.id)
    touching = _touching(session, code, person.id, [act.seq for act, *_ in rows])

    def read(row: Linked) -> ActOut:
        act, payload, target = row
        shut = act.command in closed or act.seq in touching
        said = payload.payload if payload and not shut else None
        return act_out(act, said, None if shut else target)

    return page(rows, limit, lambda row: [row[0].seq], read)


def _touching(
    session: Session, code: str, person: str, seqs: Iterable[int]
) -> frozenset[int]:
    """Find which acts are on lines that somebody may not read."""
    closed = closed_lines(session, code, person)
    found = lines_of(session, code, seqs) if closed else {}
    return frozenset(seq for seq, lines in found.items() if closed.intersection(lines))


def act_out(act: Act, said: dict[str, Any] | None, target: str | None) -> ActOut:
    """Show an act, and of what it said and was aimed at what may be read."""
    return ActOut(
        seq=act.seq,
        kind=act.kind,
        actor=act.actor,
        behalf=act.behalf,
        at=act.at,
        command=act.command,
        target=target,
        lines=act.many,
        digest=act.digest,
        payload=said,
    )


@router.get("/campaigns/{code}/acts/{seq}/lines")
def lines(
    campaign: TheCampaign,
    seq: Annotated[int, Path(ge=1, lt=MOST)],
    session: Reading,
    person: Asking,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[OfLineOut]:
    """List the lines that an act was on, in the order of the record."""
    found = lines_of(session, campaign.id, [seq])
    if seq not in found:
        raise unknown("act", seq)
    (start,) = read_cursor(cursor, int) or (0,)
    shown = list(enumerate(found[seq][start : start + limit + 1], start + 1))
    return page(
        shown, limit, lambda each: each[:1], lambda each: OfLineOut(line=each[1])
    )
