"""A campaign's plan and rules are long, and read with every act."""

from store.database import Database
from store.tables import Campaign
from tests.store.rows import CAMPAIGN, found


def test_a_long_value_is_read_once_and_a_changed_one_anew(database: Database) -> None:
    with database.write() as session:
        found(session)
    read(database, {"text": "x" * 5000})

    first, second = read(database), read(database)
    changed = read(database, {**first, "more": 1})

    assert first is second
    assert changed == {"text": "x" * 5000, "more": 1}


def read(
    database: Database, change: dict[str, object] | None = None
) -> dict[str, object]:
    """Read a campaign's plan, once it is changed."""
    with database.write() as session:
        row = session.get_one(Campaign, CAMPAIGN)
        row.plan = row.plan if change is None else change
    with database.read() as session:
        return session.get_one(Campaign, CAMPAIGN).plan
