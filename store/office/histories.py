"""What a person has over time, as rows: listed, and written so that they agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_
from sqlmodel import Session, col, select

from domain.posts import POSTS, PostRule, post_of
from domain.refusals import unknown
from intake.office.contradictions import (
    already_recorded,
    overlap,
    require_order,
    unknown_record,
)
from intake.office.refusals import HISTORY_NAMES, other_person, post_taken
from store.database import lock
from store.office.in_force import in_force, in_service
from store.office.master import require_department
from store.tables import (
    Appointment,
    CouncilSeat,
    Discipline,
    Leave,
    PastAward,
    Person,
    Recognition,
    ServiceSpan,
)


@dataclass(frozen=True)
class History:
    """What one person may have many of, over time, and what must hold among them.

    *once* are the fields that a person has together once; an *exclusive* history
    has nothing twice at the same time, *apart* from what differs in these fields.
    *post* are the fields that make a post, which may have one holder only. What is
    *private* is for the person, the secretariat and the director.
    """

    table: Any
    noun: str
    name: str
    once: tuple[str, ...]
    starts: str = "starts"
    ends: str = "ends"
    exclusive: bool = False
    apart: tuple[str, ...] = ()
    post: tuple[str, ...] = ()
    private: bool = False


# By the path that they are found under.
HISTORIES: Mapping[str, History] = {
    "service-spans": History(
        ServiceSpan,
        "service_span",
        HISTORY_NAMES["service-spans"],
        ("starts",),
        exclusive=True,
    ),
    "appointments": History(
        Appointment,
        "appointment",
        HISTORY_NAMES["appointments"],
        ("office", "department", "starts"),
        post=("office", "department"),
    ),
    "council-seats": History(
        CouncilSeat,
        "council_seat",
        HISTORY_NAMES["council-seats"],
        ("starts",),
        exclusive=True,
        apart=("council",),
        post=("council", "seat"),
    ),
    "disciplines": History(
        Discipline,
        "discipline",
        HISTORY_NAMES["disciplines"],
        ("level", "decided_on"),
        starts="decided_on",
        ends="ends_on",
        private=True,
    ),
    "leaves": History(
        Leave, "leave", HISTORY_NAMES["leaves"], ("starts",), private=True
    ),
    "recognitions": History(
        Recognition, "recognition", HISTORY_NAMES["recognitions"], ("kind", "year")
    ),
    "past-awards": History(
        PastAward, "past_award", HISTORY_NAMES["past-awards"], ("title", "year")
    ),
}


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
    `bad_document`, `other_person`, `already_recorded`, `overlap`, `post_taken`).
    """
    row = kind.table(version=0) if key is None else _held(session, kind, key)
    whole = values if key is None else row.model_dump() | dict(values)
    _require_same_person(row, whole)
    if not lock(session, Person, Person.id == whole["person"]):
        raise unknown("subject", whole["person"])
    if whole.get("department"):
        require_department(session, whole["department"])
    require_order(whole.get(kind.starts), whole.get(kind.ends))
    _require_agreement(kind, whole, _others(session, kind, whole, key))
    _require_vacant(session, kind, whole, key)
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    session.add(row)
    session.flush()
    return row


def void_row(session: Session, kind: History, key: int) -> None:
    """Take a row out that ought never to have been; the record keeps what it said."""
    session.delete(_held(session, kind, key))
    session.flush()


def _require_same_person(row: Any, whole: Mapping[str, Any]) -> None:
    if row.version and whole["person"] != row.person:
        raise other_person(row.person, whole["person"])


def holders_beside(
    session: Session, kind: History, whole: Mapping[str, Any], key: int | None = None
) -> Sequence[Any]:
    """Find the rows of others who hold, at the same time, the post that this gives.

    Whoever is dead or gone by then holds nothing.
    """
    same = [
        col(getattr(kind.table, name)).is_not_distinct_from(whole.get(name))
        for name in kind.post
    ]
    starts, ends = whole[kind.starts], whole.get(kind.ends)
    if ends is not None:
        same.append(col(kind.table.starts) < ends)
    still = or_(col(kind.table.ends).is_(None), col(kind.table.ends) > starts)
    there = in_service(col(kind.table.person), starts)
    rows = session.exec(select(kind.table).where(still, there, *same))
    return [row for row in rows if row.id != key]


def _require_vacant(
    session: Session, kind: History, whole: Mapping[str, Any], key: int | None
) -> None:
    rule = _post_rule(kind, whole)
    if rule is None or not rule.sole:
        return
    for other in holders_beside(session, kind, whole, key):
        raise post_taken(rule.name, other.person, other.id, other.starts, other.ends)


def _post_rule(kind: History, whole: Mapping[str, Any]) -> PostRule | None:
    return POSTS[post_of(whole)] if kind.post else None


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
