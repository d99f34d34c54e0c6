"""The bar above a sample office, and whom to play."""

import httpx2

from engine.client import Engine
from store.database import Database
from tests.api.calls import idle_office
from tests.api.web.test_pages import HEAD, registering, shown, sign_in


def bar_of(answer: httpx2.Response) -> str:
    """Give the words of the bar, and nothing where there is none."""
    _, found, bar = answer.text.partition('<aside class="bar')
    return shown(f"<main {bar.partition('</aside>')[0]}") if found else ""


async def test_whom_to_play_is_chosen_by_role_or_by_a_name_without_its_marks(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    async with idle_office(sqlite_database, engine) as office:
        asked = await office.http.get("/thong-bao")
        signing_in = await office.http.get(asked.headers["location"])
        roles = await office.http.get("/dang-nhap/vai?den=/thong-bao")
        found = await office.http.get("/dang-nhap/vai?tim=ba+loc&phong=CTQH")
        nobody = await office.http.get("/dang-nhap/vai?tim=khong-co-ai")
        went = await sign_in(office.http, HEAD, "/thong-bao")
        there = await office.http.get(went)

    assert 'href="/dang-nhap/vai?den=/thong-bao"' in signing_in.text
    assert 'name="ten" value="ld-01" aria-label="Vào vai ' in roles.text
    assert 'value="/thong-bao"' in roles.text
    assert "Tìm thấy 1 người" in shown(found.text)
    assert "Không tìm thấy ai." in shown(nobody.text)
    assert bar_of(roles) == "Văn phòng mẫu Chọn vai"
    assert "Bạn đang đóng vai " in bar_of(there)
    assert "Sang ngày" not in bar_of(there)
