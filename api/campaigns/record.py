"""What was done and what was sent: the record and the notices of a campaign."""

from datetime import datetime
from uuid import UUID

from pydantic import JsonValue
from sqlalchemy import not_, or_
from sqlmodel import col, select

from api.answers import Answer
from api.deps import Reading, TheCampaign
from api.headers import Router
from api.identity import Asking
from api.paging import Cursor, Limit, Page, page, read_cursor
from store.confidential import closed_lines
from store.record import acts_after
from store.restricted import restricted_acts
from store.tables import Act, ActPayload, Notice

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

    *target* is what the act was aimed at; what time does has none.
    """

    seq: int
    kind: str
    actor: str
    behalf: str | None
    at: datetime
    command: UUID | None
    target: str | None
    lines: list[str]
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
        about = col(Notice.task).in_([f"line/{line}" for line in closed])
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
    lines = closed_lines(session, code, person.id)
    return page(
        rows, limit, lambda row: [row[0].seq], lambda row: _act(row, closed, lines)
    )


def _act(
    row: tuple[Act, ActPayload | None, str | None],
    closed: frozenset[UUID],
    lines: frozenset[str],
) -> ActOut:
    act, payload, target = row
    shut = act.command in closed or lines.intersection(act.lines)
    said = payload.payload if payload and not shut else None
    return ActOut.model_validate(
        {**act.model_dump(), "payload": said, "target": None if shut else target}
    )
