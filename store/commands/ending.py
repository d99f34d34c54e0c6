"""A command ends, exactly once: applied, refused, set aside or discarded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, func, inspect, true, update
from sqlmodel import Session, col, select

from domain.refusals import Refusal, Refused
from domain.states import SET_ASIDE, CommandState, WindowState
from intake.office.contradictions import NOT_STUCK
from store.clock import NOW
from store.database import Versions, one_of
from store.tables import Campaign, Chain, Command, Phase, Window

_COMMANDS: Any = inspect(Command).local_table
_END = update(_COMMANDS).where(_COMMANDS.c.id == bindparam("command"))


class HeldCommand(NamedTuple):
    """A command, as a plain row; where it is done, and what time it is there."""

    command: Any
    campaign: Campaign
    phase: Phase | None
    at: datetime


def hold(session: Session, command_ids: Sequence[UUID]) -> list[HeldCommand]:
    """Take commands that are to be ended, so that nobody else ends them.

    They come in the order in which they were received; their ends are written by `end`.
    """
    asked = {"commands": command_ids}
    return [
        HeldCommand(row, *row[_WIDTH:]) for row in session.exec(_HOLD, params=asked)
    ]


_WIDTH = len(_COMMANDS.c)


_HELD: Any = (*_COMMANDS.c, Campaign, Phase, NOW)
_HOLD: Any = (
    select(*_HELD)
    .select_from(_COMMANDS)
    .join(Campaign, col(Campaign.id) == _COMMANDS.c.campaign)
    .outerjoin(Phase, col(Phase.id) == _COMMANDS.c.phase)
    .where(one_of(_COMMANDS.c.id, bindparam("commands")))
    .order_by(_COMMANDS.c.seq)
    .with_for_update(key_share=True, of=_COMMANDS)
)


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


def end(session: Session, ends: Mapping[UUID, Mapping[str, Any]]) -> None:
    """Write the ends of commands that are held, all of one kind."""
    if ends:
        rows = [{"command": key, **values} for key, values in ends.items()]
        session.connection().execute(_END, rows)


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
