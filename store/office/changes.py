"""A change to the office's rows: carried out, with what stood before and stands now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlmodel import Session, col

from domain.names import search_key, sort_key
from domain.posts import POSTS, PostCode, post_of
from intake.office.contradictions import require_order
from intake.office.refusals import other_post
from store.database import lock
from store.office import master
from store.office.histories import HISTORIES, History, get_row, void_row, write_row
from store.office.twins import require_one_human_each
from store.tables import Department, Person


class Verb(StrEnum):
    """What is done to a row."""

    RECORD = "record"
    CHANGE = "change"
    END = "end"
    VOID = "void"


@dataclass(frozen=True)
class Change:
    """What is to become of one row: of a history, a department or a person.

    *about* is the path of its kind, *key* its own, None while it has none. Of *said*,
    `replaces` names the row of whoever held the post until then, and `reason` says why.
    """

    about: str
    verb: Verb
    said: Mapping[str, Any]
    key: str | None = None


@dataclass(frozen=True)
class Changed:
    """A change as it came out: *old* and *new* are None where there is no row."""

    change: Change
    old: dict[str, Any] | None
    new: dict[str, Any] | None
    row: Any
    person: str | None
    replaced: dict[str, Any] | None = None
    # Names, addresses and the like: what no rule judges by.
    plain: bool = False


def carry_out(session: Session, change: Change) -> Changed:
    """Change the rows. Raises Refused as the rows of its kind do."""
    if change.about in HISTORIES:
        return _history(session, change, HISTORIES[change.about])
    if change.about == "departments":
        return _department(session, change)
    return _person(session, change)


def version_of(session: Session, change: Change) -> int | None:
    """Find the version of the row that a change is about; None while there is none.

    Raises Refused (`unknown_record`) for a row of a history that is not there.
    """
    if change.key is None:
        return None
    if change.about in HISTORIES:
        row = get_row(session, HISTORIES[change.about], int(change.key))
    else:
        row = session.get(_table(change), change.key)
    return None if row is None else int(row.version)


def deciding(session: Session, changed: Changed) -> frozenset[PostCode]:
    """Find which posts that decide a change has given or taken."""
    rows = () if changed.plain else (changed.old, changed.new)
    found = {post for row in rows if row for post in _given(session, row)}
    return frozenset(post for post in found if POSTS[post].decides)


def whose_service(
    session: Session, change: Change, today: date
) -> tuple[str, date] | None:
    """Find whose service or life a change is about, and from which day it holds.

    What they hold on it before and after differs by what they lose who leave or die,
    whatever the rows of the posts say.
    """
    if change.about == "people" and change.key is not None:
        return change.key, max(today, change.said.get("died_on") or today)
    if change.about != "service-spans" or change.key is None:
        return None
    person = get_row(session, HISTORIES[change.about], int(change.key)).person
    return person, max(today, change.said.get("ends") or today)


def _given(session: Session, row: Mapping[str, Any]) -> set[PostCode]:
    if "seat" in row or "office" in row:
        return {post_of(row)}
    if row.get("secretariat"):
        return {PostCode.SECRETARIAT}
    if row.get("department"):
        department = session.get(Department, row["department"])
        return (
            {PostCode.SECRETARIAT} if department and department.secretariat else set()
        )
    return set()


def _history(session: Session, change: Change, kind: History) -> Changed:
    said, replaced, old = dict(change.said), None, None
    key = None if change.key is None else int(change.key)
    if key is not None:
        old = get_row(session, kind, key).model_dump(mode="json")
    if change.verb is Verb.VOID:
        row = get_row(session, kind, key or 0)
        void_row(session, kind, key or 0)
        return Changed(change, old, None, row, row.person)
    if change.about == "council-seats" and change.verb is not Verb.END:
        require_one_human_each(session, [said["person"]])
    if (before := said.pop("replaces", None)) is not None:
        replaced = _replaced(session, kind, said, before)
    row = write_row(session, kind, said, key)
    return Changed(change, old, row.model_dump(mode="json"), row, row.person, replaced)


def _replaced(
    session: Session, kind: History, said: Mapping[str, Any], key: int
) -> dict[str, Any]:
    """End the row of whoever held the same post, on the day when the new one starts."""
    row = get_row(session, kind, key)
    if any(getattr(row, name) != said[name] for name in kind.post):
        raise other_post(key)
    if row.ends is None or row.ends > said["starts"]:
        row = write_row(session, kind, {kind.ends: said["starts"]}, key)
    return dict(row.model_dump(mode="json"))


def _table(change: Change) -> Any:
    return Department if change.about == "departments" else Person


def _department(session: Session, change: Change) -> Changed:
    row, old = _row(session, change, col(Department.code), code=change.key)
    require_order(change.said.get("starts", row.starts), change.said["ends"])
    _set(session, row, change.said)
    master.require_secretariat(session)
    return _as_set(change, old, row, None, beside={"name", "version"})


def _person(session: Session, change: Change) -> Changed:
    row, old = _row(session, change, col(Person.id), id=change.key)
    name = change.said["name"]
    keys = {"sort_key": sort_key(name), "search_key": search_key(name)}
    _set(session, row, {**change.said, **keys})
    beside = {"id", "name", "email", "version", *keys}
    return _as_set(change, old, row, row.id, beside)


def _row(
    session: Session, change: Change, column: Any, **key: Any
) -> tuple[Any, dict[str, Any] | None]:
    known = lock(session, _table(change), column == change.key)
    if known:
        return known[0], known[0].model_dump(mode="json")
    return _table(change)(**key, version=0), None


def _set(session: Session, row: Any, said: Mapping[str, Any]) -> None:
    for name, value in said.items():
        setattr(row, name, value)
    row.version += 1
    session.add(row)
    session.flush()


def _as_set(
    change: Change,
    old: dict[str, Any] | None,
    row: Any,
    person: str | None,
    beside: set[str],
) -> Changed:
    new = row.model_dump(mode="json")
    before = old or {}
    plain = all(
        before.get(name) == value for name, value in new.items() if name not in beside
    )
    return Changed(change, old, new, row, person, plain=plain)
