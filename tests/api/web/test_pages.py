"""Signing in, seeing what waits, and doing it: on pages alone."""

import re
from collections.abc import Iterator
from html import unescape

import httpx2

from api.web.navigation import MENU
from api.web.visiting import PageRoute
from engine.client import Engine
from store.database import Database
from tests.activities.paper import Paper
from tests.api.calls import idle_office
from tests.api.test_hostile import an_app
from tests.counted import counted
from tests.journeys.cast import HEADS, a_plan, at
from tests.office import open_office, prepare

# Whoever has the code of an empty office sets it up, and nobody is signed in there.
OPEN = ("/dang-", "/static/", "/thiet-lap")
HEAD, DESK = HEADS["CTQH"], "/lam/phases/2022-1/departments/CTQH"


async def sign_in(http: httpx2.AsyncClient, person: str, wanted: str = "/") -> str:
    """Play a person of the sample office; return where it goes on."""
    answer = await http.post("/dang-nhap", data={"ten": person, "den": wanted})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def hidden(page: str, name: str) -> str:
    """Find what a form sends without being asked."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def shown(page: str) -> str:
    """Give the words of a page, as somebody reads them."""
    _, _, main = page.partition("<main")
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", f"<main{main}")).split())


def registering(database: Database) -> None:
    """Bring a campaign to where departments register."""
    prepare(database, 2022, at("2022-01-03", "08:00"))
    paper = Paper(database)
    paper.launch(a_plan())
    paper.pass_to(at("2022-01-20"))


async def test_a_stranger_signs_in_and_comes_to_the_page_that_was_wanted(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    async with idle_office(sqlite_database, engine) as office:
        asked = await office.http.get(f"{DESK}/register")
        page = await office.http.get(asked.headers["location"])
        went = await sign_in(office.http, HEAD, hidden(page.text, "den"))
        there = await office.http.get(went)

    assert (asked.status_code, went) == (303, f"{DESK}/register")
    assert "Đăng ký thi đua Giai đoạn 1, Phòng Công tác Quốc hội" in shown(there.text)


def pages() -> Iterator[tuple[str, str]]:
    """List every page that is for somebody: how it is asked for, and where."""
    for route in an_app().routes:
        if isinstance(route, PageRoute) and not route.path.startswith(OPEN):
            [method] = route.methods
            yield method, re.sub(r"\{\w+\}", "x", route.path)


async def test_a_stranger_is_asked_to_sign_in_by_every_page(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    asked = [*pages()]
    async with idle_office(sqlite_database, engine) as office:
        answers = [
            await office.http.request(method, path, data={"a": "b"})
            for method, path in asked
        ]

    went = [(each.status_code, each.headers.get("location")) for each in answers]
    assert went == [
        (303, f"/dang-nhap?den={path}") if method == "GET" else (401, None)
        for method, path in asked
    ]


async def test_who_may_not_act_hears_so_on_the_page(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    async with idle_office(sqlite_database, engine) as office:
        await sign_in(office.http, "ttdn-03")
        typed = {"reason": "Không có ai."}
        answer = await office.http.post(f"{DESK}/file-nil-return", data=typed)

    assert answer.status_code == 403
    assert "trưởng phòng" in shown(answer.text)


async def test_nobody_is_led_elsewhere_by_signing_in(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    elsewhere = ["//evil.example", "https://evil.example", "/\\evil.example", ""]
    async with idle_office(sqlite_database, engine) as office:
        went = [await sign_in(office.http, HEAD, each) for each in elsewhere]

    assert went == ["/"] * len(elsewhere)


async def test_what_waits_is_done_on_the_page_that_it_leads_to(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    async with open_office(sqlite_database, engine) as office:
        http = office.http
        await sign_in(http, HEAD)
        waiting = (await http.get("/")).text
        page = (await http.get(f"{DESK}/register")).text
        aim = {"aims.0.kind": "individual", "aims.0.subject": "ctqh-02"}
        typed = {"_khoa": hidden(page, "_khoa"), **aim}

        half = await http.post(f"{DESK}/register", data=typed)
        more = await http.post(f"{DESK}/register", data={**typed, "_them": "aims"})
        whole = {**typed, "aims.0.title": "LDTT"}
        sent = await http.post(f"{DESK}/register", data=whole)
        again = await http.post(f"{DESK}/register", data=whole)
        done = await http.get(sent.headers["location"])
        left = (await http.get("/")).text

    assert f'href="{DESK}/register"' in waiting
    assert (half.status_code, more.status_code) == (422, 200)
    assert "1 chỗ cần sửa. Danh hiệu, hình thức : " in shown(half.text)
    assert 'value="ctqh-02"' in half.text
    assert 'name="aims.1.subject"' in more.text
    assert "Đã xong. Nhận lúc 09:00:00 ngày 20/01/2022." in shown(done.text)
    assert "Đã đăng ký: 1 mục." in shown(done.text)
    assert again.headers["location"] == sent.headers["location"]
    assert f'href="{DESK}/register"' not in left


async def test_a_refusal_gives_back_what_was_typed_and_says_why(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    async with open_office(sqlite_database, engine) as office:
        await sign_in(office.http, HEAD)
        typed = {"reason": "Không có ai."}
        answer = await office.http.post(f"{DESK}/file-nil-return", data=typed)

    assert answer.status_code == 409
    assert "Không có ai." in answer.text
    assert 'role="alert"' in answer.text


async def test_what_is_no_form_is_not_read(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    async with idle_office(sqlite_database, engine) as office:
        await sign_in(office.http, HEAD)
        forms = {"Content-Type": "application/x-www-form-urlencoded"}
        answers = [
            await office.http.post(f"{DESK}/register", content=content, headers=headers)
            for content, headers in (
                (b"{}", {"Content-Type": "application/json"}),
                (b"a=%FF%FE" + b"&a=1" * 6000, forms),
                (b"a=\xff", forms),
                (b"a=%00", forms),
                (b"a=" + b"1" * 2**21, forms),
            )
        ]

    assert {answer.status_code for answer in answers} == {400}


async def test_the_menu_has_what_is_open_to_whoever_looks(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    found = {}
    async with idle_office(sqlite_database, engine) as office:
        for person in (HEAD, "noi-nhan-01"):
            await sign_in(office.http, person)
            page = (await office.http.get("/")).text
            _, _, menu = page.partition('<nav aria-label="Chính">')
            found[person] = set(
                re.findall(r'href="([^"]+)"', menu.partition("</nav>")[0])
            )

    closed = {"/phong", "/vu-viec", "/tham-dinh", "/hoi-dong", "/quyet-dinh"}
    assert found[HEAD] - found["noi-nhan-01"] == {*closed, "/quan-tri", "/tim"}
    assert {"/", "/tong-quan", "/lich", "/phat-dong", "/bang-vang", "/thong-bao"} == (
        found["noi-nhan-01"]
    )


async def test_a_page_reads_once_how_whoever_looks_stands(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    once = {}
    async with idle_office(sqlite_database, engine) as office:
        await sign_in(office.http, HEAD)
        for path in (each.path for each in MENU):
            with counted(sqlite_database) as sent:
                await office.http.get(path)
            once[path] = sum("OUTER JOIN council_seats" in each for each in sent)

    assert once == dict.fromkeys(once, 1)
