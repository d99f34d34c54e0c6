"""The bar above a sample office, and whom to play."""

import re

import httpx2
import pytest

import cli
from api.app import create_app
from engine.client import Engine
from store.database import Database
from tests.api.accounts.signing import PASSWORD
from tests.api.calls import idle_office
from tests.api.web.test_pages import HEAD, registering, shown, sign_in
from tests.office import _PACKS, cheap_passwords


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


async def test_whoever_has_an_account_in_a_sample_signs_in_by_it(
    sqlite_database: Database,
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    registering(sqlite_database)
    monkeypatch.setenv("THIDUA_DATABASE_URL", sqlite_database.url)
    cli.run(["admin", "create", "quan-tri", "--person", HEAD])
    [code] = re.findall(r"Mã dùng một lần: (\S+)", capsys.readouterr().out)
    passwords = cheap_passwords()
    app = create_app(sqlite_database, engine, _PACKS, sample=True, passwords=passwords)
    transport = httpx2.ASGITransport(app=app)
    known = {"ten": "quan-tri", "den": "/quan-tri/tai-khoan"}
    async with httpx2.AsyncClient(transport=transport, base_url="http://o") as http:
        chosen = {"ma": code, "mat_khau": PASSWORD, "lap_lai": PASSWORD}
        await http.post("/dang-nhap/mat-khau", data=chosen)
        wrong = await http.post("/dang-nhap", data={**known, "mat_khau": "sai"})
        right = await http.post("/dang-nhap", data={**known, "mat_khau": PASSWORD})
        accounts = await http.get(right.headers["location"])
        played = await http.post("/dang-nhap", data={"ten": HEAD, "den": "/"})
        no_more = await http.get("/quan-tri/tai-khoan")

    assert wrong.status_code == 401
    assert '<details class="card card-body mt-3" open>' in wrong.text
    assert (right.status_code, accounts.status_code) == (303, 200)
    assert (played.status_code, no_more.status_code) == (303, 403)
