"""A plan in the browser: copied from last year's, corrected, read, and its year."""

import re
from html import unescape

import pytest

from api.web.launching.sheets import plan_typed, typed_of
from engine.client import Engine
from intake.plans import read_plan
from store.database import Database
from tests.api.calls import idle_office
from tests.api.web.test_pages import registering, shown, sign_in
from tests.office import _PACKS, PLANS, SECRETARIAT

_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


def filled(page: str) -> dict[str, str]:
    """Give what a browser would send of the form of a plan as it stands."""
    _, _, form = page.partition('<form class="card card-body"')
    typed, select = dict[str, str](), ""
    for tag in re.finditer(
        r"<select\b([^>]*)>|<(input|textarea|option)\b([^>]*)>([^<]*)", form
    ):
        if tag[1] is not None:
            select = dict(_ATTRIBUTE.findall(tag[1])).get("name", "")
            continue
        facts = {k: unescape(v) for k, v in _ATTRIBUTE.findall(tag[3])}
        bare = tag[3]
        if tag[2] == "option":
            if " selected" in bare:
                typed[select] = facts["value"]
        elif tag[2] == "textarea":
            typed[facts["name"]] = unescape(tag[4])
        elif facts.get("type") != "checkbox" or " checked" in bare:
            typed[facts["name"]] = facts.get("value", "")
    return typed


@pytest.mark.parametrize("year", [2022, 2024])
def test_a_plan_in_its_form_is_the_same_plan(year: int) -> None:
    file = PLANS / f"{year}.yaml"
    plan = read_plan(file.read_bytes(), file.name, _PACKS)

    typed = typed_of(plan.model_dump(mode="json"))

    assert plan_typed(typed, _PACKS) == (plan, {})


async def test_last_years_plan_is_copied_corrected_and_drafted_as_typed(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    async with idle_office(sqlite_database, engine) as office:
        http = office.http
        await sign_in(http, SECRETARIAT)
        every = await http.get("/phat-dong")
        copy = await http.get("/soan-ke-hoach?chep=2022")
        typed = filled(copy.text)
        wrong = {**typed, "phases.0.submission_due": "2023-02-31", "title": ""}
        looked = await http.post("/soan-ke-hoach/kiem-tra", data=wrong)
        fine = await http.post("/soan-ke-hoach/kiem-tra", data=typed)
        refused = await http.post("/soan-ke-hoach", data=wrong)
        done = await http.post("/soan-ke-hoach", data=typed)
        again = await http.post("/soan-ke-hoach", data=typed)
        page = await http.get(done.headers["location"])
        asked = await http.get("/phat-dong/2023/sua")
        changed = {**filled(asked.text), "theme": "Kỷ cương, sáng tạo"}
        saved = await http.post("/phat-dong/2023/sua", data=changed)
        stale = await http.post("/phat-dong/2023/sua", data=changed)
        year = await http.get("/phat-dong/2023/lich-ca-nam")
        read = await http.get("/phat-dong/2023")

    assert 'href="/soan-ke-hoach?chep=2022"' in every.text
    assert typed["code"] == "2023"
    assert typed["phases.0.submission_due"] == "2023-06-30"
    assert "cần đọc lại" in shown(copy.text)
    assert "Còn 2 chỗ cần sửa" in unescape(looked.text)
    assert "Kế hoạch không có chỗ nào sai" in unescape(fine.text)
    assert refused.status_code == 422
    assert 'value="2023-02-31"' in refused.text
    assert (done.status_code, done.headers["location"]) == (303, "/phat-dong/2023")
    assert again.headers["location"] == "/phat-dong/2023"
    assert "/phat-dong/2023/sua" in page.text
    assert (saved.status_code, stale.status_code) == (303, 412)
    assert "Kỷ cương, sáng tạo" in stale.text
    assert "Kỷ cương, sáng tạo" in shown(read.text)
    assert "thứ Sáu 30/6/2023" in shown(year.text)
