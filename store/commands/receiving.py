"""A command is received: once by its key, in the order of its coming."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, inspect
from sqlmodel import Session, select

from domain.record import digest_of
from domain.refusals import Refused
from intake.office.contradictions import KEY_REUSED
from store.clock import now
from store.commands.finding import Turn, others_wait, turn_of
from store.database import insert_once
from store.tables import Command, Window


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
        apart = ("key", "delegation")
        same = {name: said for name, said in vars(self).items() if name not in apart}
        return digest_of(same)


Entitle = Callable[[Intent, datetime], Intent]


class SentBefore(NamedTuple):
    """What was sent before with a key, if anything, and when it was looked for."""

    sent: Command | None
    at: datetime


def receive(
    session: Session,
    intent: Intent,
    entitle: Entitle = lambda intent, _at: intent,
    looked: SentBefore | None = None,
) -> Turn:
    """Write the command down, or find the one that was sent with this key before.

    The key comes first: what was received once keeps its answer, whatever has become
    of the sender's right since. Of a new one the window's row is held shared, and the
    clock asked only then: whoever closes the window waits for us, or we get a moment
    after its end. What has none is received when it was *looked* for. *entitle* comes
    last: it adds the power that the act has at that moment, or refuses.

    Raises Refused (`key_reused`) when the key came with another body.
    """
    sent = looked.sent if looked else _with_key(session, intent.actor, intent.key)
    if sent:
        _require_same(intent, sent)
        return turn_of(session, sent)
    if intent.window is not None:
        _hold_window(session, intent)
    at = looked.at if looked and intent.window is None else now(session)
    new = _insert(session, entitle(intent, at), at)
    # The same key may just have come by another connection.
    return new or receive(session, intent, entitle)


def is_known(session: Session, actor: str, key: str) -> bool:
    """Say whether somebody has sent anything with a key."""
    return _with_key(session, actor, key) is not None


def _with_key(session: Session, actor: str, key: str) -> Command | None:
    asked = {"actor": actor, "key": key}
    found: Command | None = session.exec(_WITH_KEY, params=asked).first()
    return found


_WITH_KEY: Any = select(Command).where(
    Command.actor == bindparam("actor"), Command.idempotency_key == bindparam("key")
)


def _require_same(intent: Intent, known: Command) -> None:
    # Whoever does not say for whom asks for what was asked before.
    same = replace(intent, behalf=intent.behalf or known.behalf)
    if known.fingerprint != same.fingerprint():
        raise Refused(KEY_REUSED)


def _hold_window(session: Session, intent: Intent) -> None:
    # SQLite has let in nobody else who writes.
    if session.get_bind().dialect.name == "postgresql":
        asked = {"phase": intent.phase, "department": intent.department}
        session.connection().execute(_WINDOW, asked | {"kind": intent.window})


_WINDOW: Any = (
    select(Window.kind)
    .where(
        Window.phase == bindparam("phase"),
        Window.kind == bindparam("kind"),
        Window.department == bindparam("department"),
    )
    .with_for_update(read=True)
)


def _insert(session: Session, intent: Intent, at: datetime) -> Turn | None:
    said = dict(vars(intent))
    command = Command(
        payload=said.pop("body"),
        idempotency_key=said.pop("key"),
        fingerprint=intent.fingerprint(),
        received_at=at,
        **said,
    )
    row = {name: getattr(command, name) for name in _COLUMNS}
    new = insert_once(session, Command, row, _COMMANDS.c.seq, others_wait(command))
    if new is None:
        return None
    command.seq, waits = new
    return Turn(command, waits)


_COMMANDS: Any = inspect(Command).local_table
_COLUMNS = tuple(each.name for each in _COMMANDS.c if each.name != "seq")
