"""What the ledger says: how the channels are, how much waits, and each delivery."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlmodel import Session, col, func, select

from domain.outgoing.deliveries import DeliveryState
from store.database import one_of
from store.tables import Delivery, LetterWish, Notice, OutboxChannel, Person

_D = DeliveryState
# What is sent, or over, is the most and says nothing of today.
OPEN = (_D.HELD, _D.WAITING, _D.SENDING, _D.FAILED, _D.BOUNCED)
Listed = tuple[Delivery, Notice]


def channels(session: Session) -> Sequence[OutboxChannel]:
    """Read how every channel is."""
    return session.exec(select(OutboxChannel).order_by(OutboxChannel.channel)).all()


def counts(session: Session) -> dict[tuple[str, str], int]:
    """Count what is not done, by channel and state."""
    query = (
        select(Delivery.channel, Delivery.state, func.count())
        .where(col(Delivery.state).in_(OPEN))
        .group_by(Delivery.channel, Delivery.state)
    )
    return {(channel, state): n for channel, state, n in session.exec(query)}


def listed(
    session: Session, state: DeliveryState, after: int, limit: int
) -> Sequence[Listed]:
    """Read deliveries in a state, in the order in which they were planned."""
    query = (
        select(Delivery, Notice)
        .join(Notice, col(Notice.id) == col(Delivery.notice))
        .where(Delivery.state == state, col(Delivery.id) > after)
        .order_by(col(Delivery.id))
        .limit(limit)
    )
    return session.exec(query).all()


def _whole() -> Any:
    return (
        select(Delivery, Notice, Person)
        .join(Notice, col(Notice.id) == col(Delivery.notice))
        .join(Person, col(Person.id) == col(Notice.recipient))
    )


def delivery(session: Session, key: int) -> tuple[Delivery, Notice, Person] | None:
    """Read one delivery, its notice, and to whom it goes."""
    query: Any = _whole().where(Delivery.id == key)
    found: tuple[Delivery, Notice, Person] | None = session.exec(query).first()
    return found


def sent_as(
    session: Session, keys: Collection[str]
) -> Sequence[tuple[Delivery, Notice, Person]]:
    """Read what was sent under some keys, alone or together with others."""
    alike = one_of(Delivery.key, keys) | one_of(Delivery.letter, keys)
    query: Any = _whole().where(Delivery.state == _D.SENT, alike)
    found: Sequence[tuple[Delivery, Notice, Person]] = session.exec(query).all()
    return found


def wishes_of(session: Session, people: Any) -> dict[str, LetterWish]:
    """Read how some people want their letters."""
    rows = session.exec(select(LetterWish).where(people))
    return {row.person: row for row in rows}
