"""What a rehearsal asks again and again, in one question: has anything happened?"""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func
from sqlmodel import Session, col, select

from domain.states import CommandState
from store.clock import STANDS_AT, NotARehearsal
from store.tables import Chain, Command


class Glance(NamedTuple):
    """How things stand; the same again where nothing has happened since.

    At which *moment* the clock stands, how many commands wait, how often any was tried
    for the first time or again, and how many acts all chains have: the last two only
    grow.
    """

    moment: datetime
    waiting: int
    tries: int
    acts: int


_ACTS: Any = select(func.coalesce(func.sum(Chain.seq), 0)).scalar_subquery()
_GLANCE: Any = select(
    STANDS_AT,
    func.count().filter(col(Command.state) == CommandState.RECEIVED),
    func.coalesce(func.sum(Command.tries), 0),
    _ACTS,
).select_from(Command)


def glance(session: Session) -> Glance:
    """See how things stand. Raises NotARehearsal."""
    seen = Glance(*session.connection().execute(_GLANCE).one())
    if seen.moment is None:
        raise NotARehearsal
    return seen
