"""The same human under two codes: found by what they share, until told apart."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import String, func, or_
from sqlmodel import Session, col, select

from domain.refusals import Refused, unknown
from intake.office.refusals import SAME_CODE, TOLD_APART, same_human
from store.database import one_of
from store.tables import Person, ToldApart

_NOBODY: frozenset[str] = frozenset()


def twins(session: Session, persons: Collection[str]) -> Mapping[str, frozenset[str]]:
    """Find who may be one human with each of *persons*, in a few queries.

    They share an address, or the name and the day of birth, and nobody has said yet
    that they are two.
    """
    # What they share is put side by side here: the databases would hold every one of
    # them against everybody.
    asked = session.exec(select(*_SHARED).where(one_of(col(Person.id), persons))).all()
    alike: Any = or_(
        one_of(_ADDRESS, {address for _, address, *_ in asked if address}),
        one_of(col(Person.sort_key), {name for *_, name, born in asked if born}),
    )
    sharing = defaultdict[tuple[Any, ...], set[str]](set)
    for each in session.exec(select(*_SHARED).where(alike)):
        for shared in _shared(each):
            sharing[shared].add(each[0])
    apart = _told_apart(session, persons)
    found = {}
    for each in asked:
        those = frozenset[str]().union(*(sharing[shared] for shared in _shared(each)))
        if others := those - apart[each[0]] - {each[0]}:
            found[each[0]] = others
    return found


_ADDRESS: Any = func.lower(col(Person.email), type_=String())
_SHARED: Any = (Person.id, _ADDRESS, Person.sort_key, Person.born_on)


def _shared(person: Any) -> Iterator[tuple[Any, ...]]:
    _, address, name, born = person
    if address:
        yield (address,)
    if born:
        yield name, born


def _told_apart(
    session: Session, persons: Collection[str]
) -> defaultdict[str, set[str]]:
    theirs = one_of(col(ToldApart.one), persons), one_of(col(ToldApart.other), persons)
    found = defaultdict[str, set[str]](set)
    for row in session.exec(select(ToldApart).where(or_(*theirs))):
        found[row.one].add(row.other)
        found[row.other].add(row.one)
    return found


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
