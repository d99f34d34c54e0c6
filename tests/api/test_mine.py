"""Everybody reads all that is kept of them, and nothing that is kept of others."""

from typing import Any

from sqlalchemy import inspect
from sqlmodel import SQLModel, func, select

from store import tables
from store.personal.own import PARTS
from tests.api.calls import idle_office
from tests.api.conftest import Issued
from tests.journeys.cast import HEADS
from tests.office import DIRECTOR, UNION
from tests.scale.test_statements import nowhere

# Named in a row of somebody else's: who spoke of them, who proposed or answered it.
OF_OTHERS = {"opinions.person", "proposals.proposed_by", "proposals.ended_by"}


async def test_each_part_has_every_row_of_a_person_and_none_of_others(
    issued: Issued,
) -> None:
    found: dict[str, dict[str, int]] = {}
    async with idle_office(issued.database, await nowhere()) as office:
        for code in (DIRECTOR, UNION, HEADS["CTQH"], "ctqh-n000"):
            person = office.person(code)
            parts = [each["part"] for each in await person.get("/me/data")]
            for part in parts:
                rows = [each["row"] for each in await person.pages(f"/me/data/{part}")]
                names = [name for name in PARTS[part].by if name != "account"]
                assert all(code in map(row.get, names) for row in rows)
                found.setdefault(code, {})[part] = len(rows)

    assert found == {code: counted(issued, code) for code in found}
    assert {part for each in found.values() for part in each if each[part]} >= {
        *("people", "appointments", "council_seats", "nominations", "registrations"),
        *("commands", "acts", "notices", "ballots_cast", "campaigns", "decisions"),
    }


def counted(issued: Issued, person: str) -> dict[str, int]:
    """Count the rows that name somebody, part by part."""
    with issued.database.read() as session:
        return {
            name: session.exec(
                select(func.count()).select_from(part.rows_of(person).subquery())
            ).one()
            for name, part in PARTS.items()
        }


async def test_a_part_that_is_none_is_refused(issued: Issued) -> None:
    async with idle_office(issued.database, await nowhere()) as office:
        answer = await office.person(DIRECTOR).look("/me/data/alembic_version")

    assert (answer.status_code, answer.json()["type"]) == (
        404,
        "/problems/unknown_part",
    )


def test_every_column_that_refers_to_a_person_gives_them_the_row() -> None:
    models: list[Any] = [
        each
        for each in vars(tables).values()
        if isinstance(each, type)
        and issubclass(each, SQLModel)
        and each is not SQLModel
    ]
    referring = {
        f"{model.__tablename__}.{column.name}"
        for model in models
        for column in inspect(model).local_table.c
        for key in column.foreign_keys
        if key.target_fullname == "people.id"
    }

    given = {f"{table}.{name}" for table, part in PARTS.items() for name in part.by}
    assert referring - given == OF_OTHERS
