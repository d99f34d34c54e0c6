"""A roster is read whole from CSV or XLSX, or refused with every error."""

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from unicodedata import normalize

import pytest
import xlsxwriter

from intake.faults import BadDocument, Problem
from intake.office.positions import POSITION_NAMES, Position
from intake.office.roster import (
    Roster,
    RosterDepartment,
    RosterPerson,
    read_roster,
)
from intake.office.tables import CellProblem, read_table

HEADINGS = "mã,họ tên,email,phòng,tên phòng,chức vụ,ngày vào,rời ngày"
UTF_8 = "tệp CSV mã hóa UTF-8 (Excel: Lưu thành… «CSV UTF-8»), hoặc tệp .xlsx"
DATE = "ngày có thật, dạng NGÀY/THÁNG/NĂM (ví dụ 01/3/2022)"
ROSTER = Roster(
    departments=(
        RosterDepartment("CTQH", "Phòng Công tác Quốc hội"),
        RosterDepartment("TTDN", "TTDN"),
    ),
    people=(
        RosterPerson(
            code="ctqh-01",
            name="Khổng Minh Tuệ",
            department="CTQH",
            position=Position.TRUONG_PHONG,
            hired_on=date(2003, 2, 10),
            email="ctqh-01@vanphong.example",
        ),
        RosterPerson(
            code="2",
            name="Lò Thị Mẩy",
            department="TTDN",
            position=Position.NHAN_VIEN,
            hired_on=date(2022, 3, 1),
            left_on=date(2022, 12, 31),
        ),
    ),
)
ROWS = (
    "ctqh-01,Khổng Minh Tuệ,ctqh-01@vanphong.example,CTQH,Phòng Công tác Quốc hội,"
    "TRUONG_PHONG,10/02/2003,\n"
    "2,Lò Thị Mẩy,,TTDN,,Nhân viên,2022-03-01,31-12-2022\n"
)


def csv(*rows: str) -> bytes:
    return "\n".join([HEADINGS, *rows]).encode()


def xlsx(*rows: Sequence[object]) -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy"}) as workbook:
        sheet = workbook.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return file.getvalue()


def test_a_number_in_excel_keeps_the_zeros_that_are_shown_before_it() -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, HEADINGS.split(","))
        three, five = (
            workbook.add_format({"num_format": f"{'0' * width};-0"}) for width in (3, 5)
        )
        rows = [(1, three), (12, three), (1, five), (1, None), ("001", None)]
        for at, (code, shown) in enumerate(rows, 1):
            sheet.write(at, 0, code, shown)
            sheet.write_row(at, 1, ["Lê Văn Tám", "", "QT", "", "NHAN_VIEN"])
            sheet.write(at, 6, "01/3/2020")

    _, table = read_table(file.getvalue(), "x.xlsx")

    assert [cells[0] for _, cells in table[1:]] == ["001", "012", "00001", "1", "001"]


def test_two_codes_that_look_alike_are_one() -> None:
    hidden = (
        "a-01,Lê Văn Tám,,QT,,NHAN_VIEN,01/3/2020,",
        "a-\u200b01,Lê Tư,,QT,,NHAN_VIEN,01/3/2020,",
    )

    assert problems(csv(*hidden)) == [
        CellProblem(3, "mã", "a-01", "chỉ một người (đã có ở dòng 2)")
    ]


def test_a_department_has_one_name_wherever_its_tones_are_typed() -> None:
    rows = [
        f"a-0{n},Lê Văn Tám,,QT,{name},NHAN_VIEN,01/3/2020,"
        for n, name in enumerate(("Phòng Hòa giải", "Phòng Ho\u00e0 giải"))
    ]

    assert read_roster(csv(*rows), "a.csv").departments == (
        RosterDepartment("QT", "Phòng Hòa giải"),
    )


def problems(content: bytes, filename: str = "danh-sach.csv") -> list[Problem]:
    with pytest.raises(BadDocument) as refused:
        read_roster(content, filename)
    return refused.value.problems


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_csv_file_reads_the_same_however_it_was_saved(
    delimiter: str, encoding: str, form: str, newline: str
):
    text = normalize(form, f"{HEADINGS}\n{ROWS}").replace(",", delimiter)

    roster = read_roster(text.replace("\n", newline).encode(encoding), "x.CSV")

    assert roster == ROSTER


def test_english_headings_and_any_order_of_columns_will_do():
    rows = [
        "Position,department,NAME,code,hired_on",
        "TRUONG_PHONG,CTQH,Khổng Minh Tuệ,ctqh-01,10/2/2003",
    ]

    roster = read_roster("\n".join(rows).encode(), "x.csv")

    assert roster == Roster(
        (RosterDepartment("CTQH", "CTQH"),),
        (
            RosterPerson(
                code="ctqh-01",
                name="Khổng Minh Tuệ",
                department="CTQH",
                position=Position.TRUONG_PHONG,
                hired_on=date(2003, 2, 10),
            ),
        ),
    )


def test_a_spreadsheet_may_hold_numbers_dates_and_empty_rows():
    headings = HEADINGS.split(",")
    first = [
        "CTQH-01",
        "  Khổng   Minh Tuệ ",
        "ctqh-01@vanphong.example",
        "ctqh",
        normalize("NFD", "Phòng Công tác Quốc hội"),
        "trưởng phòng",
        date(2003, 2, 10),
    ]
    second = [
        2,
        "Lò Thị Mẩy",
        "",
        "TTDN",
        "",
        "Nhân viên",
        datetime(2022, 3, 1),  # noqa: DTZ001 -- a spreadsheet knows no zone
        "31/12/2022",
    ]

    roster = read_roster(xlsx([], headings, first, [], second), "x.xlsx")

    assert roster == ROSTER


CODE = "mã viết thường không dấu, nối bằng dấu - (ví dụ vp-01)"
DEPARTMENT = "mã phòng không dấu (ví dụ VP), hoặc Lãnh đạo"
POSITIONS = f"một trong: {', '.join(POSITION_NAMES.values())}"
SOLE_HEAD = "chỉ một người (đã có ở dòng 5)"
MANY_ERRORS = (
    "ctqh 01,Khổng Minh Tuệ 2,tue@,Công tác,,Sếp,31/6/2003,",
    "",
    "ctqh-02,An Bình,a@b.vn,CTQH,,TRUONG_PHONG,01/01/2003,31/12/2002",
    "ctqh-02,,A@B.vn,CTQH,Phòng A,TRUONG_PHONG,44562,",
    "ctqh-03,Chu An,,CTQH,Phòng B,TRUONG_PHONG,01/01/2003,,thừa",
    "ctqh-04,Chu Bình,,CTQH,Phòng A,TRUONG_PHONG,01/01/2003",
)
MANY_PROBLEMS = [
    CellProblem(2, "mã", "ctqh 01", CODE),
    CellProblem(2, "họ tên", "Khổng Minh Tuệ 2", "họ và tên, không có chữ số"),
    CellProblem(2, "email", "tue@", "địa chỉ thư (ví dụ a@b.vn)"),
    CellProblem(2, "phòng", "Công tác", DEPARTMENT),
    CellProblem(2, "chức vụ", "Sếp", POSITIONS),
    CellProblem(2, "ngày vào", "31/6/2003", DATE),
    CellProblem(4, "rời ngày", "31/12/2002", "từ ngày vào 01/01/2003 trở đi"),
    CellProblem(5, "họ tên", "", "phải có ô này"),
    CellProblem(5, "ngày vào", "44562", DATE),
    CellProblem(5, "mã", "ctqh-02", "chỉ một người (đã có ở dòng 4)"),
    CellProblem(5, "email", "A@B.vn", "chỉ một người (đã có ở dòng 4)"),
    CellProblem(6, "", "thừa", "không quá 8 ô"),
    CellProblem(6, "chức vụ", "TRUONG_PHONG", SOLE_HEAD),
    CellProblem(6, "tên phòng", "Phòng B", "«Phòng A», như các dòng trên của CTQH"),
    CellProblem(7, "chức vụ", "TRUONG_PHONG", SOLE_HEAD),
]


def test_every_error_comes_at_once_with_row_and_column():
    assert problems(csv(*MANY_ERRORS)) == MANY_PROBLEMS


def test_a_cell_holds_no_more_than_its_row_will():
    mail, department = f"{'a' * 200}@b.vn", "Phòng" * 41
    row = f"{'a' * 65},Lò Thị Mẩy,{mail},QT,{department},NHAN_VIEN,01/3/2022,"

    found = {(each.field, each.allowed) for each in problems(csv(row))}

    assert found == {
        ("mã", "nhiều nhất 64 ký tự"),
        ("email", "nhiều nhất 200 ký tự"),
        ("tên phòng", "nhiều nhất 200 ký tự"),
    }


def test_a_day_in_a_year_that_nobody_means_is_refused_as_a_day():
    found = problems(
        csv("ctqh-01,Chu An,,CTQH,Phòng A,NHAN_VIEN,01/01/2999,9999999999-1-1")
    )

    allowed = "ngày từ 01/01/1940 đến 31/12/2100"
    assert found == [
        CellProblem(2, "ngày vào", "01/01/2999", allowed),
        CellProblem(2, "rời ngày", "9999999999-1-1", DATE),
    ]


def test_a_missing_an_unknown_and_a_repeated_column_are_told_together():
    content = "mã,họ tên,Họ và tên,phòng,chức vụ,ghi chú\na,b,c,d,e,f".encode()

    found = problems(content)

    known = (
        "mã, họ tên, email, phòng, tên phòng, chức vụ, ngày vào, rời ngày, kiêm nhiệm, "
        "hội đồng, hội đồng sáng kiến, thường trực"
    )
    assert found == [
        CellProblem(1, "Họ và tên", "Họ và tên", "mỗi cột chỉ có một lần"),
        CellProblem(1, "ghi chú", "ghi chú", f"một trong: {known}"),
        CellProblem(1, "ngày vào", "", "phải có cột này"),
        CellProblem(2, "họ tên", "b", "họ và tên, không có chữ số"),
        CellProblem(2, "phòng", "d", DEPARTMENT),
        CellProblem(2, "chức vụ", "e", POSITIONS),
    ]


@pytest.mark.parametrize(
    ("content", "filename", "problem"),
    [
        (
            b"",
            "x.csv",
            CellProblem(1, "", "tệp rỗng", "dòng tiêu đề, rồi mỗi người một dòng"),
        ),
        (b"", "x.pdf", CellProblem(1, "", "x.pdf", "tệp .csv hoặc .xlsx")),
        (b"PK", "x.xlsx", CellProblem(1, "", "tệp hỏng", "tệp .xlsx mở được")),
        (
            "mã\nphòng".encode("utf-16"),
            "x.csv",
            CellProblem(1, "", "tệp mã hóa UTF-16", UTF_8),
        ),
        (
            "mã\nphòng".encode("utf-16-le"),
            "x.csv",
            CellProblem(1, "", "tệp mã hóa UTF-16", UTF_8),
        ),
        (
            normalize("NFD", "họ tên;phòng\ná").encode("cp1258", "replace"),
            "x.csv",
            CellProblem(
                1, "", "chữ không mã hóa UTF-8 (có thể là Windows-1258)", UTF_8
            ),
        ),
        (
            f'{HEADINGS}\n"ctqh-01'.encode(),
            "x.csv",
            CellProblem(2, "", "dấu ngoặc kép không khép", "tệp CSV đúng cú pháp"),
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_one_problem(
    content: bytes, filename: str, problem: CellProblem
):
    found = problems(content, filename)

    assert found == [problem]


def test_the_sentences_say_row_column_what_was_found_and_what_is_allowed():
    content = csv("ctqh-01,,,CTQH,,NHAN_VIEN,13/13/2022,")

    with pytest.raises(BadDocument) as refused:
        read_roster(content, "danh-sach.csv")

    assert str(refused.value).splitlines() == [
        "danh-sach.csv:",
        "dòng 2, cột «họ tên»: còn thiếu, phải có ô này",
        f"dòng 2, cột «ngày vào»: gặp «13/13/2022», cho phép: {DATE}",
    ]
