"""Lists as spreadsheets, over HTTP: they hold what the pages hold, for who reads it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.api.calls import idle_office
from tests.api.conftest import Issued
from tests.office import SECRETARIAT, Office
from tests.papers.test_sheets import read
from tests.scale.lists import APPROVED
from tests.scale.test_statements import nowhere

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def office(issued: Issued) -> AsyncIterator[Office]:
    """The office of which the first decision is issued."""
    async with idle_office(issued.database, await nowhere()) as opened:
        yield opened


async def sheet(office: Office, path: str, **asked: Any) -> list[list[Any]]:
    """Fetch a spreadsheet as the secretariat; give its rows below the headings."""
    answer = await office.person(SECRETARIAT).look(path, **asked)
    assert answer.status_code == 200, answer.text
    [rows, *_] = read(answer.content).values()
    return rows[2:]


async def test_a_departments_list_is_what_it_has_nominated(
    issued: Issued, office: Office
) -> None:
    phase = issued.keys["phases/key"]
    reader = office.person(SECRETARIAT)

    rows = await sheet(office, f"/phases/{phase}/lines/sheet/xlsx", department=APPROVED)
    lines = await reader.pages(f"/phases/{phase}/lines", department=APPROVED)

    assert [row[0] for row in rows] == [*range(1, len(lines) + 1)]
    assert {row[9] for row in rows} == {x["evidence"]["achievement"] for x in lines}


async def test_the_results_of_a_meeting_have_its_figures(
    issued: Issued, office: Office
) -> None:
    key = issued.keys["council-sessions/key"]
    reader = office.person(SECRETARIAT)

    rows = await sheet(office, f"/council-sessions/{key}/sheet/xlsx")
    lines = await reader.pages(f"/council-sessions/{key}/lines")

    assert len(rows) == len(lines) > 0
    assert {row[9] for row in rows} != {""}


async def test_decisions_and_the_register_name_the_same_numbers(
    issued: Issued, office: Office
) -> None:
    phase, key = issued.keys["phases/key"], issued.keys["decisions/key"]
    reader = office.person(SECRETARIAT)

    decided = await sheet(office, f"/phases/{phase}/decisions/sheet/xlsx")
    book = await sheet(office, "/decision-numbers/sheet/xlsx")
    [given] = await reader.pages("/decision-numbers")
    lines = await reader.pages(f"/decisions/{key}/lines")

    numbers = [each["number"] for each in given["numbers"]]
    assert [int(row[2]) for row in book if row[3] != "bỏ trống"] == numbers
    assert {row[0] for row in decided} == {f"{numbers[0]:02}/{given['series']}"}
    assert len(decided) == len(lines)


async def test_the_pay_list_adds_up(issued: Issued, office: Office) -> None:
    key = issued.keys["decisions/key"]
    answer = await office.person(SECRETARIAT).look(f"/decisions/{key}/pay/xlsx")

    *rows, total = read(answer.content)["Chi thưởng"][4:]

    assert total[1] == "CỘNG"
    assert total[6] == sum(row[6] or 0 for row in rows) > 0


async def test_a_file_of_another_kind_is_none(office: Office) -> None:
    answer = await office.person(SECRETARIAT).look("/statistics/2022/sheet/pdf")

    assert answer.status_code == 422


async def test_statistics_come_as_one_file_in_either_form(office: Office) -> None:
    reader = office.person(SECRETARIAT)

    excel = await reader.look("/statistics/2022/sheet/xlsx")
    as_csv = await reader.look("/statistics/2022/sheet/csv")

    assert [*read(excel.content)] == ["0601.N", "0603.N", "Cấp cơ quan"]
    assert as_csv.text.startswith('\ufeff"SỐ PHONG TRÀO THI ĐUA, NĂM 2022"')
    assert as_csv.headers["content-disposition"].endswith("thong-ke-2022.csv")
