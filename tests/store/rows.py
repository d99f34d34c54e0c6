"""The fewest rows that the rules of the tables can be tried on."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import make_transient_to_detached
from sqlmodel import Session, SQLModel

from activities.deed import Deed
from activities.lines import create
from domain.states import CampaignState, LineState
from store import record
from store.database import Database
from store.tables import (
    Act,
    Campaign,
    Department,
    Nomination,
    NominationMove,
    Person,
    Phase,
    SubjectKind,
)

CAMPAIGN, PHASE, DEPARTMENT, PERSON, OTHER = "td", "td-1", "VP", "vp-01", "vp-02"
MOMENT = datetime(2022, 6, 1, 1, 2, 3, 456789, tzinfo=UTC)


def found(session: Session) -> None:
    """Write an office of two, and its launched campaign of one phase."""
    session.add(Department(code=DEPARTMENT, name="Văn phòng", starts=date(2000, 1, 1)))
    session.add(Person(id=PERSON, name="Văn A", sort_key="a van", search_key="van a"))
    session.add(Person(id=OTHER, name="Văn B", sort_key="b van", search_key="van b"))
    session.flush()
    session.add(a_campaign())
    session.flush()
    session.add(a_phase())
    record.begin_chain(session, CAMPAIGN)
    session.flush()


def a_campaign(**changes: Any) -> Campaign:
    """A campaign that runs."""
    whole: dict[str, Any] = {
        "id": CAMPAIGN,
        "title": "Phong trào thi đua",
        "kind": "regular",
        "year": 2022,
        "state": CampaignState.RUNNING,
        "plan": {},
        "pact_signed_at": MOMENT,
        "launched_at": MOMENT,
        "launched_by": PERSON,
    }
    return Campaign(**{**whole, **changes})


def a_phase(**changes: Any) -> Phase:
    """The campaign's only phase."""
    whole: dict[str, Any] = {
        "id": PHASE,
        "campaign": CAMPAIGN,
        "number": 1,
        "name": "Giai đoạn 1",
        "final": True,
        "period_start": date(2022, 1, 1),
        "period_end": date(2022, 12, 31),
        "pack": "vn2017",
        "titles": ["LDTT"],
    }
    return Phase(**{**whole, **changes})


def a_line(**changes: Any) -> Nomination:
    """A nomination that nobody has written yet."""
    whole: dict[str, Any] = {
        "id": uuid4(),
        "campaign": CAMPAIGN,
        "phase": PHASE,
        "department": DEPARTMENT,
        "kind": SubjectKind.INDIVIDUAL,
        "subject": PERSON,
        "title": "LDTT",
        "period": "2022",
        "achieved_from": date(2022, 1, 1),
        "achieved_to": date(2022, 12, 31),
        "evidence": {},
        "state": LineState.NOMINATED,
        "moves": 1,
    }
    return Nomination(**{**whole, **changes})


def write_lines(deed: Deed, lines: Iterable[Nomination]) -> None:
    """Write lines as an act does; from now on they are the session's."""
    made = list(lines)
    create(deed, [line.model_dump() for line in made])
    for line in made:
        make_transient_to_detached(line)
        deed.session.add(line)


def a_deed(session: Session, kind: str = "test") -> Deed:
    """A deed of the process; one of no act's kind brings nothing anywhere."""
    return Deed(session, CAMPAIGN, kind, MOMENT)


SAID = {"said": "Gửi đề nghị", "count": 2}


def an_act(**changes: Any) -> Act:
    """An act with something in every field, as it is about to be recorded."""
    whole: dict[str, Any] = {
        "id": uuid4(),
        "campaign": CAMPAIGN,
        "kind": "submit",
        "actor": PERSON,
        "behalf": OTHER,
        "at": MOMENT,
        "command": uuid4(),
        "lines": ["line-1", "line-2"],
    }
    return Act(**{**whole, **changes})


def a_move(
    line: Nomination, moved: UUID | None = None, **changes: Any
) -> NominationMove:
    """The move that would make a nominated line eligible."""
    whole: dict[str, Any] = {
        "line": moved or line.id,
        "n": 2,
        "from_state": LineState.NOMINATED,
        "to_state": LineState.ELIGIBLE,
        "act": uuid4(),
        "at": MOMENT,
    }
    return NominationMove(**{**whole, **changes})


def written(database: Database, **changes: Any) -> Nomination:
    """Write a line as every line is written."""
    with database.write() as session:
        found(session)
        deed, line = a_deed(session), a_line(**changes)
        write_lines(deed, [line])
        deed.close()
    return line


def said(error: IntegrityError) -> str:
    """Say what refused: a trigger by its words, a constraint by its name."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is None:
        return str(error.orig).removeprefix("CHECK constraint failed: ")
    return str(diagnosis.constraint_name or diagnosis.message_primary)


Write = SQLModel | tuple[str, dict[str, Any]]


def verdict(database: Database, *writes: Write) -> str:
    """Write in one transaction that is not kept.

    Answers «taken», or what the database says against the last write.
    """
    *before, last = writes
    with database.write() as session:
        for each in before:
            put(session, each)
        try:
            put(session, last)
        except IntegrityError as error:
            return said(error)
        finally:
            session.rollback()
    return "taken"


def put(session: Session, write: Write) -> None:
    """Write a row, or run a statement with its values."""
    if isinstance(write, SQLModel):
        session.add(write)
        session.flush()
    else:
        session.connection().execute(text(write[0]), write[1])


def stand(session: Session, row: Any, state: StrEnum) -> None:
    """Let a row stand in a state that no move has brought it to."""
    table = inspect(row).mapper.local_table.name
    with _unwatched(session, table, f"{table}_state"):
        row.state = state
        session.add(row)
        session.flush()


@contextmanager
def _unwatched(session: Session, table: str, trigger: str) -> Iterator[None]:
    """Do something behind a trigger's back."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        query = text("SELECT sql FROM sqlite_master WHERE name = :name")
        again = connection.execute(query, {"name": trigger}).scalar_one()
        connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
    else:
        again = f"ALTER TABLE {table} ENABLE TRIGGER {trigger}"
        connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
    yield
    connection.exec_driver_sql(again)


def until_blocked(database: Database, waiters: int) -> None:
    """Look until so many connections of this PostgreSQL database wait for a lock."""
    blocked = text(
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with database.engine.connect() as connection:
        for _ in range(2000):
            if connection.execute(blocked).scalar_one() == waiters:
                return
            connection.rollback()
            time.sleep(0.005)
    raise AssertionError(f"fewer than {waiters} are waiting")
