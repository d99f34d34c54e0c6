"""A plan is rehearsed on a page before it is signed: followed, left, come back to."""

import httpx2
import pytest
from sqlmodel import func, select

from api.web.launching.rehearsing import HERE
from api.web.launching.sheets import typed_of
from engine.client import Engine
from store.database import Database
from store.tables import Act, Person
from tests.api.calls import idle_office
from tests.api.web.test_pages import registering, shown, sign_in
from tests.journeys.cast import HEADS, a_plan
from tests.office import DIRECTOR, SECRETARIAT
from tests.processes import until

PLAN = typed_of(a_plan())


async def test_what_is_wrong_in_a_plan_is_said_and_who_drafts_none_rehearses_none(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    async with idle_office(sqlite_database, engine) as office:
        http = office.http
        await sign_in(http, SECRETARIAT)
        none = await http.get(HERE)
        wrong = await http.post(HERE, data={**PLAN, "year": "năm nay"})
        after = await http.get(HERE)
        await sign_in(http, HEADS["CTQH"])
        refused = [
            await http.post(HERE, data=PLAN),
            await http.post("/phat-dong/2022/dien-tap"),
        ]

    assert "Bạn chưa diễn tập kế hoạch nào ở đây" in shown(none.text)
    assert wrong.status_code == 422
    assert 'value="năm nay"' in wrong.text
    assert shown(after.text) == shown(none.text)
    assert [each.status_code for each in refused] == [403, 403]


async def over(http: httpx2.AsyncClient) -> str:
    """Come back until the year is over."""

    async def ended() -> bool:
        return "rời trang này" not in (await http.get(HERE)).text

    await until(ended, "the year is over", 120)
    return (await http.get(HERE)).text


@pytest.mark.long
@pytest.mark.timeout(240)
async def test_the_year_of_a_plan_is_played_apart_and_read_month_by_month(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    with sqlite_database.write() as session:
        session.get_one(Person, HEADS["CTQH"]).name = "Trần Thị Mới"
        acts = session.exec(select(func.count()).select_from(Act)).one()
    async with idle_office(sqlite_database, engine) as office:
        http = office.http
        await sign_in(http, DIRECTOR)
        begun = await http.post("/phat-dong/2022/dien-tap")
        again = await http.post(HERE, data=PLAN)
        moving = (await http.get(HERE)).text
        page = await over(http)
        june = (await http.get(f"{HERE}?thang=2022-06")).text
        await sign_in(http, SECRETARIAT)
        others = (await http.get(HERE)).text
    with sqlite_database.read() as session:
        then = session.exec(select(func.count()).select_from(Act)).one()

    assert acts == then
    assert "Trần Thị Mới" in shown(june)
    assert begun.headers["location"] == again.headers["location"] == HERE
    assert "hx-trigger" in moving
    assert 'href="?thang=2022-06"' in page
    assert "Gửi đề nghị khen thưởng" in shown(june)
    assert len(june) < 300_000
    assert "Bạn chưa diễn tập" in shown(others)
