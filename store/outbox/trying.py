"""A try of some deliveries: who takes them, and what it came to."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, func, select, update

from domain.outgoing.deliveries import (
    MOST_TRIES,
    Cause,
    Channel,
    DeliveryState,
    Result,
    ask_again_after,
    try_again_after,
)
from store.database import one_of
from store.tables import Delivery, Notice, OutboxChannel, Person

_D = DeliveryState
Due = tuple[Delivery, Notice, Person]


@dataclass(frozen=True)
class Tried:
    """What one try came to, and the status that the other side said, if any.

    When the way is *broken*, another has to be opened for whoever is next.
    """

    result: Result
    status: int | None = None
    trouble: str | None = None
    broken: bool = False


def give_back_expired(session: Session, channel: Channel, at: datetime) -> None:
    """Let be tried again what somebody took who has died since.

    Nobody knows whether its letter was taken.
    """
    expired = update(Delivery).where(
        col(Delivery.channel) == channel,
        col(Delivery.state) == _D.SENDING,
        col(Delivery.claimed_until) <= at,
    )
    back = expired.values(
        state=_D.WAITING,
        claim=None,
        claimed_until=None,
        unsure=Delivery.unsure + 1,
    )
    session.exec(_quietly(back))


def due(session: Session, channel: Channel, at: datetime, limit: int) -> Sequence[Due]:
    """Read what is due on a channel, the longest first, and keep it from others."""
    found: Sequence[Due] = session.exec(_due(channel, at).limit(limit)).all()
    return found


def due_of(
    session: Session, channel: Channel, at: datetime, people: Collection[str]
) -> Sequence[Due]:
    """Read all that is due on a channel to some people, and keep it from others."""
    theirs = _due(channel, at).where(one_of(Notice.recipient, people))
    found: Sequence[Due] = session.exec(theirs).all()
    return found


def _due(channel: Channel, at: datetime) -> Any:
    return (
        select(Delivery, Notice, Person)
        .join(Notice, col(Notice.id) == col(Delivery.notice))
        .join(Person, col(Person.id) == col(Notice.recipient))
        .where(
            Delivery.channel == channel,
            Delivery.state == _D.WAITING,
            Delivery.due_at <= at,
        )
        .order_by(col(Delivery.due_at), col(Delivery.id))
        .with_for_update(of=Delivery, skip_locked=True)
    )


def claim(
    session: Session, rows: Collection[int], by: UUID, at: datetime, until: datetime
) -> None:
    """Take deliveries: nobody else tries them before *until*."""
    which = update(Delivery).where(one_of(Delivery.id, rows))
    first = func.coalesce(Delivery.first_at, at)
    taken = which.values(
        state=_D.SENDING,
        claim=by,
        claimed_until=until,
        first_at=first,
        tries=Delivery.tries + 1,
    )
    session.exec(_quietly(taken))


def gather(session: Session, rows: Collection[int], letter: str) -> None:
    """Say with which message deliveries go out together, now and ever after."""
    which = update(Delivery).where(one_of(Delivery.id, rows))
    session.exec(_quietly(which.values(letter=letter)))


def keep_back(session: Session, rows: Collection[int]) -> None:
    """Hold what was written while somebody began to hold it."""
    which = update(Delivery).where(one_of(Delivery.id, rows))
    session.exec(_quietly(which.values(state=_D.HELD)))


def renew(session: Session, by: UUID, until: datetime) -> frozenset[int]:
    """Keep what one has taken for longer; return what that still is."""
    ours = col(Delivery.claim) == by
    session.exec(_quietly(update(Delivery).where(ours).values(claimed_until=until)))
    return frozenset(x or 0 for x in session.exec(select(Delivery.id).where(ours)))


def _quietly(statement: Any) -> Any:
    """Leave rows that were read as they were read."""
    return statement.execution_options(synchronize_session=False)


def end(
    session: Session,
    rows: Collection[int],
    state: DeliveryState,
    cause: Cause,
    at: datetime,
) -> None:
    """End deliveries that nobody tries, or tries any more."""
    which = update(Delivery).where(one_of(Delivery.id, rows))
    session.exec(_quietly(which.values(state=state, cause=cause, ended_at=at)))


def settle(
    session: Session, key: int, tries: int, by: UUID, tried: Tried, at: datetime
) -> DeliveryState | None:
    """Write down what a try came to; None when somebody else has taken it since.

    So many *tries* were made before.
    """
    values = _after(tries + 1, tried, at)
    which = update(Delivery).where(col(Delivery.id) == key, col(Delivery.claim) == by)
    taken = which.values(claim=None, claimed_until=None, status=tried.status, **values)
    if not session.exec(_quietly(taken)).rowcount:
        return None
    state: DeliveryState = values["state"]
    return state


def _after(tries: int, tried: Tried, at: datetime) -> dict[str, Any]:
    match tried.result:
        case Result.SENT:
            return {"state": _D.SENT, "ended_at": at}
        case Result.NO_SUCH_ADDRESS:
            return _ended(_D.BOUNCED, Cause.NO_SUCH_ADDRESS, at)
        case Result.REFUSED:
            return _ended(_D.FAILED, Cause.REFUSED, at)
        case Result.AWAY:
            # Nothing was handed over: that was no try.
            return {"state": _D.WAITING, "tries": Delivery.tries - 1}
        case Result.UNKNOWN:
            again = {"unsure": Delivery.unsure + 1}
        case Result.LATER:
            again = {}
    if tries >= MOST_TRIES:
        return {**again, **_ended(_D.FAILED, Cause.TOO_OFTEN, at)}
    due_at = at + try_again_after(tries)
    return {**again, "state": _D.WAITING, "due_at": due_at}


def _ended(state: DeliveryState, cause: Cause, at: datetime) -> dict[str, Any]:
    return {"state": state, "cause": cause, "ended_at": at}


def channel_row(session: Session, channel: Channel) -> OutboxChannel:
    """Read how a channel is."""
    return session.get_one(OutboxChannel, channel)


def note_away(row: OutboxChannel, trouble: str, at: datetime) -> None:
    """Let a channel rest that cannot be reached, longer each time."""
    row.failures += 1
    row.away_since = row.away_since or at
    row.trouble = trouble
    row.resume_at = at + ask_again_after(row.failures)


def note_well(row: OutboxChannel, at: datetime) -> None:
    """Say that a channel was reached just now."""
    row.failures, row.away_since, row.trouble, row.resume_at = 0, None, None, None
    row.last_at = at


def next_back(session: Session, channel: Channel) -> datetime | None:
    """Find when what somebody has taken may next be tried by others."""
    taken = select(func.min(Delivery.claimed_until)).where(
        Delivery.channel == channel, Delivery.state == _D.SENDING
    )
    return session.exec(taken).one()


def next_at(session: Session, channel: Channel) -> datetime | None:
    """Find when something is next due on a channel."""
    waiting = select(func.min(Delivery.due_at)).where(
        Delivery.channel == channel, Delivery.state == _D.WAITING
    )
    return session.exec(waiting).one()
