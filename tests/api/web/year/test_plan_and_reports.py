"""*Kế hoạch* and *Báo cáo*: what the union signs, and what recipients read."""

from typing import Any

import pytest

from domain.states import PhaseState
from engine.client import Engine
from store.clock import now
from store.database import Database
from store.findings.reviews import content
from store.tables import Phase, Report
from tests.activities.paper import Paper
from tests.api.conftest import Issued
from tests.api.web.test_pages import registering, shown
from tests.api.web.year.reading import read_as, rows
from tests.counted import counted
from tests.journeys.cast import a_plan, at
from tests.office import UNION, prepare
from tests.scale.test_statements import nowhere

pytestmark = pytest.mark.timeout(300)
RECIPIENT = "noi-nhan-01"
PLAN, REPORTS = "/ke-hoach/2022", "/bao-cao/2022"


def sum_up(database: Database, version: int = 1, **more: Any) -> None:
    """Compute the review of the first phase, but for what is said to be *more*."""
    with database.write() as session:
        phase = session.get_one(Phase, "2022-1")
        session.add(
            Report(
                campaign="2022",
                phase=phase.id,
                kind="interim",
                version=version,
                at=now(session),
                content=content(session, phase, ["phase:2022-1"]) | more,
            )
        )


async def test_the_union_reads_the_plan_and_signs_its_pact(
    sqlite_database: Database, engine: Engine
) -> None:
    prepare(sqlite_database, 2022, at("2022-01-03", "08:00"))
    Paper(sqlite_database).draft(a_plan())

    async with read_as(sqlite_database, engine, UNION) as reader:
        page = await reader.page(PLAN)

    said = shown(page)
    assert "Lãnh đạo (Chánh Văn phòng): chưa ký Công đoàn: chưa ký" in said
    assert 'href="/lam/campaigns/2022/sign-pact?' in page
    assert "Nơi nhận" in said


async def test_recipients_read_the_plan_and_may_do_nothing_to_it(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)

    async with read_as(sqlite_database, engine, RECIPIENT) as reader:
        page = await reader.page(PLAN)

    assert "đã ký Đủ chữ ký lúc" in shown(page)
    assert "Phát động lúc" in shown(page)
    assert "/lam/" not in page
    assert ["/nhat-ky/2022" in page, "/bao-cao/2022" in page] == [False, True]


async def test_whoever_is_of_the_office_comments_while_a_list_is_posted(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    with sqlite_database.write() as session:
        like = session.get_one(Phase, "2022-1").model_dump()
        posted = {"id": "2022-3", "number": 3, "state": PhaseState.PUBLIC_NOTICE}
        session.add(Phase(**like | posted))

    pages = {}
    for who in (UNION, RECIPIENT):
        async with read_as(sqlite_database, engine, who) as reader:
            pages[who] = await reader.page(PLAN)

    comment = 'href="/lam/phases/2022-3/comment?ve=%2Fke-hoach%2F2022"'
    assert [comment in pages[who] for who in (UNION, RECIPIENT)] == [True, False]


async def test_recipients_read_a_review_in_its_last_version_with_a_table_behind_bars(
    issued: Issued,
) -> None:
    sum_up(issued.database)
    sum_up(issued.database, version=2)

    async with read_as(issued.database, await nowhere(), RECIPIENT) as reader:
        page = await reader.page(REPORTS)
        before = shown(await reader.page(f"{REPORTS}?ban=interim/2022-1/1"))

    said = shown(page)
    assert f'href="{REPORTS}?ban=interim/2022-1/1"' in page
    assert "Sơ kết giai đoạn 1 Bản 1, tổng hợp lúc" in before
    assert "Sơ kết giai đoạn 1 Bản 2, tổng hợp lúc" in said
    assert said.count("tổng hợp lúc") == 1
    assert any("đã tặng:" in row[-1] for row in rows(page))
    assert "Đã báo lên trên vì quá hạn:" in said
    assert "style=" not in page


async def test_reports_take_as_many_statements_however_many_lines_there_are(
    issued: Issued,
) -> None:
    sum_up(issued.database)

    async def taken() -> int:
        async with read_as(issued.database, await nowhere(), RECIPIENT) as reader:
            await reader.page(REPORTS)
            with counted(issued.database) as sent:
                await reader.page(REPORTS)
        return len(sent)

    few = await taken()
    people = [f"Người {n}" for n in range(300)]
    late = {f"2022-1/P{n}": "overdue" for n in range(300)}
    sum_up(issued.database, version=2, lists={"LDTT": people}, departments=late)

    assert await taken() == few


async def test_before_a_review_the_page_says_that_there_is_none(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)

    async with read_as(sqlite_database, engine, RECIPIENT) as reader:
        page = await reader.page(REPORTS)

    assert "Chưa có báo cáo sơ kết hay tổng kết nào." in shown(page)
