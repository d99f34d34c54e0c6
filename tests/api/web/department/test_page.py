"""A department's page of a phase: where it stands, until when, and what comes next."""

from engine.client import Engine
from store.database import Database
from tests.activities.paper import Paper
from tests.api.web.test_pages import registering, shown
from tests.api.web.year.reading import signed_in
from tests.council.day import a_review
from tests.journeys.cast import HEADS, aim, at, praise
from tests.office import DIRECTOR

HEAD, STAFF, PAGE = HEADS["CTQH"], "ctqh-05", "/phong/2022-1/CTQH"


def sent_in_time(database: Database) -> Paper:
    """Let a department register, review, and send a list of one."""
    registering(database)
    paper = Paper(database)
    desk = paper.desk("CTQH")
    aims = {"aims": [aim("ctqh-02", "LDTT"), aim("CTQH", "TTLDTT")]}
    assert paper.act(HEAD, "register", desk, aims) == "applied"
    paper.pass_to(at("2022-06-20"))
    review = a_review("CTQH", HEAD)
    assert paper.act(HEAD, "record_peer_review", desk, review) == "applied"
    assert paper.act(HEAD, "submit", desk, {"lines": praise("ctqh-02")}) == "applied"
    return paper


async def test_the_page_of_the_own_department_is_found_by_the_menu(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    async with signed_in(sqlite_database, engine, STAFF) as http:
        home = await http.get("/")
        went = await http.get("/phong")

    assert 'href="/phong"' in home.text
    assert (went.status_code, went.headers["location"]) == (303, PAGE)


async def test_while_registration_is_open_the_page_says_until_when_and_leads_there(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    async with signed_in(sqlite_database, engine, HEAD) as http:
        page = (await http.get(PAGE)).text

    assert "Chưa gửi chưa bắt đầu" in shown(page)
    assert "Hạn đăng ký" in shown(page)
    assert "ngày làm việc" in shown(page)
    assert 'href="/lam/phases/2022-1/departments/CTQH/register?ve=' in page
    assert "Phòng chưa đăng ký gì." in shown(page)


async def test_what_was_sent_is_shown_with_the_second_of_its_receipt(
    sqlite_database: Database, engine: Engine
) -> None:
    sent_in_time(sqlite_database)
    async with signed_in(sqlite_database, engine, HEAD) as http:
        page = (await http.get(PAGE)).text

    words = shown(page)
    assert "Chờ duyệt đã gửi" in words
    assert "Gửi lúc 09:00:00 ngày 20/6/2022, người gửi: " in words
    assert "Xong: Đăng ký thi đua (2 đăng ký)" in words
    assert "Giấy khen của Chánh Văn phòng đã đề nghị" in words
    assert 'href="/lam/phases/2022-1/departments/CTQH/recall?ve=' in page


async def test_others_of_the_office_see_the_state_but_are_offered_nothing(
    sqlite_database: Database, engine: Engine
) -> None:
    sent_in_time(sqlite_database)
    async with signed_in(sqlite_database, engine, DIRECTOR) as http:
        page = (await http.get(PAGE)).text

    assert "Chờ duyệt" in shown(page)
    assert "Soạn đề nghị" not in shown(page)
    assert "/lam/phases/" not in page


async def test_whole_lists_have_pages_of_their_own(
    sqlite_database: Database, engine: Engine
) -> None:
    sent_in_time(sqlite_database)
    async with signed_in(sqlite_database, engine, HEAD) as http:
        aims = (await http.get(f"{PAGE}/dang-ky")).text
        lines = (await http.get(f"{PAGE}/danh-sach")).text

    assert "Tập thể lao động tiên tiến" in shown(aims)
    assert "Giấy khen" in shown(lines)
