"""A command ends, exactly once: applied, refused, set aside or discarded."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, inspect, true, update
from sqlmodel import Session, col, select

from domain.refusals import Refusal, Refused
from domain.states import SET_ASIDE, CommandState, WindowState
from intake.office.contradictions import NOT_STUCK
from store.database import Versions
from store.tables import Campaign, Chain, Command, Window

_COMMANDS: Any = inspect(Command).local_table
_HOLD = (
    select(*_COMMANDS.c)
    .where(_COMMANDS.c.id == bindparam("command"))
    .with_for_update(key_share=True)
)
_END = update(_COMMANDS).where(_COMMANDS.c.id == bindparam("command"))


def hold(session: Session, command_id: UUID) -> Any:
    """Take a command that is to be ended, so that nobody else ends it.

    It comes as a plain row: its end is written by `end`.
    """
    return session.connection().execute(_HOLD, {"command": command_id}).one()


def versions(command_id: UUID) -> Versions:
    """Ask for all that an act is judged by: whether it has ended, and the records."""
    return lambda connection: connection.execute(
        _VERSIONS, {"command": command_id}
    ).all()


# Without a word in any record time closes a window, and a draft is written over.
_CLOSING = select(func.count()).where(Window.state == WindowState.CLOSING)
_ASKED: Any = (
    _COMMANDS.c.state,
    Chain.campaign,
    Chain.seq,
    Campaign.version,
    _CLOSING.scalar_subquery(),
)
_VERSIONS: Any = (
    select(*_ASKED)
    .select_from(_COMMANDS)
    .join(Chain, true())
    .outerjoin(Campaign, col(Campaign.id) == _COMMANDS.c.campaign)
    .where(_COMMANDS.c.id == bindparam("command"))
    .order_by(Chain.campaign)
)


def end(session: Session, command_id: UUID, values: Mapping[str, Any]) -> None:
    """Write the end of a command that is held."""
    session.connection().execute(_END, {"command": command_id, **values})


def applied(answer: dict[str, Any], at: datetime) -> dict[str, Any]:
    """Say of a command that it is done; who asks again gets the same answer."""
    return {"state": CommandState.APPLIED, "answer": answer, "ended_at": at}


def refused(refusals: Iterable[Refusal], at: datetime) -> dict[str, Any]:
    """Say of a command that it is refused, with every reason."""
    return {
        "state": CommandState.REFUSED,
        "refusals": _as_kept(refusals),
        "ended_at": at,
    }


def _as_kept(refusals: Iterable[Refusal]) -> list[dict[str, Any]]:
    return [asdict(refusal) for refusal in refusals]


def refuse_command(
    command: Command, refusals: tuple[Refusal, ...], at: datetime
) -> None:
    """End a command as refused, with every reason; nothing follows from it."""
    command.state, command.ended_at = CommandState.REFUSED, at
    command.followed_up = True
    command.refusals = _as_kept(refusals)


def try_again(command: Command) -> None:
    """Put a command that was set aside back in line; it keeps the moment of its coming.

    Raises Refused (`unknown_command`, `not_stuck`).
    """
    _require_set_aside(command)
    command.state = CommandState.RECEIVED
    command.tries += 1
    command.followed_up = False


def discard(command: Command, because: Refusal, at: datetime) -> None:
    """End a command that was set aside, for good. Raises Refused (`not_stuck`)."""
    _require_set_aside(command)
    refuse_command(command, (because,), at)
    command.state = CommandState.DISCARDED


def _require_set_aside(command: Command) -> None:
    if command.state not in SET_ASIDE:
        raise Refused(NOT_STUCK)
