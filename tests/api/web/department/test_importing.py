"""A department's list comes in its own spreadsheet: shown first, then written whole."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import httpx2
import xlsxwriter
from python_calamine import CalamineWorkbook

from engine.client import Engine
from store.database import Database
from store.tables import ListHeadings
from tests.api.calls import Caller, idle_office
from tests.api.web.browsing import form_on
from tests.api.web.department.test_sheet import HEAD, drafted, reviewed
from tests.api.web.test_pages import registering, shown, sign_in
from tests.counted import counted
from tests.office import DIRECTOR, open_office

PART = "/phong/2022-1/CTQH"
LINES, AIMS = f"{PART}/de-nghi/tep", f"{PART}/dang-ky/tep"
OWN = ("TT", "Họ và tên", "Danh hiệu đề nghị", "Thành tích")
ONE = ("1", "ctqh-02", "Giấy khen", "Số hóa hồ sơ.")


def book(*rows: Sequence[object]) -> bytes:
    """Write a workbook."""
    file = BytesIO()
    with xlsxwriter.Workbook(file) as workbook:
        sheet = workbook.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return file.getvalue()


async def sends(
    http: httpx2.AsyncClient, content: bytes, where: str = LINES, name: str = "a.xlsx"
) -> httpx2.Response:
    """Send a file to be looked at."""
    return await http.post(where, files={"tep": (name, content)})


async def agrees(
    http: httpx2.AsyncClient, page: httpx2.Response, **typed: str
) -> httpx2.Response:
    """Send on what a page has shown."""
    where, fields = form_on(page.text)
    return await http.post(where, data={**fields, **typed})


def kept(database: Database) -> Mapping[str, Any]:
    """Give what is remembered of the department's headings."""
    with database.read() as session:
        row = session.get(ListHeadings, ("CTQH", "nominations"))
        return row.meant if row else {}


async def test_a_file_is_shown_before_it_is_written_and_its_columns_are_remembered(
    sqlite_database: Database, engine: Engine
) -> None:
    reviewed(sqlite_database)
    odd = [("Ai", "Việc", "Lời"), ONE[1:]]
    async with idle_office(sqlite_database, engine) as office:
        http = office.http
        await sign_in(http, HEAD)
        first = await sends(http, book(*odd))
        again = {"subject": "1", "title": "2", "achievement": "3", "_lam": "doc-lai"}
        read = await agrees(http, first, **again)
        before = drafted(sqlite_database), kept(sqlite_database)
        done = await agrees(http, read)
        next_time = await sends(http, book(*odd))

    assert (first.status_code, read.status_code) == (422, 200)
    assert "phải chọn cột này" in shown(first.text)
    assert "«a.xlsx» có 1 dòng đều đọc được: 1 mới, 0 sửa, 0 như cũ." in shown(
        read.text
    )
    assert "Đủ điều kiện" in shown(read.text)
    assert before == ([], {})
    assert (done.status_code, done.headers["location"]) == (303, f"{PART}/de-nghi")
    assert [(x["subject"], x["achievement"]) for x in drafted(sqlite_database)] == [
        ("ctqh-02", "Số hóa hồ sơ.")
    ]
    told = {"ai": "subject", "viec": "title", "loi": "achievement"}
    assert kept(sqlite_database) == told
    assert "0 mới, 0 sửa, 1 như cũ" in shown(next_time.text)


async def test_of_a_file_with_a_fault_nothing_is_written(
    sqlite_database: Database, engine: Engine
) -> None:
    reviewed(sqlite_database)
    async with idle_office(sqlite_database, engine) as office:
        http = office.http
        await sign_in(http, HEAD)
        wrong = await sends(http, book(OWN, ONE, ("2", "Nguyễn Lạ", "Giấy khen")))
        forced = await agrees(http, wrong)
        refused = [
            await sends(http, content, name=name)
            for content, name in (
                (b"", "a.xlsx"),
                (b"PK", "a.xlsx"),
                (b"x", "a.doc"),
                (book(OWN, ("", "Tổng số")), "a.xlsx"),
                (book(OWN, *[ONE] * 1001), "a.xlsx"),
                (b"x" * 2**19, "a.csv"),
            )
        ]

    assert (wrong.status_code, forced.status_code) == (422, 422)
    assert "3 Họ và tên Nguyễn Lạ họ tên hoặc mã" in shown(wrong.text)
    said = [shown(each.text) for each in refused]
    assert [each.status_code for each in refused] == [409, 409, 409, 409, 409, 413]
    assert [
        part in each
        for part, each in zip(
            (
                "Hãy chọn một tệp",
                "tệp .xlsx mở được",
                "tệp .csv hoặc .xlsx",
                "không có dòng đề nghị nào",
                "1.001 dòng",
                "lớn nhất 320 KiB",
            ),
            said,
            strict=True,
        )
    ] == [True] * 6
    assert drafted(sqlite_database) == []


async def test_what_was_not_shown_is_not_written(
    sqlite_database: Database, engine: Engine
) -> None:
    reviewed(sqlite_database)
    other = {"subject": "ctqh-04", "title": "GIAY_KHEN", "achievement": "Tốt."}
    async with idle_office(sqlite_database, engine) as office:
        http = office.http
        await sign_in(http, HEAD)
        page = await sends(http, book(OWN, ONE))
        await http.post(f"{PART}/de-nghi/dong", data={**other, "goc": ""})
        stale = await agrees(http, page)
        between = [each["subject"] for each in drafted(sqlite_database)]
        unseen = await agrees(http, stale, thay="1")
        alone = await agrees(http, unseen)

    assert (stale.status_code, unseen.status_code) == (422, 422)
    assert "hãy xem lại rồi ghi" in shown(stale.text)
    assert between == ["ctqh-04"]
    assert alone.status_code == 303
    assert [each["subject"] for each in drafted(sqlite_database)] == ["ctqh-02"]


async def test_the_template_has_what_is_drafted_and_comes_back_the_same(
    sqlite_database: Database, engine: Engine
) -> None:
    reviewed(sqlite_database)
    async with idle_office(sqlite_database, engine) as office:
        http = office.http
        await sign_in(http, HEAD)
        await agrees(http, await sends(http, book(OWN, (*ONE[:3], "+1 bằng.\nHai."))))
        template = await http.get(f"{PART}/de-nghi/mau.xlsx")
        back = await sends(http, template.content)
        of_aims = await http.get(f"{PART}/dang-ky/mau.xlsx")

    workbook = CalamineWorkbook.from_filelike(BytesIO(template.content))
    assert workbook.sheet_names == ["Đề nghị", "Hướng dẫn", "Danh mục"]
    assert drafted(sqlite_database)[0]["achievement"] == "+1 bằng.\nHai."
    assert "0 mới, 0 sửa, 1 như cũ" in shown(back.text)
    assert of_aims.content.startswith(b"PK")


async def test_registrations_come_by_the_act_without_those_that_are_there(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    one, two = (("x", who, "Lao động tiên tiến") for who in ("ctqh-02", "ctqh-03"))
    async with open_office(sqlite_database, engine) as office:
        http = office.http
        await sign_in(http, HEAD)
        page = await sends(http, book(OWN, one), AIMS)
        done = await agrees(http, page)
        more = await sends(http, book(OWN, one, two), AIMS)
        twice = await agrees(http, more)
        none = await agrees(http, await sends(http, book(OWN, one), AIMS))
        listed = await http.get(PART)

    assert done.headers["location"].startswith("/bien-nhan/")
    assert "1 mới, 0 sửa, 1 như cũ" in shown(more.text)
    assert twice.status_code == 303
    assert "không có đăng ký nào mới" in shown(none.text)
    assert shown(listed.text).count("đã đăng ký,") == 2


async def test_other_programs_bring_a_list_in_by_the_same_function(
    sqlite_database: Database, engine: Engine
) -> None:
    reviewed(sqlite_database)
    path = "/phases/2022-1/departments/CTQH/draft/sheet"
    lines = f"{','.join(OWN)}\n{','.join(ONE)}\n"
    body = {"name": "a.csv", "content": b64encode(lines.encode()).decode()}
    async with idle_office(sqlite_database, engine) as office:
        head = Caller(office.http, HEAD)
        looked = await head.send("POST", path, body)
        before = drafted(sqlite_database)
        written = await head.send("POST", path, body | {"write": True})
        wrong = await head.post(path, body | {"content": "!", "write": True})
        other = await Caller(office.http, DIRECTOR).post(path, body)
        aims = await head.send("POST", path.replace("draft", "registrations"), body)

    line = {"row": 2, "kind": "individual", "subject": "ctqh-02", "title": "GIAY_KHEN"}
    assert looked.json() == {
        "sheet": "",
        "top": 1,
        "headings": [*OWN],
        "columns": {"subject": 2, "title": 3, "achievement": 4},
        "lines": [line | {"change": "new"}],
        "faults": [],
        "passed_over": [],
        "written": False,
        "version": 0,
    }
    assert before == []
    assert written.json() == looked.json() | {"written": True, "version": 1}
    assert (wrong, other) == ((422, "invalid"), (403, "not_allowed"))
    assert aims.json()["lines"] == [line | {"change": "same"}]


async def test_a_file_of_many_lines_takes_as_many_statements_as_one_of_a_few(
    sqlite_database: Database, engine: Engine
) -> None:
    reviewed(sqlite_database)
    taken = []
    async with idle_office(sqlite_database, engine) as office:
        await sign_in(office.http, HEAD)
        for many in (2, 9):
            rows = [("", f"ctqh-0{n}", "Giấy khen") for n in range(1, many + 1)]
            await sends(office.http, book(OWN, *rows))
            with counted(sqlite_database) as sent:
                await sends(office.http, book(OWN, *rows))
            taken.append(len(sent))

    assert taken[0] == taken[1]
