"""The same human under two codes: found by what they share, until told apart."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import and_, exists, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from domain.refusals import Refused, unknown
from intake.office.refusals import SAME_CODE, TOLD_APART, same_human
from store.database import one_of
from store.tables import Person, ToldApart

_NOBODY: frozenset[str] = frozenset()


def twins(session: Session, persons: Collection[str]) -> Mapping[str, frozenset[str]]:
    """Find who may be one human with each of *persons*, in one query.

    They share an address, or the name and the day of birth, and nobody has said yet
    that they are two.
    """
    one, other = aliased(Person), aliased(Person)
    mail = func.lower(col(one.email)) == func.lower(col(other.email))
    born = and_(
        col(one.sort_key) == col(other.sort_key),
        col(one.born_on) == col(other.born_on),
    )
    pairs = session.exec(
        select(one.id, other.id).where(
            one_of(col(one.id), persons),
            col(one.id) != col(other.id),
            or_(mail, born),
            ~exists().where(_are(one, other) | _are(other, one)),
        )
    )
    found: dict[str, set[str]] = defaultdict(set)
    for person, twin in pairs:
        found[person].add(twin)
    return {person: frozenset(those) for person, those in found.items()}


def twins_of(session: Session, person: str) -> list[str]:
    """List who may be one human with a person."""
    return sorted(twins(session, [person]).get(person, _NOBODY))


def require_one_human_each(
    session: Session, persons: Collection[str], among: Collection[str] | None = None
) -> None:
    """Raise Refused (`same_human`) while two codes may be one human.

    One of *persons*, with anybody, or with somebody *among* others.
    """
    for person, those in sorted(twins(session, persons).items()):
        if meant := those if among is None else those.intersection(among):
            raise same_human(person, meant)


def tell_apart(session: Session, person: str, other: str) -> None:
    """Write down that two codes are two people.

    Raises Refused (`unknown_subject`, `bad_document`, `already_recorded`).
    """
    for code in (person, other):
        if session.get(Person, code) is None:
            raise unknown("subject", code)
    if person == other:
        raise Refused(SAME_CODE)
    key = tuple(sorted((person, other)))
    if session.get(ToldApart, key) is not None:
        raise Refused(TOLD_APART)
    session.add(ToldApart(one=key[0], other=key[1]))
    session.flush()


def _are(one: type[Person], other: type[Person]) -> Any:
    return (col(ToldApart.one) == one.id) & (col(ToldApart.other) == other.id)
