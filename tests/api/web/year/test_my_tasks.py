"""*Việc của tôi*: what waits, by when, why, and what comes when nothing does."""

from engine.client import Engine
from store.clock import step
from store.database import Database
from tests.api.web.test_pages import HEAD, registering, shown
from tests.api.web.year.reading import read_as
from tests.counted import counted
from tests.journeys.cast import at


async def test_what_waits_says_by_when_why_me_and_what_ends_it(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)

    async with read_as(sqlite_database, engine, HEAD) as reader:
        said = shown(await reader.page("/"))

    assert "Thứ Hai, hết ngày 28/02/2022" in said
    assert "· còn 22 ngày làm việc" in said
    assert (
        "Bạn là trưởng phòng. Xong khi bạn hoặc người cùng trách nhiệm làm việc "
        "«Đăng ký thi đua», hoặc khi hết hạn." in said
    )


async def test_on_the_last_day_a_task_says_that_it_is(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    with sqlite_database.write() as session:
        step(session, at("2022-02-28", "16:00"))

    async with read_as(sqlite_database, engine, HEAD) as reader:
        said = shown(await reader.page("/"))

    assert "· hôm nay là ngày làm việc cuối" in said


async def test_where_nothing_waits_it_says_what_comes_next(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)

    async with read_as(sqlite_database, engine, "ctqh-06") as reader:
        await reader.page("/")
        with counted(sqlite_database) as sent:
            said = shown(await reader.page("/"))

    assert "Hiện không có việc nào đang chờ bạn. Sắp tới Thứ Năm, hết ngày" in said
    assert "30/6/2022: kết thúc giai đoạn (Giai đoạn 1)" in said
    assert len(sent) < 50
