"""The record as somebody looks through it: filtered, from the newest back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import defer
from sqlmodel import Session, col, or_, select

from store.knowing.matters import about_readable
from store.office.master import is_called
from store.record import AIMED, SOME, Linked
from store.tables import Act, ActPayload, Command, Person

_LONG: tuple[Any, ...] = Act.lines, Act.trace
# A kind of thing, from which state or from none, to which, and of what.
Move = tuple[str, str | None, str, Sequence[str]]


@dataclass(frozen=True)
class Wanted:
    """Which acts: by whom, of what kind, since when, and before what moment.

    *who* is the code of somebody, or words of names: acts of all who are called so.
    """

    who: str | None = None
    kind: str | None = None
    since: datetime | None = None
    before: datetime | None = None


class Chronicled(NamedTuple):
    """An act as the record has it, and what it brought from which state to which."""

    linked: Linked
    moves: Sequence[Move]


def chronicle(
    session: Session,
    campaign: str,
    reader: str,
    wanted: Wanted,
    before: int | None,
    most: int,
) -> Iterator[Chronicled]:
    """Read at most so many acts, the newest first; some at a time.

    Who asks by whom or of what kind hears nothing of matters that are closed to them.
    """
    query = (
        select(Act, ActPayload, AIMED, col(Act.trace)["moves"])
        .options(*(defer(each, raiseload=True) for each in _LONG))
        .outerjoin(ActPayload, col(ActPayload.act) == col(Act.id))
        .outerjoin(Command, col(Command.id) == col(Act.command))
        .where(Act.campaign == campaign, *_where(session, campaign, reader, wanted))
    )
    if before is not None:
        query = query.where(col(Act.seq) < before)
    with session.exec(query.order_by(col(Act.seq).desc()).limit(most), **SOME) as rows:
        for act, said, at, moves in rows:
            yield Chronicled((act, said, at), moves or ())


def _where(session: Session, campaign: str, reader: str, wanted: Wanted) -> list[Any]:
    found: list[Any] = []
    if wanted.who:
        people = select(Person.id).where(is_called(wanted.who))
        found.append(or_(col(Act.actor).in_(people), col(Act.behalf).in_(people)))
    if wanted.kind:
        found.append(Act.kind == wanted.kind)
    if found:
        known = about_readable(session, campaign, reader, AIMED)
        found.append(or_(AIMED.is_(None), known))
    if wanted.since:
        found.append(col(Act.at) >= wanted.since)
    if wanted.before:
        found.append(col(Act.at) < wanted.before)
    return found
