"""Whatever is thrown at a route, it answers, and what it refuses it explains."""

from collections.abc import AsyncIterator
from itertools import islice
from typing import Any

import pytest
import pytest_asyncio

from api.app import create_app
from api.problems import invalid
from tests.api.conftest import Issued
from tests.api.throwing import Thrower, as_json, operations, taken, thrown, unclear
from tests.hostile import DAYS, HEADERS, RAW, TEXTS
from tests.office import CLERK, DIRECTOR, SECRETARIAT, UNION, open_office
from tests.scale.test_statements import nowhere

pytestmark = pytest.mark.timeout(300)
# Of all operations every so manyth, and in make test-long each, on both databases.
FEW = 4
AT_SOME_OR_ALL = pytest.mark.parametrize(
    ("databases", "every"),
    [
        ("sqlite", FEW),
        pytest.param("sqlite", 1, marks=pytest.mark.long),
        pytest.param("postgres", 1, marks=pytest.mark.long),
    ],
    indirect=["databases"],
)

HEAD, MEMBER, OTHER = "ctqh-01", "cthdnd-02", "ctqh-05"
_PEOPLE = (SECRETARIAT, DIRECTOR, HEAD, UNION, CLERK, MEMBER, OTHER)


@pytest_asyncio.fixture(loop_scope="session")
async def thrower(issued: Issued) -> AsyncIterator[Thrower]:
    """The office of the issued decision; acts are received, and none is sent on."""
    engine, database = await nowhere(), issued.database
    async with open_office(database, engine, work=False, patience=0) as office:
        yield Thrower(office.http, _PEOPLE, issued.keys)


@pytest.mark.parametrize("every", [FEW, pytest.param(1, marks=pytest.mark.long)])
async def test_each_value_in_each_field_of_a_body_is_taken_or_refused_clearly(
    every: int,
) -> None:
    faults = [
        f"{operation.method} {operation.path} {where} {value!r:.40}: {said}"
        for operation in islice(operations(an_app()), 0, None, every)
        if operation.body is not None
        for where, value, body in thrown(operation)
        if (against := operation.against(body))
        and (said := unclear(invalid(against, operation.model).body))
    ]

    assert faults == []


@AT_SOME_OR_ALL
async def test_what_is_taken_in_a_body_is_foreseen(
    thrower: Thrower, every: int
) -> None:
    for operation in islice(operations(an_app()), 0, None, every):
        if operation.body is not None:
            for body in taken(operation):
                await thrower.throw(operation, as_json(body))
            await thrower.throw(operation, RAW[thrower.sent % len(RAW)])

    assert thrower.faults == []


@AT_SOME_OR_ALL
async def test_no_value_in_a_path_a_query_or_a_header_is_unforeseen(
    thrower: Thrower, every: int
) -> None:
    seen: set[str] = set()
    for operation in islice(operations(an_app()), 0, None, every):
        content = None if operation.body is None else as_json(operation.sample())
        for each in operation.parameters:
            kind = f"{each['in']} {each['name']} {each['schema']}"
            free = each["in"] == "path" and "pattern" not in each["schema"]
            for value in values_for(each) if free or kind not in seen else ():
                await thrower.throw(operation, content, **{each["name"]: value})
            seen.add(kind)

    assert thrower.faults == []


def an_app() -> Any:
    """Make the app, which only tells of its routes."""
    nobody: Any = None
    return create_app(nobody, nobody, (), sample=True)


def values_for(parameter: Any) -> list[Any]:
    """Choose what is thrown at a parameter."""
    return list(HEADERS if parameter["in"] == "header" else TEXTS + DAYS)
