"""The commands that wait: for their turn, a window, an end, or what follows."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func, not_, update
from sqlmodel import Session, col, select

from domain.states import SET_ASIDE, CommandState
from store.database import made_once, one_of
from store.tables import Command


def in_line(session: Session, target: str, most: int) -> list[Any]:
    """List the oldest commands that wait for a target: id, kind, received when, tries.

    Plain rows, since what people say can be long and is not asked for.
    """
    row: Any = (Command.id, Command.kind, Command.received_at, Command.tries)
    waits = (Command.target == target, Command.state == CommandState.RECEIVED)
    query = select(*row).where(*waits).order_by(col(Command.seq)).limit(most)
    return list(session.exec(query))


def heads(session: Session) -> list[Command]:
    """List the oldest waiting command of every target."""
    return list(_heads(session))


@made_once
def _heads() -> Any:
    first = (
        select(func.min(Command.seq))
        .where(Command.state == CommandState.RECEIVED)
        .group_by(col(Command.target))
    )
    oldest = select(Command).where(col(Command.seq).in_(first))
    return oldest.order_by(col(Command.seq))


class Owed(NamedTuple):
    """What has ended, and the engine has not said that it has followed it up."""

    id: UUID
    target: str
    start: list[str]
    wake: list[str]


def owed(session: Session, most: int) -> list[Owed]:
    """List the oldest acts that have ended and are not followed up yet."""
    return [Owed(*each) for each in _owed(session, most=most)]


@made_once
def _owed(most: Any) -> Any:
    row: Any = (Command.id, Command.target, Command.start, Command.wake)
    owing = (Command.state != CommandState.RECEIVED, not_(col(Command.followed_up)))
    return select(*row).where(*owing).order_by(col(Command.seq)).limit(most)


def settle(session: Session, ids: Sequence[UUID]) -> None:
    """Note that the engine has followed up what has ended of these."""
    ended = (one_of(col(Command.id), ids), col(Command.state) != CommandState.RECEIVED)
    session.exec(update(Command).where(*ended).values(followed_up=True))


def waiting(session: Session, before: datetime, *where: Any) -> int:
    """Count the commands received before a moment that have not ended."""
    return session.exec(
        select(func.count())
        .select_from(Command)
        .where(
            Command.state == CommandState.RECEIVED,
            Command.received_at < before,
            *where,
        )
    ).one()


class CommandEnd(NamedTuple):
    """That a command has ended, for the first time or after another try."""

    seq: int
    tries: int
    target: str


_ENDS = select(Command.seq, Command.tries, Command.target).where(
    Command.state != CommandState.RECEIVED
)


def ended(session: Session) -> frozenset[CommandEnd]:
    """List every end that a command has come to."""
    return frozenset(CommandEnd(*row) for row in session.exec(_ENDS))


def departments_set_aside(phase: str, kinds: Iterable[str]) -> Any:
    """Select the departments of a phase of which a command of such a kind is aside."""
    return select(Command.department).where(
        Command.phase == phase,
        col(Command.kind).in_(kinds),
        col(Command.state).in_(SET_ASIDE),
        col(Command.department).is_not(None),
    )
