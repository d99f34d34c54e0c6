"""A person's titles over the years, and what is missing, for who may hear it."""

from engine.client import Engine
from store.database import Database
from tests.api.calls import idle_office
from tests.api.web.department.test_page import sent_in_time
from tests.api.web.test_pages import shown, sign_in
from tests.journeys.cast import HEADS
from tests.office import SECRETARIAT

STRANGER = "ttdn-03"
MISSING = "Còn thiếu gì cho danh hiệu tiếp theo"


async def test_what_is_missing_is_told_to_oneself_and_to_who_nominates_or_judges(
    sqlite_database: Database, engine: Engine
) -> None:
    sent_in_time(sqlite_database)
    told = {}
    async with idle_office(sqlite_database, engine) as office:
        for who in ("ctqh-02", HEADS["CTQH"], SECRETARIAT, "ctqh-05", STRANGER):
            await sign_in(office.http, who)
            page = await office.http.get("/ho-so/ctqh-02")
            told[who] = (MISSING in page.text, "Giấy khen" in page.text)
        own = await office.http.get("/ho-so")
        nobody = await office.http.get("/ho-so/khong-co")

    assert told == {
        "ctqh-02": (True, True),
        HEADS["CTQH"]: (True, True),
        SECRETARIAT: (True, True),
        "ctqh-05": (False, True),
        STRANGER: (False, False),
    }
    assert own.headers["location"] == f"/ho-so/{STRANGER}"
    assert nobody.status_code == 404
    assert "Âu Thị Hạnh Nguyên" in shown(page.text)
