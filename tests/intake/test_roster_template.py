"""The template of a roster is read back as it was filled."""

import csv
from datetime import date
from io import BytesIO, StringIO

import xlsxwriter
from python_calamine import CalamineWorkbook

from domain.calendar import day_vi
from intake.office.positions import Position
from intake.office.roster import Roster, RosterDepartment, RosterPerson, read_roster
from papers.rosters import roster_template

HEAD = "Giám đốc Sở"
ROWS = (
    (
        "001",
        "Hồ Bá Trinh",
        "",
        "Lãnh đạo",
        "",
        HEAD,
        date(2008, 9, 1),
        "",
        "",
        "Chủ tịch",
        "Chủ tịch",
        "",
    ),
    (
        "vp-\u200b02",
        "Mạc Văn Đoan",
        "",
        "VP",
        "Văn phòng Sở",
        "Nhân viên",
        "15/3/2016",
        "",
        "Văn thư + Việc thi đua của phòng",
        "Thư ký",
        "",
        "x",
    ),
)
FILLED = Roster(
    (
        RosterDepartment("LEADERSHIP", "LEADERSHIP"),
        RosterDepartment("VP", "Văn phòng Sở", secretariat=True),
    ),
    (
        RosterPerson(
            code="001",
            name="Hồ Bá Trinh",
            department="LEADERSHIP",
            position=Position.CHANH_VAN_PHONG,
            hired_on=date(2008, 9, 1),
            seat="chair",
            initiative_seat="chair",
        ),
        RosterPerson(
            code="vp-02",
            name="Mạc Văn Đoan",
            department="VP",
            position=Position.NHAN_VIEN,
            hired_on=date(2016, 3, 15),
            duties=("records_clerk", "department_secretary"),
            seat="secretary",
        ),
    ),
)


def headings(template: bytes) -> list[str]:
    """Read the first row of the template's first sheet."""
    book = CalamineWorkbook.from_filelike(BytesIO(template))
    return [str(cell) for cell in book.get_sheet_by_index(0).to_python()[0]]


def test_a_filled_template_is_read_back_from_excel() -> None:
    file = BytesIO()
    options = {"default_date_format": "dd/mm/yyyy"}
    with xlsxwriter.Workbook(file, options) as workbook:
        sheet = workbook.add_worksheet("Nhân sự")
        sheet.merge_range(0, 0, 0, 11, "DANH SÁCH NHÂN SỰ")
        sheet.write_row(1, 0, headings(roster_template(HEAD, as_csv=False)))
        for at, row in enumerate(ROWS):
            sheet.write_row(3 + 2 * at, 0, row)

    assert read_roster(file.getvalue(), "nhan-su.xlsx", HEAD) == FILLED


def test_a_filled_template_is_read_back_from_csv() -> None:
    template = roster_template(HEAD, as_csv=True).decode("utf-8-sig")
    written = StringIO(template, newline="")
    written.seek(0, 2)
    for row in ROWS:
        cells = [day_vi(c) if isinstance(c, date) else c for c in row]
        csv.writer(written).writerow(cells)

    assert read_roster(written.getvalue().encode(), "nhan-su.csv", HEAD) == FILLED
