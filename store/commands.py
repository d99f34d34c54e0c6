"""The command's row: received once, in order, and ended exactly once."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, func, inspect, true, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from domain.record import canonical
from domain.refusals import Refusal, Refused, unknown
from domain.states import SET_ASIDE, CommandState, WindowState
from intake.office.contradictions import KEY_REUSED, NOT_STUCK
from store.clock import now
from store.database import Versions, insert_once, lock_shared
from store.tables import Chain, Command, Window


@dataclass(frozen=True)
class Intent:
    """What somebody asks for, before it has a row."""

    actor: str
    kind: str
    campaign: str
    target: str
    body: dict[str, Any]
    key: str
    behalf: str | None = None
    delegation: str | None = None
    phase: str | None = None
    department: str | None = None
    window: str | None = None

    def fingerprint(self) -> str:
        """Digest all that must be the same when the key is the same.

        The power that an act rests on is none of it: what is asked stays the same.
        """
        same = asdict(self)
        del same["key"], same["delegation"]
        return hashlib.sha256(canonical(same)).hexdigest()


Entitle = Callable[[Intent, datetime], Intent]


def receive(
    session: Session, intent: Intent, entitle: Entitle = lambda intent, _at: intent
) -> Command:
    """Write the command down, or find the one that was sent with this key before.

    The key comes first: what was received once keeps its answer, whatever has become
    of the sender's right since. Of a new one the window's row is held shared, and the
    clock asked only then: whoever closes the window waits for us, or we get a moment
    after its end. *entitle* comes last: it adds the power that the act has at that
    moment, or refuses.

    Raises Refused (`key_reused`) when the key came with another body.
    """
    if known := _sent_before(session, intent):
        return known
    _hold_window(session, intent)
    at = now(session)
    new = _insert(session, entitle(intent, at), at)
    # The same key may just have come by another connection.
    return new or receive(session, intent, entitle)


def _sent_before(session: Session, intent: Intent) -> Command | None:
    sent_with_key = select(Command).where(
        Command.actor == intent.actor, Command.idempotency_key == intent.key
    )
    known = session.exec(sent_with_key).first()
    if known is None:
        return None
    # Whoever does not say for whom asks for what was asked before.
    same = replace(intent, behalf=intent.behalf or known.behalf)
    if known.fingerprint != same.fingerprint():
        raise Refused(KEY_REUSED)
    return known


def _hold_window(session: Session, intent: Intent) -> None:
    if intent.window is not None:
        lock_shared(
            session,
            Window,
            Window.phase == intent.phase,
            Window.kind == intent.window,
            Window.department == intent.department,
        )


def _insert(session: Session, intent: Intent, at: datetime) -> Command | None:
    command = Command(
        **{
            name: value
            for name, value in asdict(intent).items()
            if name not in ("body", "key")
        },
        payload=intent.body,
        idempotency_key=intent.key,
        fingerprint=intent.fingerprint(),
        received_at=at,
    )
    return insert_once(session, Command, command.model_dump(exclude={"seq"}))


def get(session: Session, command_id: UUID) -> Command | None:
    """Find a command by its id."""
    return session.exec(select(Command).where(Command.id == command_id)).first()


def find(session: Session, command_id: UUID) -> Command:
    """Find a command by its id. Raises Refused (`unknown_command`)."""
    found = get(session, command_id)
    if found is None:
        raise unknown("command", command_id)
    return found


class Turn(NamedTuple):
    """A command, and whether an older one to the same target *waits* before it."""

    command: Command
    waits: bool


_OLDER = aliased(Command)
_TURN: Any = select(
    Command,
    select(_OLDER.seq)
    .where(
        _OLDER.target == col(Command.target),
        _OLDER.state == CommandState.RECEIVED,
        col(_OLDER.seq) < col(Command.seq),
    )
    .exists(),
).where(Command.id == bindparam("id"))


def turn_of(session: Session, command_id: UUID) -> Turn:
    """Look whether it is a command's turn to be sent."""
    return Turn(*session.exec(_TURN, params={"id": command_id}).one())


def heads(session: Session) -> list[Command]:
    """List the oldest waiting command of every target."""
    first = (
        select(func.min(Command.seq))
        .where(Command.state == CommandState.RECEIVED)
        .group_by(col(Command.target))
    )
    return list(
        session.exec(
            select(Command)
            .where(col(Command.seq).in_(first))
            .order_by(col(Command.seq))
        )
    )


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


_ENDS = select(Command.state, Command.seq, Command.tries, Command.target)


def ended(session: Session) -> tuple[frozenset[CommandEnd], bool]:
    """List every end that a command has come to, and say whether one still waits."""
    rows = session.exec(_ENDS).all()
    ends = (
        CommandEnd(*row) for state, *row in rows if state is not CommandState.RECEIVED
    )
    found = frozenset(ends)
    return found, len(found) < len(rows)


def departments_set_aside(phase: str, kinds: Iterable[str]) -> Any:
    """Select the departments of a phase of which a command of such a kind is aside."""
    return select(Command.department).where(
        Command.phase == phase,
        col(Command.kind).in_(kinds),
        col(Command.state).in_(SET_ASIDE),
        col(Command.department).is_not(None),
    )


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
    """Ask for all that an act is judged by: whether it has ended, and the records.

    And which windows are being closed, which time does without a word in any record.
    """
    return lambda connection: connection.execute(
        _VERSIONS, {"command": command_id}
    ).all()


_CLOSING = select(func.count()).where(Window.state == WindowState.CLOSING)
_VERSIONS: Any = (
    select(_COMMANDS.c.state, Chain.campaign, Chain.seq, _CLOSING.scalar_subquery())
    .join(Chain, true())
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
    said = [asdict(refusal) for refusal in refusals]
    return {"state": CommandState.REFUSED, "refusals": said, "ended_at": at}


def refuse_command(
    command: Command, refusals: tuple[Refusal, ...], at: datetime
) -> None:
    """End a command as refused, with every reason."""
    said = refused(refusals, at)
    command.state, command.ended_at = CommandState.REFUSED, at
    command.refusals = said["refusals"]


def try_again(command: Command) -> None:
    """Put a command that was set aside back in line; it keeps the moment of its coming.

    Raises Refused (`unknown_command`, `not_stuck`).
    """
    _require_set_aside(command)
    command.state = CommandState.RECEIVED
    command.tries += 1


def discard(command: Command, because: Refusal, at: datetime) -> None:
    """End a command that was set aside, for good. Raises Refused (`not_stuck`)."""
    _require_set_aside(command)
    refuse_command(command, (because,), at)
    command.state = CommandState.DISCARDED


def _require_set_aside(command: Command) -> None:
    if command.state not in SET_ASIDE:
        raise Refused(NOT_STUCK)
