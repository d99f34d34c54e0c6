"""Rows of the office on pages: people, departments, posts and ratings, as the API."""

import re
from datetime import date

from sqlmodel import select

from engine.client import Engine
from store.database import Database
from store.office import master, people
from store.office.sample import person_row
from store.tables import Appointment, Office, Rating, ServiceSpan
from tests.api.calls import idle_office
from tests.api.web.test_pages import hidden, shown, sign_in
from tests.journeys.cast import at
from tests.office import DIRECTOR, SECRETARIAT, prepare
from tests.scale.office import grow

NEW, PEOPLE, RATINGS = "/quan-tri/nguoi-moi", "/quan-tri/nguoi", "/quan-tri/xep-loai"
PROPOSALS, HEAD = "/quan-tri/de-nghi", "ctqh-01"


async def test_a_newcomer_gets_a_post_that_decides_once_another_confirms(
    sqlite_database: Database, engine: Engine
) -> None:
    prepare(sqlite_database, 2022, at("2022-12-20", "08:00"))
    post = {"office": "department_head", "department": "CTQH", "starts": "2022-12-21"}
    async with idle_office(sqlite_database, engine) as office:
        http = office.http
        await sign_in(http, SECRETARIAT)
        wrong = await http.post(NEW, data={"code": "CT", "name": ""})
        made = await http.post(NEW, data={"code": "ctqh-99", "name": "Trần Văn Mới"})
        again = await http.post(NEW, data={"code": "ctqh-99", "name": "Trần Văn Mới"})
        works = {"department": "CTQH", "starts": "2022-12-01"}
        began = await http.post(made.headers["location"], data=works)
        taken = await http.post(f"{PEOPLE}/ctqh-99/chuc-vu", data=post)
        form = (await http.get(f"{PEOPLE}/ctqh-99/chuc-vu")).text
        [held] = re.findall(
            r'value="(\d+)">Trưởng phòng, Phòng Công tác Quốc hội', form
        )
        asked = await http.post(
            f"{PEOPLE}/ctqh-99/chuc-vu", data={**post, "replaces": held}
        )
        own = await http.get(asked.headers["location"])
        alone = await http.post(f"{PROPOSALS}/1/xac-nhan")
        await sign_in(http, DIRECTOR)
        waiting = await http.get("/")
        mute = await http.post(f"{PROPOSALS}/1/tu-choi", data={"ly_do": " "})
        confirmed = await http.post(f"{PROPOSALS}/1/xac-nhan")
        left = await http.get(PROPOSALS)
        person = await http.get(f"{PEOPLE}/ctqh-99")

    assert "Chưa ghi: 2 chỗ cần sửa." in shown(wrong.text)
    assert (again.status_code, 'value="Trần Văn Mới"' in again.text) == (422, True)
    assert began.headers["location"] == f"{PEOPLE}/ctqh-99"
    assert (taken.status_code, "«Thay cho»" in taken.text) == (409, True)
    assert asked.headers["location"] == PROPOSALS
    assert "Rút đề nghị" in shown(own.text)
    assert "Xác nhận" not in shown(own.text)
    assert f'href="{PROPOSALS}"' in waiting.text
    assert [each.status_code for each in (alone, mute, confirmed)] == [403, 422, 303]
    assert "Không có gì chờ xác nhận." in shown(left.text)
    said = "Trưởng Phòng Công tác Quốc hội, từ ngày 21/12/2022"
    assert said in shown(person.text)
    with sqlite_database.read() as session:
        heads = session.exec(
            select(Appointment.person, Appointment.ends).where(
                Appointment.office == Office.DEPARTMENT_HEAD,
                Appointment.department == "CTQH",
            )
        ).all()
    assert sorted((who, str(ends)) for who, ends in heads) == [
        ("ctqh-01", "2022-12-21"),
        ("ctqh-99", "None"),
    ]


async def test_rows_are_corrected_ended_and_taken_back_by_whoever_saw_them_as_they_are(
    sqlite_database: Database, engine: Engine
) -> None:
    prepare(sqlite_database, 2022, at("2022-12-20", "08:00"))
    leave = {"kind": "training", "starts": "2022-03-01"}
    async with idle_office(sqlite_database, engine) as office:
        http = office.http
        await sign_in(http, SECRETARIAT)
        await http.post(f"{PEOPLE}/ctqh-05/vang-mat", data=leave)
        page = (await http.get(f"{PEOPLE}/ctqh-05")).text
        [row] = re.findall(rf'href="({PEOPLE}/ctqh-05/vang-mat/\d+)"', page)
        first = (await http.get(row)).text
        version = {"_phien_ban": hidden(first, "_phien_ban")}
        end = {**version, "viec": "ket-thuc", "het": "2022-09-01"}
        ended = await http.post(row, data=end)
        stale = await http.post(row, data=end)
        elsewhere = await http.get(row.replace("ctqh-05", "ctqh-06"))
        other = {"viec": "huy", "ly_do": "Nhầm.", "_phien_ban": "2"}
        gone = await http.post(row, data=other)
        await http.post("/quan-tri/phong-moi", data={"code": "moi", "name": "Phòng"})
        unit = {"code": "MOI", "name": "Phòng Mới", "starts": "2022-12-01"}
        new = await http.post("/quan-tri/phong-moi", data=unit)
        known = (await http.get("/quan-tri/phong/MOI")).text
        renamed = {"name": "Phòng Đổi mới", "starts": "2022-12-01", "collective": "1"}
        renamed["_phien_ban"] = hidden(known, "_phien_ban")
        changed = await http.post("/quan-tri/phong/MOI", data=renamed)
        listed = await http.get("/quan-tri/to-chuc")
        after = await http.get(f"{PEOPLE}/ctqh-05")
        await sign_in(http, HEAD)
        others = await http.get(f"{PEOPLE}/ctqh-05")
        forbidden = await http.post(f"{PEOPLE}/ctqh-05/vang-mat", data=leave)
        unread = await http.get(f"{PEOPLE}/ctqh-05/ky-luat/1")

    assert [each.status_code for each in (ended, stale, gone)] == [303, 412, 303]
    assert elsewhere.status_code == 404
    assert (new.status_code, changed.status_code) == (303, 303)
    assert "Phòng Đổi mới MOI" in shown(listed.text)
    assert "đào tạo, bồi dưỡng" not in shown(after.text)
    assert "Thời gian nghỉ" not in shown(others.text)
    assert "Ghi thêm" not in shown(others.text)
    assert (forbidden.status_code, unread.status_code) == (403, 404)


async def test_a_department_is_rated_for_a_year_on_one_page(
    sqlite_database: Database, engine: Engine
) -> None:
    prepare(sqlite_database, 2022, at("2022-12-20", "08:00"))
    with sqlite_database.write() as session:
        for row in session.exec(select(Rating).where(Rating.subject == "ctqh-02")):
            session.delete(row)
    one = {"nam": "2022", "phong": "CTQH"}
    level = {**one, "muc.individual.ctqh-02": "EXCELLENT", "cu.individual.ctqh-02": ""}
    async with idle_office(sqlite_database, engine) as office:
        http = office.http
        await sign_in(http, SECRETARIAT)
        page = await http.get(f"{RATINGS}?nam=2022&phong=CTQH")
        rated = await http.post(RATINGS, data=level)
        late = await http.post(RATINGS, data={**level, "muc.individual.x": "COMPLETED"})
        future = await http.post(RATINGS, data={**level, "nam": "2031"})
        bad = await http.post(RATINGS, data={**one, "muc.gi-do.x": "RẤT TỐT"})
        no_year = await http.post(RATINGS, data={"nam": "năm nay"})

    assert "chưa xếp loại" in shown(page.text)
    assert "Phòng Công tác Quốc hội (tập thể)" in shown(page.text)
    assert rated.headers["location"] == f"{RATINGS}?nam=2022&phong=CTQH"
    assert late.status_code == 409
    assert "ctqh-02: vừa có người khác ghi" in shown(late.text)
    assert "x: Không có người nào mang mã «x»." in shown(late.text)
    assert (future.status_code, bad.status_code, no_year.status_code) == (409, 409, 409)
    with sqlite_database.read() as session:
        found = session.get_one(Rating, ("individual", "ctqh-02", 2022))
    assert found.level == "EXCELLENT"


async def test_who_does_not_fit_on_the_page_of_ratings_is_rated_on_the_next(
    sqlite_database: Database, engine: Engine
) -> None:
    prepare(sqlite_database, 2022, at("2022-12-20", "08:00"))
    with sqlite_database.write() as session:
        for n in range(110):
            session.add(person_row(f"n-{n:03}", f"Người {n:03}", None))
        session.flush()
        for n in range(110):
            works = {"department": "CTQH", "starts": date(2020, 1, 1)}
            session.add(ServiceSpan(person=f"n-{n:03}", **works))
    async with idle_office(sqlite_database, engine) as office:
        http = office.http
        await sign_in(http, SECRETARIAT)
        first = (await http.get(f"{RATINGS}?nam=2022&phong=CTQH")).text
        [here] = re.findall(r'href="(/quan-tri/xep-loai[^"]+sau=[^"]+)"', first)
        second = (await http.get(here)).text
        names = set(re.findall(r'name="(muc\.[^"]+)"', second))
        last = max(names)
        typed = {"nam": "2022", "phong": "CTQH", "sau": hidden(second, "sau")}
        rated = await http.post(RATINGS, data={**typed, last: "EXCELLENT"})
        wrong = await http.post(RATINGS, data={**typed, last: "RẤT TỐT"})
        lost = await http.post(RATINGS, data={**typed, last: "", "sau": "x"})

    whole = set(re.findall(r'name="(muc\.[^"]+)"', first)) | names
    with sqlite_database.read() as session:
        staff = people.members(session, "CTQH", date(2022, 12, 20))
    assert whole == {"muc.collective.CTQH"} | {f"muc.individual.{x.id}" for x in staff}
    assert rated.headers["location"] == here
    assert names == set(re.findall(r'name="(muc\.[^"]+)"', wrong.text))
    assert lost.status_code == 303
    with sqlite_database.read() as session:
        found = session.get_one(Rating, ("individual", last.split(".")[-1], 2022))
    assert found.level == "EXCELLENT"


async def test_departments_and_posts_that_do_not_fit_follow_on_the_next_page(
    sqlite_database: Database, engine: Engine
) -> None:
    prepare(sqlite_database, 2022, at("2022-12-20", "08:00"))
    grow(sqlite_database, 130)
    read = dict[str, list[str]]()
    async with idle_office(sqlite_database, engine) as office:
        await sign_in(office.http, SECRETARIAT)
        for which in ("phong_sau", "chuc_vu_sau"):
            query: str | None = ""
            while query is not None:
                page = (await office.http.get(f"/quan-tri/to-chuc{query}")).text
                read.setdefault(which, []).append(page)
                on = re.search(rf'href="(\?{which}=[^"]+)"', page)
                query = on and on[1]

    with sqlite_database.read() as session:
        every = {each.code for each in master.departments(session, None)}
    listed = re.findall(r'/quan-tri/phong/(\w+)"', "".join(read["phong_sau"]))
    headed = re.findall(r"Trưởng phòng, [^<]+", "".join(read["chuc_vu_sau"]))
    assert (len(read["phong_sau"]), len(read["chuc_vu_sau"])) == (2, 2)
    assert sorted(listed) == sorted(every)
    assert len(headed) == len({*headed}) == len(every)


async def test_two_codes_that_may_be_one_human_are_said_to_be_two_people(
    sqlite_database: Database, engine: Engine
) -> None:
    prepare(sqlite_database, 2022, at("2022-12-20", "08:00"))
    one = {"code": "ctqh-98", "name": "Lê Văn Tám", "born_on": "1980-05-01"}
    page = f"{PEOPLE}/ctqh-98/hai-nguoi"
    async with idle_office(sqlite_database, engine) as office:
        http = office.http
        await sign_in(http, SECRETARIAT)
        await http.post(NEW, data=one)
        await http.post(NEW, data={**one, "code": "ctqh-99"})
        before = (await http.get(f"{PEOPLE}/ctqh-98")).text
        asked = (await http.get(f"{page}?ma=ctqh-99")).text
        mute = await http.post(page, data={"other": "ctqh-99"})
        said = {"other": "ctqh-99", "reason": "Hai quyết định tuyển dụng khác nhau."}
        told = await http.post(page, data=said)
        again = await http.post(page, data=said)
        nobody = await http.get(f"{PEOPLE}/khong-co/hai-nguoi")
        after = (await http.get(f"{PEOPLE}/ctqh-98")).text
        await sign_in(http, HEAD)
        forbidden = await http.post(page, data=said)

    assert f'href="{page}?ma=ctqh-99"' in before
    assert 'value="ctqh-99"' in asked
    assert shown(asked).count("Lê Văn Tám, mã ctqh-9") == 2
    assert "sinh ngày 01/5/1980" in shown(asked)
    assert [x.status_code for x in (mute, told, again)] == [422, 303, 409]
    assert told.headers["location"] == f"{PEOPLE}/ctqh-98"
    assert (nobody.status_code, forbidden.status_code) == (404, 403)
    assert "cùng là một người" not in shown(after)
