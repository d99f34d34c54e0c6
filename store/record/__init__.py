"""The record's rows: an act is appended under the head of its chain."""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import and_, bindparam, case, delete, func, insert, inspect, or_, update
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from domain.record import (
    GENESIS,
    OFFICE,
    PROCESS,
    Link,
    TracedLink,
    digest_link,
    digest_of,
    digest_payload,
)
from domain.record.files import FILE_ACTS
from domain.record.tending import SET_ASIDE_ACTS, TENDING
from domain.record.traces import Trace
from store.clock import now
from store.database import lock, one_of
from store.tables import Act, ActPayload, Chain, Command

_SALT_BYTES = 16
_LONG: tuple[Any, ...] = Act.lines, Act.trace
# Acts are read so: some at a time, since what one said can be long.
SOME: Any = {"execution_options": {"yield_per": 5}}
# An act, what it said unless that is erased, and at what it was aimed.
Linked = tuple[Act, ActPayload | None, str | None]


def begin_chain(session: Session, campaign: str) -> None:
    """Give a new campaign its empty chain."""
    session.add(Chain(campaign=campaign, seq=0, digest=GENESIS))


def hold_office(session: Session) -> None:
    """Keep everybody else from acting on the office's rows until the end."""
    lock(session, Chain, Chain.campaign == OFFICE)


def head(session: Session, campaign: str) -> int:
    """Return how many acts a chain has."""
    return session.exec(select(Chain.seq).where(Chain.campaign == campaign)).one()


_HEADS = select(Chain.campaign, Chain.seq).order_by(Chain.campaign)


def heads(session: Session) -> list[tuple[str, int]]:
    """Return how many acts every chain has: who finds them the same missed nothing."""
    return list(session.exec(_HEADS))


def head_link(session: Session, campaign: str) -> tuple[int, str]:
    """Return the last link of a chain: its place and its digest."""
    query = select(Chain.seq, Chain.digest).where(Chain.campaign == campaign)
    seq, digest = session.exec(query).one()
    return seq, digest


def last_links(session: Session) -> list[tuple[str, int, str, datetime]]:
    """Return the last link of each chain: its place, its digest, and of when it is."""
    query = (
        select(Chain.campaign, Chain.seq, Chain.digest, Act.at)
        .join(Act, col(Act.campaign) == col(Chain.campaign))
        .where(col(Act.seq) == col(Chain.seq))
    )
    return list(session.exec(query.order_by(Chain.campaign)))


class NewAct(NamedTuple):
    """An act that is to be recorded: what it says, and what it leaves in the rows."""

    act: Act
    payload: dict[str, Any]
    trace: Trace | None = None


def append(
    session: Session,
    act: Act,
    payload: dict[str, Any],
    trace: Trace | None = None,
) -> int:
    """Append one act as `append_all` does; return its place in the chain."""
    append_all(session, [NewAct(act, payload, trace)])
    return act.seq


def append_all(session: Session, entries: Sequence[NewAct]) -> None:
    """Append acts, and give each its place in its chain, its links and its digests.

    With the *trace* of one stands what time has told since the last that has a trace.
    Call it last, for it holds the heads of the chains until the end.
    """
    session.flush()
    payloads = list[dict[str, Any]]()
    for act, payload, _ in entries:
        salt = secrets.token_bytes(_SALT_BYTES)
        payloads.append({"act": act.id, "salt": salt, "payload": payload})
        act.at = act.at.astimezone(UTC)  # as it will be read again
        act.many = len(act.lines)
        act.payload_digest = digest_payload(salt, payload)
    for chain in sorted({entry.act.campaign for entry in entries}):
        _link_on(session, chain, [e for e in entries if e.act.campaign == chain])
    connection = session.connection()
    acts = [{name: getattr(e.act, name) for name in _ACT_COLUMNS} for e in entries]
    connection.execute(_ACT, acts)
    connection.execute(_PAYLOAD, payloads)


def _link_on(session: Session, chain: str, entries: Iterable[NewAct]) -> None:
    """Link acts to the head of their chain, and move it to the last of them."""
    connection, asked = session.connection(), {"chain": chain}
    seq, digest, told = connection.execute(_HEAD, asked).one()
    for act, _, trace in entries:
        act.seq, act.previous = seq + 1, digest
        if trace is not None:
            act.trace, told = trace.as_data(told), []
        seq, digest = act.seq, digest_link(link(act))
        act.digest = digest
    head = {"seq": seq, "digest": digest, "told": told}
    connection.execute(_MOVE_HEAD, asked | head)


def hold_told(session: Session, campaign: str, told: list[Any]) -> None:
    """Keep whom time has told until the next act, whose trace will have it."""
    connection, asked = session.connection(), {"chain": campaign}
    *_, before = connection.execute(_HEAD, asked).one()
    connection.execute(_MOVE_HEAD, asked | {"told": [*before, *told]})


_CHAINS: Any = inspect(Chain).local_table
_ACTS: Any = inspect(Act).local_table
_OURS = _CHAINS.c.campaign == bindparam("chain")
_HEAD = (
    select(_CHAINS.c.seq, _CHAINS.c.digest, _CHAINS.c.told)
    .where(_OURS)
    .with_for_update(key_share=True)
)
_MOVE_HEAD = update(_CHAINS).where(_OURS)
_ACT, _ACT_COLUMNS = insert(_ACTS), tuple(_ACTS.c.keys())
_PAYLOAD: Any = insert(ActPayload)


def append_office(
    session: Session, kind: str, payload: dict[str, Any], actor: str = PROCESS
) -> int:
    """Append an act to the office's chain: the operator's, unless of an *actor*."""
    act = Act(campaign=OFFICE, kind=kind, actor=actor, at=now(session))
    return append(session, act, payload, Trace())


def erase(session: Session, act: UUID) -> None:
    """Erase what an act said, here and in its command; the chain still verifies."""
    if session.get_bind().dialect.name == "sqlite":
        session.exec(delete(ActPayload).where(col(ActPayload.act) == act))
    else:
        session.exec(select(func.erase_payload(act)))
    command = session.exec(
        select(Command)
        .join(Act, col(Act.command) == col(Command.id))
        .where(Act.id == act)
    ).first()
    if command is not None:
        # The fingerprint has no salt: what was said could be guessed from it.
        command.payload, command.fingerprint = {}, ""
        session.add(command)


def acts_after(
    session: Session, campaign: str, seq: int, limit: int
) -> Iterator[Linked]:
    """Read a chain's acts from behind a place on: what they said, at what aimed.

    Some at a time. On which lines they are is left to be asked for.
    """
    query = (
        select(Act, ActPayload, AIMED)
        .options(*(defer(each, raiseload=True) for each in _LONG))
        .outerjoin(ActPayload, col(ActPayload.act) == col(Act.id))
        .outerjoin(Command, col(Command.id) == col(Act.command))
        .where(Act.campaign == campaign, col(Act.seq) > seq)
    )
    with session.exec(query.order_by(col(Act.seq)).limit(limit), **SOME) as found:
        yield from found


def _of(kinds: Iterable[str]) -> Any:
    return or_(*(col(Act.kind) == kind for kind in sorted(kinds)))


# Files are attached, and acts set aside, by no command: the trace says at what that was
# aimed. Who tends an act that was set aside acts on whatever that one was aimed at.
AIMED: Any = case(
    (_of(FILE_ACTS | SET_ASIDE_ACTS), col(Act.trace)["target"].as_string()),
    (
        and_(_of(TENDING), col(ActPayload.payload).is_not(None)),
        col(ActPayload.payload)["about"]["target"].as_string(),
    ),
    else_=col(Command.target),
)


def lines_of(session: Session, campaign: str, seqs: Iterable[int]) -> dict[int, Any]:
    """Read on which lines some acts of a chain are, in the order of the record."""
    query = select(Act.seq, Act.lines).where(
        Act.campaign == campaign, one_of(col(Act.seq), list(seqs))
    )
    return dict(session.exec(query).all())


def link_of(session: Session, act: UUID) -> tuple[Link, bytes, str]:
    """Read the link of one act, the salt of its payload, and the link's digest."""
    row, payload = session.get_one(Act, act), session.get_one(ActPayload, act)
    return link(row), payload.salt, row.digest


def link(act: Act) -> Link:
    """Give an act as its chain has it."""
    said: dict[str, Any] = {
        "campaign": act.campaign,
        "seq": act.seq,
        "previous": act.previous,
        "act": str(act.id),
        "kind": act.kind,
        "actor": act.actor,
        "behalf": act.behalf,
        "at": act.at.isoformat(),
        "command": str(act.command) if act.command else None,
        "lines": tuple(act.lines),
        "payload_digest": act.payload_digest,
    }
    if act.trace is None:
        return Link(**said)
    return TracedLink(**said, trace_digest=digest_of(act.trace))
