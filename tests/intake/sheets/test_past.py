"""Years before are read as they are: by whom a row means, in the whole office."""

from datetime import date

from intake.rulepacks import load_packs
from intake.sheets.lines import ReadLines, read_lines
from intake.sheets.office_naming import NO_COLLECTIVE, OfficeNamed
from intake.sheets.past import PastLine, PastReader
from intake.sheets.past_columns import PAST
from intake.sheets.reading import ChosenLayout, read_sheet
from tests.intake.sheets.test_sheets import book

NAMED = OfficeNamed(
    NO_COLLECTIVE,
    [("vp-01", "Lò Thị Mây"), ("vp-02", "Bùi Văn An"), ("tc-01", "Bùi Văn An")],
    [
        each
        for each in load_packs()[0].titles
        if each.code in ("LDTT", "CSTDCS", "TTLDTT")
    ],
    units=[("VP", "Văn phòng"), ("TC", "Phòng Tổ chức")],
    serving={"VP": {"vp-01", "vp-02"}, "TC": {"tc-01"}},
    today=date(2026, 3, 1),
)
OWN = (
    *("STT", "Họ và tên", "Đơn vị", "Danh hiệu", "Năm"),
    *("Quyết định số", "Ngày ký", "Cấp quyết định"),
)
FIGHTER = "Chiến sĩ thi đua cơ sở"
PAPER = ("12/QĐ-VP", "05/01/2025", "Chánh Văn phòng")


def read(*rows: tuple[object, ...]) -> ReadLines:
    """Read the lines of a workbook that has these rows under the headings."""
    sheet = read_sheet(book((OWN, *rows)), "a.xlsx", PAST, ChosenLayout(), {})
    return read_lines(sheet, PAST, NAMED, PastReader)


def test_a_row_says_whom_what_of_which_year_and_by_which_decision() -> None:
    found = read(
        (1, "Lò Thị Mây", "", FIGHTER, 2024, *PAPER),
        (2, "Bùi Văn An", "phong to chuc", "LDTT", "2023", *PAPER),
        (3, "Bùi Văn An (vp-02)", "", "LDTT", "2023", *PAPER),
        (4, "Phòng Tổ chức", "", "TTLDTT", 2022, *PAPER),
        (5, "Tập thể", "VP", "TTLDTT", 2022, *PAPER),
        ("", "Phòng Tổ chức"),
        ("", "Cộng: 3 người"),
    )

    told = ("12/QĐ-VP", date(2025, 1, 5), "Chánh Văn phòng")
    assert found == ReadLines(
        [
            PastLine(2, "individual", "vp-01", "CSTDCS", 2024, *told),
            PastLine(3, "individual", "tc-01", "LDTT", 2023, *told),
            PastLine(4, "individual", "vp-02", "LDTT", 2023, *told),
            PastLine(5, "collective", "TC", "TTLDTT", 2022, *told),
            PastLine(6, "collective", "VP", "TTLDTT", 2022, *told),
        ],
        [],
        [(7, "Phòng Tổ chức"), (8, "Cộng: 3 người")],
    )


def test_whatever_is_wrong_is_told_by_row_and_column() -> None:
    found = read(
        (1, "Bùi Văn An", "", "LDTT", 2024, *PAPER),
        (2, "Lò Thị Mây", "Phòng Lạ", "Bằng khen", 2026, "", "31/02/2025", ""),
        (3, "Lò Thị Mây", "TC", "LDTT", 2024, *PAPER),
        (4, "Lò Thị Mây", "VP", "LDTT", 2024, "1", "05/01/2023", "Bộ"),
        (5, "Tập thể phòng", "", "LDTT", 2024, *PAPER),
        (6, "Lò Thị Mây", "", "LDTT", 2022, *PAPER),
        (7, "Lò Thị Mây", "", "LDTT", 2022, *PAPER),
    )

    titles = "; ".join(each.name_vi for each in NAMED.titles)
    assert [(each.line, each.field, each.allowed) for each in found.faults] == [
        (
            2,
            "Họ và tên",
            "ghi thêm mã, vì có 2 người tên này: Bùi Văn An (vp-02), Bùi Văn An "
            "(tc-01)",
        ),
        (3, "Đơn vị", "một trong: Văn phòng; Phòng Tổ chức"),
        (3, "Danh hiệu", f"một trong: {titles}"),
        (3, "Năm", "một năm đã qua, từ 2000 đến 2025"),
        (3, "Quyết định số", "phải có ô này, nhiều nhất 64 chữ"),
        (3, "Ngày ký", "ngày có thật, dạng NGÀY/THÁNG/NĂM (ví dụ 01/3/2022)"),
        (3, "Cấp quyết định", "phải có ô này, nhiều nhất 200 chữ"),
        (4, "Họ và tên", "họ tên của một người đang hoặc đã ở phòng này"),
        (5, "Ngày ký", "ngày từ 01/01/2024 đến hôm nay (01/3/2026)"),
        (6, "Họ và tên", "tên phòng, hoặc ghi phòng ở cột của phòng"),
        (8, "Họ và tên", "mỗi danh hiệu của một năm một lần; đã có ở dòng 7"),
    ]
    assert [line.row for line in found.lines] == [7]
