"""Commands found: by their ids, by their turn, and which wait."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import exists, inspect
from sqlmodel import Session, col, select

from domain.refusals import unknown
from domain.states import CommandState
from store.database import one_of
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
    return list(session.exec(select(Command).where(one_of(col(Command.id), ids))))


def again(session: Session, command_id: UUID) -> Turn:
    """Find one that was received before. Raises Refused (`unknown_command`)."""
    return turn_of(session, find(session, command_id))


def turn_of(session: Session, command: Command) -> Turn:
    """Look whether it is a command's turn to be sent."""
    return Turn(command, session.exec(select(older_waits(command))).one())


_EACH = inspect(Command).local_table.alias()


def older_waits(command: Command) -> Any:
    """Ask whether an older one waits; one that is being written is the youngest."""
    each = _EACH.c
    is_older = each.id != command.id if command.seq is None else each.seq < command.seq
    waits = (each.target == command.target, each.state == CommandState.RECEIVED)
    return exists().where(*waits, is_older)
