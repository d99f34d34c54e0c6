"""The database refuses what is no move, of every kind, whoever writes."""

import re
from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import Connection, Enum, text
from sqlmodel import SQLModel

from domain.moves import MOVES
from domain.outgoing.deliveries import DeliveryState
from domain.states import (
    CampaignState,
    CaseState,
    CommandState,
    DecisionState,
    LineState,
    PhaseState,
    RegistrationState,
    SessionState,
    SubmissionState,
    WindowState,
)
from store import tables
from store.database import Database
from store.migrate import check, downgrade, upgrade
from tests.domain.test_moves import pairs_of
from tests.store.rows import MOMENT, PERSON, verdict, written
from tests.store.test_constraints import (
    SESSION,
    a_decision,
    a_delivery,
    a_matter,
    a_registration,
    a_session,
    a_submission,
    a_told,
    a_window,
)

TABLES: dict[type[StrEnum], str] = {
    CampaignState: "campaigns",
    PhaseState: "phases",
    WindowState: "windows",
    RegistrationState: "registrations",
    SubmissionState: "submissions",
    SessionState: "council_sessions",
    DecisionState: "decisions",
    CaseState: "cases",
    LineState: "nominations",
    DeliveryState: "deliveries",
}
# From where each row stands that `filled` writes: one move that exists, one that not.
TRIED = {
    "campaigns": ("closed", "draft"),
    "phases": ("running", "closed"),
    "windows": ("closing", "planned"),
    "registrations": ("withdrawn", "amended"),
    "submissions": ("peer_reviewed", "late_requested"),
    "council_sessions": ("voting", "counted"),
    "decisions": ("returned", "pending"),
    "cases": ("accepted", "polled"),
    "deliveries": ("bounced", "failed"),
}


def filled(database: Database) -> None:
    """Write a line, and one row of everything else that has states."""
    written(database)
    filed = a_matter(state=CaseState.FILED, filed_at=MOMENT)
    signed = {"decided_by": PERSON, "decided_at": MOMENT}
    with database.write() as session:
        session.add(a_session(id=SESSION, number=1))
        window = a_window(due_at=MOMENT + timedelta(days=1))
        session.add_all([window, a_registration(), a_submission(), filed])
        session.flush()
        session.add(a_decision(state=DecisionState.DECIDED, **signed))
        session.add(a_told())
        session.flush()
        session.add(a_delivery(state=DeliveryState.SENT, ended_at=MOMENT))


def update(table: str, state: str) -> tuple[str, dict[str, str]]:
    """A plain UPDATE of the one row there is, with what else an end has."""
    ended = ", cause = 'by_hand', ended_at = due_at" if table == "deliveries" else ""
    return f"UPDATE {table} SET state = :state{ended}", {"state": state}


def refused(table: str) -> str:
    return f"{table} do not go from that state to this one"


def pairs_in(connection: Connection, table: str) -> Iterator[tuple[str, str]]:
    """Read the pairs out of the trigger that the database itself has."""
    name = f"{table}_state"
    if connection.dialect.name == "sqlite":
        query = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = :name"
    else:
        query = "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = :name"
    source = connection.execute(text(query), {"name": name}).scalar_one()
    yield from re.findall(r"(\w+) > (\w+)", source)


def test_every_column_of_states_has_its_moves() -> None:
    kinds = {
        (table.name, column.type.enum_class)
        for table in SQLModel.metadata.tables.values()
        for column in table.columns
        if column.name == "state" and isinstance(column.type, Enum)
    }

    # A command only ever ends, and its own CHECKs say how.
    assert kinds == {(name, kind) for kind, name in TABLES.items()} | {
        (tables.Command.__tablename__, CommandState)
    }
    assert set(MOVES) == set(TABLES)


def test_the_database_knows_the_moves_that_the_rules_know(database: Database) -> None:
    with database.engine.connect() as connection:
        known = {
            kind: frozenset(pairs_in(connection, table))
            for kind, table in TABLES.items()
        }

    assert known == {kind: pairs_of(kind) for kind in TABLES}


def test_what_is_no_move_is_refused_by_the_database(database: Database) -> None:
    filled(database)

    tried = {
        table: [verdict(database, update(table, state)) for state in states]
        for table, states in TRIED.items()
    }

    assert tried == {table: ["taken", refused(table)] for table in TRIED}


def test_a_line_goes_nowhere_that_no_move_leads_though_a_row_says_so(
    database: Database,
) -> None:
    line = written(database)
    move = tables.NominationMove(
        line=line.id,
        n=2,
        from_state=LineState.NOMINATED,
        to_state=LineState.AWARDED,
        act=line.id,
        at=MOMENT,
    )
    awarded = "UPDATE nominations SET state = 'awarded', moves = 2"

    assert verdict(database, move, (awarded, {})) == refused("nominations")


def test_the_moves_go_and_come_back_beside_rows(database: Database) -> None:
    filled(database)

    downgrade(database, "0011")
    without = verdict(database, update("campaigns", "draft"))
    upgrade(database)

    check(database)
    with database.write() as session:  # its table went, and came back empty
        session.add(a_delivery(state=DeliveryState.SENT, ended_at=MOMENT))
    again = {
        table: verdict(database, update(table, wrong))
        for table, (_, wrong) in TRIED.items()
    }
    assert without == "taken"
    assert again == {table: refused(table) for table in TRIED}
