"""Many rows are written as each alone would be, whatever their columns hold."""

from datetime import date
from typing import Any

from sqlalchemy import inspect
from sqlmodel import SQLModel, col, select

from domain.states import CampaignState
from store.database import Database, insert_all, insert_missing, update_all
from store.tables import Campaign, WordLayout
from tests.store.rows import MOMENT, PERSON, a_campaign, found

LISTS: dict[str, Any] = {"days": [["2022-01-01", {"a": [1, 2]}], []], "none": None}
LAYOUTS = [
    {"kind": kind, "content": content, "put_by": PERSON, "put_at": MOMENT}
    for kind, content in [("decision", b"\x00'\\{},\"NULL"), ("letter", b"")]
]


def campaigns() -> list[dict[str, Any]]:
    """Two campaigns whose columns hold what is hard to write."""
    plain = a_campaign(
        id="a",
        title="'{NULL}', \"Đổi mới\" \\ {}",
        plan=LISTS,
        archived_on=MOMENT.date(),
    )
    suspended = a_campaign(
        id="b", title="NULL", state=CampaignState.SUSPENDED, suspended_at=MOMENT
    )
    return [each.model_dump() for each in (plain, suspended)]


def read(database: Database, table: type[SQLModel]) -> list[dict[str, Any]]:
    """Read all rows of a table, as they stand."""
    with database.read() as session:
        rows = session.exec(select(table).order_by(*inspect(table).primary_key))
        return [row.model_dump() for row in rows]


def test_rows_that_are_inserted_together_hold_what_each_was_given(
    database: Database,
) -> None:
    with database.write() as session:
        found(session)

        insert_all(session, WordLayout, LAYOUTS)
        insert_all(session, Campaign, campaigns())

    assert read(database, WordLayout) == LAYOUTS
    assert read(database, Campaign)[:2] == campaigns()


def test_of_rows_whose_keys_are_taken_those_that_are_new_are_inserted(
    database: Database,
) -> None:
    first, second = campaigns()
    with database.write() as session:
        found(session)
        insert_all(session, Campaign, [first])

        insert_missing(session, Campaign, [first | {"title": "Khác"}, second, second])

    assert read(database, Campaign)[:2] == [first, second]


def test_rows_that_are_changed_together_hold_what_was_set_in_each(
    database: Database,
) -> None:
    with database.write() as session:
        found(session)
        insert_all(session, Campaign, campaigns())
        rows = session.exec(
            select(Campaign).where(col(Campaign.id).in_(["a", "b"]))
        ).all()
        for row, plan, archived in zip(
            rows, [{}, LISTS], [None, date(2023, 1, 1)], strict=True
        ):
            row.plan, row.archived_on = plan, archived

        update_all(session, rows, "plan", "archived_on")

    first, second = campaigns()
    assert read(database, Campaign)[:2] == [
        first | {"plan": {}, "archived_on": None},
        second | {"plan": LISTS, "archived_on": date(2023, 1, 1)},
    ]


def test_on_postgresql_a_statement_is_run_once_for_all_its_rows(
    postgres_database: Database,
) -> None:
    with postgres_database.write() as session:
        found(session)
        insert_all(session, WordLayout, LAYOUTS)

        asked = "SELECT statement FROM pg_prepared_statements"
        prepared = session.connection().exec_driver_sql(asked).scalars().all()

    [inserted] = [each for each in prepared if "INSERT INTO word_layouts" in each]
    assert "unnest" in inserted
