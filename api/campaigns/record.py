"""What was done and what was sent: the record and the notices of a campaign."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Path
from pydantic import JsonValue
from pydantic_core import to_json
from sqlmodel import col, select

from api.admission import reads
from api.answers import Answer, OfLineOut
from api.deps import Reading, TheCampaign
from api.headers import Router
from api.identity import Asking
from api.paging import MOST, Cursor, Limit, Page, page, read_cursor, within
from domain.refusals import unknown
from store.knowing.acts import View, view_of
from store.knowing.matters import notices_for
from store.record import Linked, acts_after, lines_of
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
    many it was: which they are is read behind it, under `acts/{seq}/lines`. Of an act
    on a matter that is closed to the reader stands its place in the chain alone.
    """

    seq: int
    kind: str | None
    actor: str | None
    behalf: str | None
    at: datetime
    command: UUID | None
    target: str | None
    lines: int
    digest: str
    # Each kind of act has words of its own; their digest is the link's.
    payload: dict[str, JsonValue] | None


@router.get("/campaigns/{code}/notices", dependencies=[reads("notices")])
def notices(
    campaign: TheCampaign,
    session: Reading,
    person: Asking,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[NoticeOut]:
    """List the notices of a campaign in the order in which they went out.

    Who has to follow them reads everybody's, and others their own.
    """
    theirs = notices_for(session, campaign.id, person.id)
    query = select(Notice).where(Notice.campaign == campaign.id, theirs)
    if after := read_cursor(cursor, int):
        query = query.where(col(Notice.id) > after[0])
    rows = session.exec(query.order_by(col(Notice.id)).limit(limit + 1)).all()
    return page(rows, limit, lambda row: [row.id], NoticeOut.model_validate)


@router.get("/campaigns/{code}/acts", dependencies=[reads("record")])
def acts(
    campaign: TheCampaign,
    session: Reading,
    person: Asking,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[ActOut]:
    """Read the record of a campaign, from its first act.

    A page ends early where much was said.
    """
    code = campaign.id
    (after,) = read_cursor(cursor, int) or (0,)
    rows, most = within(acts_after(session, code, after, limit + 1), limit, said_long)
    view = view_of(session, code, person.id, rows)
    return page(rows, most, lambda row: [row[0].seq], lambda row: _shown(view, row))


def _shown(view: View, row: Linked) -> ActOut:
    act, said, target = row
    if view.hides(row):
        return ActOut(**_NOTHING, seq=act.seq, at=act.at, digest=act.digest)
    knows = view.knows(row)
    words = said.payload if said and knows else None
    return act_out(act, words, target, act.many if knows else 0)


_NOTHING: dict[str, Any] = {
    **dict.fromkeys(("kind", "actor", "behalf", "command", "target", "payload")),
    "lines": 0,
}


def said_long(row: Linked) -> int:
    """Say how long what an act said is, in bytes."""
    _, said, _ = row
    return len(to_json(said.payload)) if said else 0


def act_out(
    act: Act, said: dict[str, Any] | None, target: str | None, lines: int
) -> ActOut:
    """Show an act, and of what it said, and on how many lines, what may be read."""
    return ActOut(
        seq=act.seq,
        kind=act.kind,
        actor=act.actor,
        behalf=act.behalf,
        at=act.at,
        command=act.command,
        target=target,
        lines=lines,
        digest=act.digest,
        payload=said,
    )


@router.get("/campaigns/{code}/acts/{seq}/lines", dependencies=[reads("record")])
def lines(
    campaign: TheCampaign,
    seq: Annotated[int, Path(ge=1, lt=MOST)],
    session: Reading,
    person: Asking,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[OfLineOut]:
    """List the lines that an act was on, in the order of the record."""
    rows = list(acts_after(session, campaign.id, seq - 1, 1))
    if not rows or rows[0][0].seq != seq:
        raise unknown("act", seq)
    found: Sequence[str] = ()
    if view_of(session, campaign.id, person.id, rows).knows(rows[0]):
        found = lines_of(session, campaign.id, [seq])[seq]
    (start,) = read_cursor(cursor, int) or (0,)
    shown = list(enumerate(found[start : start + limit + 1], start + 1))
    return page(
        shown, limit, lambda each: each[:1], lambda each: OfLineOut(line=each[1])
    )
