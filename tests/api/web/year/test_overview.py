"""*Tổng quan*: the year, its targets, and how departments stand."""

from engine.client import Engine
from store.database import Database
from store.tables import Submission
from tests.api.web.test_pages import registering, shown
from tests.api.web.year.reading import read_as, rows
from tests.counted import counted
from tests.journeys.cast import at
from tests.office import DIRECTOR, prepare
from tests.scale.office import grow

RECIPIENT = "noi-nhan-01"


async def test_a_campaign_is_shown_step_by_step_with_today_among_them(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)

    async with read_as(sqlite_database, engine, DIRECTOR) as reader:
        page = await reader.page("/tong-quan")

    found = rows(page)
    assert ["1", "Thi đua", "01/01/2022 – 30/6/2022", "đang làm"] in found
    assert ["2", "Đăng ký thi đua", "10/01/2022 – 28/02/2022", "đang làm"] in found
    assert ["7", "Chánh Văn phòng quyết định", "29/7/2022 – 04/8/2022", "sắp tới"] in (
        found
    )
    assert 'class="today"' in page
    assert "style=" not in page
    assert page.count("<h1") == 1


async def test_departments_stand_in_the_four_words_that_lead_to_their_pages(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)

    async with read_as(sqlite_database, engine, DIRECTOR) as reader:
        page = await reader.page("/tong-quan/2022")

    found = rows(page)
    assert ["Giai đoạn 1", "4", "0", "0", "0"] in found
    assert 'href="/phong/2022-1/CTQH"' in page
    assert ["Phòng Công tác Quốc hội", "Chưa gửi chưa bắt đầu", "–"] in found


async def test_targets_show_of_whom_they_are_and_how_far_each_step_has_come(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)

    async with read_as(sqlite_database, engine, DIRECTOR) as reader:
        page = await reader.page("/tong-quan/2022")

    said = shown(page)
    assert "Chưa đạt: 0 trên 32 người tham gia được tặng." in said
    assert "Luật cho tặng nhiều nhất 15%." in said
    assert ["Lao động tiên tiến", *"00000", "32/32"] in rows(page)


async def test_recipients_read_the_year_and_its_targets_but_not_of_departments(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)

    async with read_as(sqlite_database, engine, RECIPIENT) as reader:
        page = await reader.page("/tong-quan")

    said = shown(page)
    assert "Năm thi đua" in said
    assert "0 trên 32 người tham gia" in said
    assert "Hồ sơ của các phòng" not in said
    assert "/phong/" not in page


async def test_an_office_without_a_campaign_says_so(
    sqlite_database: Database, engine: Engine
) -> None:
    prepare(sqlite_database, 2022, at("2022-01-03", "08:00"))

    async with read_as(sqlite_database, engine, DIRECTOR) as reader:
        page = await reader.page("/tong-quan")

    assert "Chưa có phong trào nào." in shown(page)


async def test_the_overview_of_three_hundred_departments_takes_as_many_statements(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    async with read_as(sqlite_database, engine, DIRECTOR) as reader:
        await reader.page("/tong-quan")
        with counted(sqlite_database) as few:
            await reader.page("/tong-quan")
        grow(sqlite_database, 300)
        with sqlite_database.write() as session:
            session.add_all(
                Submission(phase="2022-1", department=f"P{n:05}") for n in range(296)
            )
        await reader.page("/tong-quan")
        with counted(sqlite_database) as many:
            page = await reader.page("/tong-quan")

    assert len(many) == len(few)
    assert ["Giai đoạn 1", "300", "0", "0", "0"] in rows(page)
    assert "Các phòng tiếp theo" in page
