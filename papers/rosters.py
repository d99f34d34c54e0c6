"""The template of a roster, as a spreadsheet and as CSV: empty, with its own guide."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter

from intake.office.columns import COLUMNS, LEADERS, MARK, RosterColumn, columns

SHEET = "Nhân sự"
_ROWS = 2000
_DAYS = frozenset({"hired_on", "left_on"})
_WIDE = {"name": 28, "department_name": 34, "email": 28, "position": 22, "duties": 24}


def roster_template(head: str, *, as_csv: bool) -> bytes:
    """Write the template for an agency that calls whoever leads it its *head*."""
    known = columns(head)
    return _csv(known) if as_csv else _xlsx(known, head)


def _csv(known: Mapping[str, RosterColumn]) -> bytes:
    written = StringIO(newline="")
    csv.writer(written).writerow([column.heading for column in known.values()])
    return written.getvalue().encode("utf-8-sig")  # or Excel takes it for Windows-1258


def _xlsx(known: Mapping[str, RosterColumn], head: str) -> bytes:
    file = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as workbook:
        _empty_table(workbook, known)
        headings = tuple(column.heading for column in known.values())
        _page(workbook, "Hướng dẫn", _guide(known), 40)
        _page(workbook, "Ví dụ", (headings, *_example(head)), 18)
    return file.getvalue()


def _empty_table(workbook: Any, known: Mapping[str, RosterColumn]) -> None:
    bold = workbook.add_format({"bold": True, "bottom": 1})
    text = workbook.add_format({"num_format": "@"})  # or Excel makes 1 of 001
    day = workbook.add_format({"num_format": "dd/mm/yyyy"})
    sheet = workbook.add_worksheet(SHEET)
    for at, (field, column) in enumerate(known.items()):
        shown = day if field in _DAYS else text
        sheet.set_column(at, at, _WIDE.get(field, 14), shown)
        sheet.write_string(0, at, column.heading, bold)
        if column.choices and field != "duties":
            choices = {"validate": "list", "source": list(column.choices)}
            sheet.data_validation(1, at, _ROWS, at, choices)
    sheet.freeze_panes(1, 2)


def _page(
    workbook: Any, name: str, rows: Iterable[tuple[str, ...]], width: int
) -> None:
    bold = workbook.add_format({"bold": True})
    sheet = workbook.add_worksheet(name)
    sheet.set_column(0, len(COLUMNS) - 1, width)
    for row, cells in enumerate(rows):
        sheet.write_row(row, 0, cells, None if row else bold)


def _guide(known: Mapping[str, RosterColumn]) -> Iterator[tuple[str, ...]]:
    yield "cột", "ghi gì", "chỉ nhận"
    for column in known.values():
        needed = "" if column.required else " (không bắt buộc)"
        yield column.heading, column.holds + needed, ", ".join(column.choices)


def _example(head: str) -> Iterator[tuple[str, ...]]:
    yield (
        *("ld-01", "Nguyễn Văn A", "a@coquan.example", LEADERS, "", head),
        *("01/9/2010", "", "", "Chủ tịch"),
    )
    yield (
        *("vp-01", "Trần Thị B", "b@coquan.example", "VP", "Văn phòng", "Trưởng phòng"),
        *("15/3/2015", "", "Văn thư", "Thư ký", "", MARK),
    )
