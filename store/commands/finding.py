"""Commands found: by their ids, by their turn, and which wait."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import exists, inspect
from sqlmodel import Session, col, select

from domain.refusals import unknown
from domain.states import CommandState
from store.database import made_once, one_of
from store.tables import Command


class Turn(NamedTuple):
    """A command, and whether an older one to the same target *waits* before it."""

    command: Command
    waits: bool


def get(session: Session, command_id: UUID) -> Command | None:
    """Find a command by its id."""
    return session.exec(select(Command).where(Command.id == command_id)).first()


def find(session: Session, command_id: UUID) -> Command:
    """Find a command by its id. Raises Refused (`unknown_command`)."""
    found = get(session, command_id)
    if found is None:
        raise unknown("command", command_id)
    return found


def find_all(session: Session, ids: Sequence[UUID]) -> list[Command]:
    """Find commands by their ids."""
    return list(_by_ids(session, ids=ids))


@made_once
def _by_ids(ids: Any) -> Any:
    return select(Command).where(one_of(col(Command.id), ids))


def again(session: Session, command_id: UUID) -> Turn:
    """Find one that was received before. Raises Refused (`unknown_command`)."""
    return turn_of(session, find(session, command_id))


def turn_of(session: Session, command: Command) -> Turn:
    """Look whether it is a command's turn to be sent."""
    asked = {"target": command.target, "seq": command.seq}
    return Turn(command, _older_waits(session, **asked).one())


@made_once
def _older_waits(target: Any, seq: Any) -> Any:
    return select(_waits(target, _OTHERS.seq < seq))


def others_wait(new: Command) -> Any:
    """Ask whether others wait before one that is being written, as the youngest."""
    return _waits(new.target, _OTHERS.id != new.id)


def _waits(target: Any, which: Any) -> Any:
    of_target = _OTHERS.target == target, _OTHERS.state == CommandState.RECEIVED
    return exists().where(*of_target, which)


_OTHERS: Any = inspect(Command).local_table.alias().c
