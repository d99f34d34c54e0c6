"""Searching: however it is typed, of what one may know, page by page."""

import re

from sqlmodel import col, select

from domain.names import search_key
from engine.client import Engine
from store.office.sample import person_row
from store.tables import Nomination, Person
from tests.api.conftest import Issued
from tests.api.web.test_pages import shown
from tests.api.web.year.reading import signed_in
from tests.counted import counted
from tests.office import DIRECTOR
from tests.scale.test_statements import nowhere

NAMES = ("HOÀNG THỊ HẠNH", "Lê Hành", "Bùi Hạnh Ân", "Đặng Hanh")


async def test_what_is_typed_without_marks_finds_names_with_them(
    issued: Issued,
) -> None:
    with issued.database.write() as session:
        session.add_all(
            person_row(f"tim-{n}", name, None) for n, name in enumerate(NAMES)
        )
    async with signed_in(issued.database, await nowhere(), DIRECTOR) as http:
        plain = shown((await http.get("/tim", params={"q": "hanh"})).text)
        marked = shown((await http.get("/tim", params={"q": "HẠNH"})).text)
        units = (await http.get("/tim", params={"q": "phong cong"})).text
        none = shown((await http.get("/tim", params={"q": "%_x"})).text)

    told = [f"{name} tim-" for name in NAMES]
    assert all(each in plain for each in told)
    at = [plain.index(each) for each in told]
    # By given name: Ân, then Hanh, Hành and Hạnh.
    assert sorted(range(4), key=at.__getitem__) == [2, 3, 1, 0]
    assert marked.replace("HẠNH", "hanh") == plain.replace("HẠNH", "hanh")
    assert "Phòng Công tác Quốc hội CTQH" in shown(units)
    assert 'href="/phong/2022-1/CTQH"' in units
    assert "Không tìm thấy gì" in none


async def test_a_line_is_found_by_whom_it_is_for_and_a_title_by_its_name(
    issued: Issued,
) -> None:
    with issued.database.read() as session:
        theirs = col(Person.id) == col(Nomination.subject)
        name = session.exec(select(Person.name).join(Nomination, theirs)).first()
    plain = {"q": search_key(name or "")}
    async with signed_in(issued.database, await nowhere(), DIRECTOR) as http:
        title = shown((await http.get("/tim", params={"q": "giay khen"})).text)
        page = shown((await http.get("/tim", params=plain)).text)
        kind = {**plain, "loai": "de-nghi"}
        found = (await http.get("/tim", params=kind)).text
        paths = re.findall(r'<li><a href="([^"]+)"', found)
        opened = {(await http.get(path)).status_code for path in paths}
        lines = shown(found)

    assert "Giấy khen" in title
    assert f"{name} – Giấy khen" in page
    assert f"{name} – Giấy khen" in lines
    assert opened == {200}
    assert "Giai đoạn 1, Phòng " in lines


async def test_all_of_a_kind_comes_page_by_page_in_as_many_statements(
    issued: Issued,
) -> None:
    with issued.database.write() as session:
        session.add_all(
            person_row(f"n-{n}", f"Trần Tuyết {n}", None) for n in range(60)
        )
    seen: list[str] = []
    taken = []
    async with signed_in(issued.database, await nowhere(), DIRECTOR) as http:
        path = "/tim?q=tuyet"
        while path:
            with counted(issued.database) as sent:
                page = (await http.get(path)).text
            taken.append(len(sent))
            seen += re.findall(r'class="left">(n-\d+)<', page)
            more = re.search(r'href="(/tim\?[^"]*)">Xem', page)
            path = more[1].replace("&amp;", "&") if more else ""
        with counted(issued.database) as sent:
            await http.get("/tim?q=zzz&loai=nguoi")

    assert len(seen) == 10 + 60
    assert len(set(seen)) == 60
    assert taken[1] == taken[2] == len(sent)


async def test_what_somebody_may_not_read_is_not_found(
    issued: Issued, engine: Engine
) -> None:
    with issued.database.write() as session:
        session.add(person_row("ngoai", "Ngoài Cơ Quan", None))
    async with signed_in(issued.database, engine, "ngoai") as http:
        answer = await http.get("/tim?q=a")

    assert answer.status_code == 403
