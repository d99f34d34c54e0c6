"""PostgreSQL reads and plans a statement once for a connection, not at each use."""

from sqlmodel import select, text

from store.database import Database
from store.tables import Department

# As often a connection sees a statement before psycopg prepares it, and once more.
_OFTEN = 7


def test_what_a_connection_has_prepared_outlives_a_transaction_that_reads(
    postgres_database: Database,
) -> None:
    for _ in range(_OFTEN):
        with postgres_database.read() as session:
            session.exec(select(Department)).all()

    with postgres_database.read() as session:
        asked = text("SELECT statement FROM pg_prepared_statements")
        prepared = session.connection().execute(asked).scalars().all()
    assert any("FROM departments" in statement for statement in prepared)
