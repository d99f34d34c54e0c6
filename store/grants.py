"""What the service's role may do in PostgreSQL: it owns nothing, and leaves facts be.

The owner of the tables migrates, and grants. A trigger that keeps facts as they are can
be taken off by an owner; a right that was never given cannot be used.
"""

from typing import Any

from sqlalchemy import Connection, text
from sqlmodel import SQLModel

from store.database import Database

# Facts, which are only added. What an act said is erased by a function of the owner's.
_ADDED = "SELECT, INSERT"
_ADDED_ONLY = (
    "acts",
    "act_payloads",
    "nomination_moves",
    "ballots_cast",
    "board_entries",
    "case_opinions",
    "comments",
    "opinions",
    "reports",
    "file_signatures",
)
_KEPT = "SELECT, INSERT, UPDATE"
_ALL = f"{_KEPT}, DELETE"
# What else is not everything: a sheet is put in and taken out, and its room swept; a
# chain's head moves on, and goes only with a draft that has no acts; a notice is read,
# and a file taken away.
_NOT_DELETED = (
    "commands",
    "deliveries",
    "nominations",
    "outbox_channels",
    "round_lines",
    "voting_rounds",
)
_RIGHTS = {
    **dict.fromkeys(_ADDED_ONLY, _ADDED),
    **dict.fromkeys(_NOT_DELETED, _KEPT),
    "attachments": f"{_ADDED}, UPDATE (voided_by, voided_at)",
    "sealed_sheets": f"{_ADDED}, DELETE, MAINTAIN",
    "chains": f"{_ADDED}, UPDATE (seq, digest, told), DELETE",
    "notices": f"{_ADDED}, UPDATE (read_at, planned_at)",
    "trusted_certificates": f"{_ADDED}, DELETE",
}
_FIT = text(
    "SELECT rolsuper OR pg_has_role(rolname, current_user, 'MEMBER') "
    "FROM pg_roles WHERE rolname = :role"
)


class UnfitRole(Exception):
    """There is no such role, or it is the owner's equal: rights would mean nothing."""


def grant(database: Database, role: str) -> None:
    """Give a role the rights of the service, and no others. Raises UnfitRole.

    SQLite has no roles: whoever reads the file may do anything to it.
    """
    if database.engine.dialect.name == "sqlite":
        return
    with database.engine.begin() as connection:
        if connection.execute(_FIT, {"role": role}).scalar() is not False:
            raise UnfitRole(role)
        _grant(connection, database.engine.dialect.identifier_preparer.quote(role))


def _grant(connection: Connection, role: str) -> None:
    def run(statement: str) -> Any:
        connection.exec_driver_sql(statement)

    run(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}")
    run(f"GRANT USAGE ON SCHEMA public TO {role}")
    run(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}")
    run(f"GRANT EXECUTE ON FUNCTION erase_payload(uuid) TO {role}")
    for table in SQLModel.metadata.tables:
        run(f"GRANT {_RIGHTS.get(table, _ALL)} ON {table} TO {role}")
