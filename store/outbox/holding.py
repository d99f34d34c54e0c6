"""What is held back, let go and thrown away by hand."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, select, update

from domain.outgoing.deliveries import Cause, DeliveryState
from store.database import insert_missing, one_of
from store.tables import Delivery, Notice, OutboxHold
from store.tables.outbox import EVERY

_D = DeliveryState


def scopes_held(session: Session) -> frozenset[str]:
    """Name what is held: campaigns, or everything."""
    return frozenset(session.exec(select(OutboxHold.scope)))


def holds(session: Session) -> Sequence[OutboxHold]:
    """Read what is held, since when and by whom."""
    return session.exec(select(OutboxHold).order_by(OutboxHold.scope)).all()


def hold(session: Session, scope: str, by: str, at: datetime) -> int:
    """Hold what waits, and what is still to come; return how much waited."""
    row = {"scope": scope, "since": at, "held_by": by}
    insert_missing(session, OutboxHold, [row])
    waiting = update(Delivery).where(col(Delivery.state) == _D.WAITING, _within(scope))
    return _count(session, waiting.values(state=_D.HELD))


def release(session: Session, scope: str, goes_at: datetime) -> int:
    """Let go what was held, unless it is held by another scope too; say how much."""
    session.exec(delete(OutboxHold).where(col(OutboxHold.scope) == scope))
    left = scopes_held(session)
    if EVERY in left:
        return 0
    which = update(Delivery).where(col(Delivery.state) == _D.HELD, _within(scope))
    for other in sorted(left):
        which = which.where(~_within(other))
    return _count(session, which.values(state=_D.WAITING, due_at=goes_at))


def discard(
    session: Session, scope: str, chosen: Sequence[int] | None, at: datetime
) -> int:
    """Throw away what is held, or of that what is *chosen*; return how much."""
    which = update(Delivery).where(col(Delivery.state) == _D.HELD, _within(scope))
    if chosen is not None:
        which = which.where(one_of(Delivery.id, chosen))
    thrown = {"state": _D.DISCARDED, "cause": Cause.BY_HAND, "ended_at": at}
    return _count(session, which.values(**thrown))


def try_again(session: Session, key: int, goes_at: datetime) -> bool:
    """Let one go out that has failed, or come back; False when it is no such one."""
    which = update(Delivery).where(
        col(Delivery.id) == key, col(Delivery.state).in_((_D.FAILED, _D.BOUNCED))
    )
    again = {"state": _D.WAITING, "cause": None, "ended_at": None, "tries": 0}
    return _count(session, which.values(**again, due_at=goes_at)) == 1


def returned(session: Session, key: int, at: datetime) -> bool:
    """Say that a letter has come back; False when it was not sent."""
    which = update(Delivery).where(
        col(Delivery.id) == key, col(Delivery.state) == _D.SENT
    )
    back = {"state": _D.BOUNCED, "cause": Cause.RETURNED, "ended_at": at}
    return _count(session, which.values(**back)) == 1


def _within(scope: str) -> Any:
    if scope == EVERY:
        return col(Delivery.id).is_not(None)
    theirs = select(Notice.id).where(Notice.campaign == scope)
    return col(Delivery.notice).in_(theirs)


def _count(session: Session, statement: Any) -> int:
    quietly = statement.execution_options(synchronize_session=False)
    found: int = session.exec(quietly).rowcount
    return found
