"""The service's role in PostgreSQL: what it owns, and what it may not do."""

import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlmodel import select

from store import record
from store.database import Database
from store.grants import UnfitRole, grant
from store.tables import ActPayload
from tests.databases import as_owner
from tests.postgres import OWNER, SERVICE
from tests.store.chains import breaks
from tests.store.rows import CAMPAIGN, an_act, found

# Of each table that is not the service's to do anything with, what it may not do.
WITHHELD = {
    "act_payloads": "UPDATE DELETE",
    "acts": "UPDATE DELETE",
    "alembic_version": "SELECT INSERT UPDATE DELETE",
    "attachments": "UPDATE DELETE",
    "ballots_cast": "UPDATE DELETE",
    "board_entries": "UPDATE DELETE",
    "case_opinions": "UPDATE DELETE",
    "chains": "UPDATE",
    "commands": "DELETE",
    "deliveries": "DELETE",
    "file_signatures": "UPDATE DELETE",
    "comments": "UPDATE DELETE",
    "nomination_moves": "UPDATE DELETE",
    "nominations": "DELETE",
    "notices": "UPDATE DELETE",
    "opinions": "UPDATE DELETE",
    "outbox_channels": "DELETE",
    "reports": "UPDATE DELETE",
    "round_lines": "DELETE",
    "sealed_sheets": "UPDATE",
    "trusted_certificates": "UPDATE",
    "voting_rounds": "DELETE",
}
_MAY = text(
    "SELECT relname, has_table_privilege(:role, oid, :right) FROM pg_class "
    "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
)


def withheld(database: Database) -> dict[str, str]:
    """Say what the service may not do with which table."""
    found: dict[str, list[str]] = {}
    with as_owner(database) as owned, owned.read() as session:
        for right in ("SELECT", "INSERT", "UPDATE", "DELETE"):
            asked = {"role": SERVICE, "right": right}
            for table, may in session.connection().execute(_MAY, asked):
                if not may:
                    found.setdefault(table, []).append(right)
    return {table: " ".join(rights) for table, rights in found.items()}


def test_the_service_may_do_what_it_must_and_no_more(
    postgres_database: Database,
) -> None:
    assert withheld(postgres_database) == WITHHELD


def test_rights_given_again_are_the_same_and_one_too_many_is_taken_back(
    postgres_database: Database,
) -> None:
    with as_owner(postgres_database) as owned:
        with owned.write() as session:
            one_more = text(
                f"GRANT TRUNCATE, UPDATE (kind), DELETE ON acts TO {SERVICE}"
            )
            session.connection().execute(one_more)
        grant(owned, SERVICE)

    assert withheld(postgres_database) == WITHHELD


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE acts SET kind = 'other'",
        "DELETE FROM acts",
        "UPDATE act_payloads SET payload = '{}'",
        "DELETE FROM act_payloads",
        "UPDATE nomination_moves SET to_state = 'awarded'",
        "DELETE FROM nomination_moves",
        "DELETE FROM nominations",
        "UPDATE board_entries SET choice = 'yes'",
        "DELETE FROM ballots_cast",
        "UPDATE sealed_sheets SET content = ''",
        "UPDATE notices SET body = ''",
        "DELETE FROM notices",
        "DELETE FROM commands",
        "UPDATE chains SET campaign = 'other'",
        "TRUNCATE acts CASCADE",
        "ALTER TABLE acts DISABLE TRIGGER ALL",
        "DROP TABLE acts",
        "SET session_replication_role = replica",
        "CREATE TABLE mine (id int)",
        "UPDATE alembic_version SET version_num = '0001'",
    ],
)
def test_what_the_service_may_not_do_is_refused_by_the_database(
    postgres_database: Database, statement: str
) -> None:
    with (
        pytest.raises(ProgrammingError) as refused,
        postgres_database.write() as session,
    ):
        session.connection().execute(text(statement))

    assert isinstance(refused.value.orig, InsufficientPrivilege)


def test_the_service_erases_what_an_act_said_by_the_owners_function(
    postgres_database: Database,
) -> None:
    with postgres_database.write() as session:
        found(session)
        act = an_act()
        record.append(session, act, {"said": "Nguyễn Văn A"})
    with postgres_database.write() as session:
        record.erase(session, act.id)

    with postgres_database.read() as session:
        left = session.exec(select(ActPayload)).all()
        broken = breaks(session, CAMPAIGN)
    assert (left, broken) == ([], [])


@pytest.mark.parametrize("role", [OWNER, "nobody_of_that_name"])
def test_no_rights_are_given_to_who_owns_the_tables_or_is_not_there(
    postgres_database: Database, role: str
) -> None:
    with as_owner(postgres_database) as owned, pytest.raises(UnfitRole):
        grant(owned, role)


def test_sqlite_knows_no_roles_and_refuses_none(sqlite_database: Database) -> None:
    grant(sqlite_database, SERVICE)
