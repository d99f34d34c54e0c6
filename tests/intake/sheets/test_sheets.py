"""A department's own list is read as it is: by its headings, names and titles."""

import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any
from unicodedata import normalize
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter

from intake.office.tables import Unreadable, read_rows
from intake.rulepacks import load_packs
from intake.sheets.cells import Unlike
from intake.sheets.columns import AIMS, NOMINATIONS
from intake.sheets.lines import BroughtLine, ReadLines, read_lines
from intake.sheets.naming import MayBeNamed
from intake.sheets.reading import ChosenLayout, ReadSheet, read_sheet

TITLES = [
    each
    for each in load_packs()[0].titles
    if each.code in ("LDTT", "TTLDTT", "GIAY_KHEN", "CSTDCS")
]
NAMED = MayBeNamed(
    ("CTQH", "Phòng Công tác Quốc hội"),
    [
        *(
            ("qh-01", "Khổng Minh Tuệ"),
            ("qh-02", "Lò Thị Mẩy"),
            ("qh-03", "Lò Thị Mây"),
        ),
        *(("qh-04", "Bùi Văn An"), ("qh-05", "Bùi Văn An")),
    ],
    TITLES,
    [("bao_cao", "Báo cáo thành tích")],
)
NAMES = {each.code: each.name_vi for each in TITLES}
GUESSED = ChosenLayout()
OWN = ("TT", "Họ và tên", "Chức vụ", "Danh hiệu đề nghị", "Thành tích tiêu biểu")


def book(rows: Sequence[Sequence[object]], merged: Sequence[str] = ()) -> bytes:
    """Write a workbook; a text that begins with «=» stays one."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False}) as workbook:
        sheet = workbook.add_worksheet("Danh sách")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
        for area in merged:
            sheet.merge_range(area, rows[0][0])
    return file.getvalue()


def read(
    *rows: Sequence[object],
    layout: ChosenLayout = GUESSED,
    known: Mapping[str, Any] = NOMINATIONS,
    remembered: Mapping[str, str] | None = None,
) -> tuple[ReadSheet, ReadLines]:
    """Read the lines of a workbook that has these rows."""
    sheet = read_sheet(book(rows), "a.xlsx", known, layout, remembered or {})
    return sheet, read_lines(sheet, known, NAMED)


def sentences(*rows: Sequence[object]) -> list[str]:
    """Say what is wrong in a workbook of our own layout."""
    _, found = read(("Cá nhân, tập thể", "Danh hiệu", "Thành tích", "Bí mật"), *rows)
    return [each.sentence() for each in found.faults]


def test_a_list_of_ones_own_layout_is_read_with_what_stands_around_it() -> None:
    sheet, found = read(
        ("VĂN PHÒNG ĐOÀN ĐBQH VÀ HĐND", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG",),
        (),
        OWN,
        ("(1)", "(2)", "(3)", "(4)", "(5)"),
        ("I", "Cá nhân"),
        (1, "Ông Khổng Minh Tuệ", "Trưởng phòng", NAMES["LDTT"], "Một.\nHai."),
        (2, normalize("NFD", "Lò Thị Mẩy"), "", "ldtt", ""),
        OWN,
        ("II", "Tập thể phòng", "", NAMES["TTLDTT"], ""),
        (3,),
        ("", "Tổng cộng: 3"),
    )

    assert (sheet.name, sheet.top) == ("Danh sách", 4)
    assert sheet.columns == {"subject": 1, "title": 3, "achievement": 4}
    assert found == ReadLines(
        [
            BroughtLine(7, "individual", "qh-01", "LDTT", "Một.\nHai."),
            BroughtLine(8, "individual", "qh-02", "LDTT"),
            BroughtLine(10, "collective", "CTQH", "TTLDTT"),
        ],
        [],
        [(6, "I"), (12, "Tổng cộng: 3")],
    )


def test_a_text_over_several_columns_is_a_heading_between_lines() -> None:
    content = book([("Khối Văn phòng",), ("Họ tên", "Danh hiệu")], ["A1:B1"])

    sheet = read_sheet(content, "a.xlsx", AIMS, GUESSED, {})

    assert sheet.top == 2
    assert read_lines(sheet, AIMS, NAMED) == ReadLines()


def test_what_is_wrong_is_told_by_row_and_column_in_one_sentence_each() -> None:
    titles = "; ".join(each.name_vi for each in TITLES)

    found = sentences(
        ("Bùi Văn An", "LDTT"),
        ("Lo Thi May", "LDTT"),
        ("Khong Minh Tue", "Lao động giỏi"),
        ("Khổng Minh Tuê", "TTLDTT", "", "có thể"),
        ("qh-02", "", ""),
        ("qh-02", "=A1&B1", "#REF!"),
        ("", 45000.5),
    )

    who, what = "cột «Cá nhân, tập thể»", "cột «Danh hiệu»"
    assert found == [
        f"dòng 2, {who}: gặp «Bùi Văn An», cho phép: ghi thêm mã, vì có 2 người tên "
        "này: Bùi Văn An (qh-04), Bùi Văn An (qh-05)",
        f"dòng 3, {who}: gặp «Lo Thi May», cho phép: ghi thêm mã, vì có 2 người tên "
        "này: Lò Thị Mẩy (qh-02), Lò Thị Mây (qh-03)",
        f"dòng 4, {what}: gặp «Lao động giỏi», cho phép: một trong: {titles}",
        f"dòng 5, {what}: gặp «TTLDTT», cho phép: «{NAMES['TTLDTT']}» chỉ xét cho tập "
        "thể",
        "dòng 5, cột «Bí mật»: gặp «có thể», cho phép: x, hoặc để trống",
        f"dòng 6, {what}: còn thiếu, phải có ô này",
        f"dòng 7, {what}: gặp «=A1&B1», cho phép: giá trị, không phải công thức chưa "
        "tính (mở và lưu lại bằng Excel)",
        "dòng 7, cột «Thành tích»: gặp «#REF!», cho phép: giá trị; công thức ở ô này "
        "bị lỗi",
        f"dòng 8, {who}: còn thiếu, phải có ô này",
        f"dòng 8, {what}: gặp «45000.5», cho phép: một trong: {titles}",
    ]


def test_a_line_that_stands_there_twice_is_told_with_the_first() -> None:
    found = sentences(("qh-02", "LDTT"), ("Lò Thị Mẩy (qh-02)", NAMES["LDTT"]))

    assert found == [
        "dòng 3, cột «Cá nhân, tập thể»: gặp «Lò Thị Mẩy (qh-02)», cho phép: mỗi đề "
        "nghị một lần; đã có ở dòng 2"
    ]


def test_columns_are_as_they_were_chosen_or_remembered_before_they_are_guessed() -> (
    None
):
    odd = ("Ai", "Cái gì", "Danh hiệu năm trước")
    row = ("qh-02", "LDTT", "GIAY_KHEN")

    guessed, none = read(odd, row)
    _, chosen = read(odd, row, layout=ChosenLayout(1, {"subject": 0, "title": 1}))
    told = {"ai": "subject", "cai gi": "title"}
    remembered, _ = read(odd, row, remembered=told)

    assert guessed.columns == {"title": 2}
    assert [each.sentence() for each in none.faults] == [
        "dòng 1, cột «Cá nhân, tập thể»: còn thiếu, phải chọn cột này"
    ]
    assert chosen.lines == [BroughtLine(2, "individual", "qh-02", "LDTT")]
    assert remembered.columns == {"subject": 0, "title": 1}
    assert remembered.told == told


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"Ho ten\nLo", "a.txt", Unreadable("a.txt", "tệp .csv hoặc .xlsx")),
        (b"PK\x03\x04 no", "a.xlsx", Unreadable("tệp hỏng", "tệp .xlsx mở được")),
        (
            b"\xd0\xcf\x11\xe0 old",
            "a.xlsx",
            Unreadable(
                "tệp Excel kiểu cũ (.xls) hoặc có mật khẩu",
                "tệp .xlsx không có mật khẩu",
            ),
        ),
        (
            book([("Họ tên", "Danh hiệu"), *[("qh-02", "LDTT")] * 1001]),
            "a.xlsx",
            Unreadable("1.001 dòng", "nhiều nhất 1.000 dòng"),
        ),
        (
            b" \n",
            "a.csv",
            Unreadable(
                "tệp rỗng", "một bảng có dòng tiêu đề, rồi mỗi đề nghị một dòng"
            ),
        ),
    ],
    ids=["kind", "broken", "old", "long", "empty"],
)
def test_what_is_no_list_is_refused_in_one_sentence(
    content: bytes, name: str, said: Unreadable
) -> None:
    with pytest.raises(Unreadable) as refused:
        read_sheet(content, name, NOMINATIONS, GUESSED, {})

    assert refused.value == said


def test_a_title_may_be_named_by_how_no_other_begins() -> None:
    assert NAMED.title("giấy khen").code == "GIAY_KHEN"
    with pytest.raises(Unlike, match="một trong: "):
        NAMED.title("tiên tiến")


def test_a_formula_that_nothing_has_computed_is_shown_as_it_is_written() -> None:
    content = BytesIO()
    made = ZipFile(BytesIO(book([("Họ tên", "x"), ("a", "b")])))
    with ZipFile(content, "w") as file:
        for name in made.namelist():
            written = b'<c r="B2"><f>A1</f></c>'
            part = re.sub(rb'<c r="B2".*?</c>', written, made.read(name))
            file.writestr(name, part)

    _, rows = read_rows(content.getvalue(), "a.xlsx")

    assert rows == [(1, ["Họ tên", "x"]), (2, ["a", "=A1"])]


def test_the_first_table_that_people_see_is_read_and_no_hidden_one_before() -> None:
    content = BytesIO()
    with xlsxwriter.Workbook(content) as workbook:
        workbook.add_worksheet("Cũ").write(0, 0, "Họ tên")
        workbook.get_worksheet_by_name("Cũ").hide()
        workbook.add_chartsheet("Biểu đồ").hide()
        shown = workbook.add_worksheet("Danh sách")
        shown.write_row(0, 0, ("Họ tên", "Danh hiệu", "Mã"))
        shown.write_row(1, 0, ("Lò Thị Mây", "Lao động tiên tiến"))
        shown.write_number(1, 2, 7, workbook.add_format({"num_format": "000"}))
        shown.activate()

    name, rows = read_rows(content.getvalue(), "a.xlsx")

    assert name == "Danh sách"
    assert rows[1] == (2, ["Lò Thị Mây", "Lao động tiên tiến", "007"])


def test_columns_of_a_text_file_may_be_parted_by_tabs() -> None:
    _, rows = read_rows("Họ tên\tDanh hiệu\nLò, Mây\tLĐTT".encode(), "a.csv")

    assert rows == [(1, ["Họ tên", "Danh hiệu"]), (2, ["Lò, Mây", "LĐTT"])]


def numbers(part: str, old: bytes, new: bytes) -> bytes:
    """Write a workbook of numbers like 001, and other words into one of its parts."""
    content, written = BytesIO(), BytesIO()
    with xlsxwriter.Workbook(content) as workbook:
        sheet, wide = workbook.add_worksheet(), workbook.add_format()
        wide.set_num_format("000")
        for row in range(5000):
            sheet.write_number(row, 0, row, wide)
    with ZipFile(content) as file, ZipFile(written, "w", ZIP_DEFLATED) as packed:
        for name in file.namelist():
            said = file.read(name)
            packed.writestr(name, said.replace(old, new) if name == part else said)
    return written.getvalue()


def test_cells_that_are_merged_over_and_over_are_no_table() -> None:
    each = b'<mergeCell ref="A1:AN50000"/>' * 1000
    merged = b"</sheetData><mergeCells>" + each + b"</mergeCells>"

    with pytest.raises(Unreadable) as refused:
        read_rows(
            numbers("xl/worksheets/sheet1.xml", b"</sheetData>", merged), "a.xlsx"
        )

    assert refused.value.found == "tệp quá lớn"


def test_a_number_is_no_wider_than_anybody_writes_one() -> None:
    wide = b'formatCode="' + b"0" * 10**6 + b'"'

    _, rows = read_rows(numbers("xl/styles.xml", b'formatCode="000"', wide), "a.xlsx")

    assert rows[7][1] == ["7"]
