"""From notices to deliveries: each once on each channel that is on."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, exists, select, update

from domain.outgoing.deliveries import Channel
from store.database import insert_missing, one_of
from store.tables import Delivery, Notice, OutboxChannel


def turn_on(session: Session, channels: Sequence[Channel], at: datetime) -> None:
    """Let channels be on; what was written before a first one is nobody's any more."""
    known = session.exec(select(OutboxChannel.channel)).all()
    if not known:
        all_before = update(Notice).where(col(Notice.planned_at).is_(None))
        session.exec(all_before.values(planned_at=at))
    new = [each for each in channels if each not in known]
    insert_missing(
        session,
        OutboxChannel,
        [{"channel": each, "since": at, "failures": 0} for each in new],
    )


def unplanned(session: Session, limit: int) -> Sequence[Notice]:
    """Read the next notices of which nobody has seen on which channels they go."""
    waiting = select(Notice).where(col(Notice.planned_at).is_(None))
    return session.exec(waiting.order_by(col(Notice.id)).limit(limit)).all()


def plan(
    session: Session,
    notices: Sequence[Notice],
    deliveries: Sequence[Mapping[str, Any]],
    at: datetime,
) -> None:
    """Write the deliveries of notices; what is planned twice is written once."""
    insert_missing(session, Delivery, deliveries)
    done = one_of(Notice.id, [row.id for row in notices])
    session.exec(update(Notice).where(done).values(planned_at=at))


def is_due(session: Session, channel: Channel, at: datetime) -> bool:
    """Say whether there is anything for a channel to do now."""
    fresh = exists().where(col(Notice.planned_at).is_(None))
    due = exists().where(
        col(Delivery.channel) == channel,
        col(Delivery.state) == "waiting",
        col(Delivery.due_at) <= at,
    )
    resting = exists().where(
        col(OutboxChannel.channel) == channel, col(OutboxChannel.resume_at) > at
    )
    found: bool = session.exec(select((fresh | due) & ~resting)).one()
    return found
