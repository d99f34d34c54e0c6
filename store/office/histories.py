"""What a person has over time, as rows: listed, and written so that they agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from domain.refusals import unknown
from intake.contradictions import (
    already_recorded,
    overlap,
    require_order,
    unknown_record,
)
from store.database import lock
from store.office.master import require_department
from store.office.people import in_force
from store.tables import Person


@dataclass(frozen=True)
class History:
    """What one person may have many of, over time, and what must hold among them.

    *once* are the fields that a person has together once; an *exclusive* history
    has nothing twice at the same time, *apart* from what differs in these fields.
    """

    table: Any
    name: str
    once: tuple[str, ...]
    starts: str = "starts"
    ends: str = "ends"
    exclusive: bool = False
    apart: tuple[str, ...] = ()


def list_rows(
    session: Session,
    kind: History,
    person: str | None,
    on: date | None,
    after: int,
    limit: int,
) -> list[Any]:
    """List rows of one kind of history, in the order in which they were entered."""
    table = kind.table
    query = select(table).where(col(table.id) > after).order_by(col(table.id))
    if person is not None:
        query = query.where(table.person == person)
    if on is not None:
        query = query.where(in_force(table, on))
    return list(session.exec(query.limit(limit)))


def get_row(session: Session, kind: History, key: int) -> Any:
    """Find one row of a history. Raises Refused (`unknown_record`)."""
    found = session.get(kind.table, key)
    if found is None:
        raise unknown_record(kind.name, key)
    return found


def write_row(
    session: Session, kind: History, values: Mapping[str, Any], key: int | None = None
) -> Any:
    """Write a new row of a history, or change the one that has this *key*.

    The person is held locked meanwhile, so that no two writes overlap unseen.
    Raises Refused (`unknown_record`, `unknown_subject`, `unknown_department`,
    `bad_document`, `already_recorded`, `overlap`).
    """
    row = kind.table() if key is None else _held(session, kind, key)
    whole = values if key is None else row.model_dump() | dict(values)
    if not lock(session, Person, Person.id == whole["person"]):
        raise unknown("subject", whole["person"])
    if whole.get("department"):
        require_department(session, whole["department"])
    require_order(whole.get(kind.starts), whole.get(kind.ends))
    _require_agreement(kind, whole, _others(session, kind, whole, key))
    for name, value in values.items():
        setattr(row, name, value)
    session.add(row)
    session.flush()
    return row


def _held(session: Session, kind: History, key: int) -> Any:
    get_row(session, kind, key)
    return lock(session, kind.table, kind.table.id == key)[0]


def _others(
    session: Session, kind: History, whole: Mapping[str, Any], key: int | None
) -> list[Any]:
    alike = [getattr(kind.table, name) == whole[name] for name in kind.apart]
    rows = session.exec(
        select(kind.table)
        .where(kind.table.person == whole["person"], *alike)
        .order_by(col(kind.table.id))
    )
    return [row for row in rows if row.id != key]


def _require_agreement(
    kind: History, whole: Mapping[str, Any], others: Sequence[Any]
) -> None:
    for other in others:
        if all(getattr(other, name) == whole[name] for name in kind.once):
            raise already_recorded(whole["person"], kind.name)
        if kind.exclusive and _at_one_time(whole, other):
            raise overlap(whole["person"], kind.name, other.starts, other.ends)


def _at_one_time(whole: Mapping[str, Any], other: Any) -> bool:
    before = whole["ends"] is not None and whole["ends"] <= other.starts
    behind = other.ends is not None and other.ends <= whole["starts"]
    return not (before or behind)
