"""Reads the rows of a table from CSV or XLSX, each cell as a person would write it."""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from domain.names import clean, tidy
from intake.faults import Problem
from intake.office.formulas import uncomputed
from intake.office.sizes import CELLS, ROWS, NoWorkbook, TooLarge, require_bounded
from intake.office.zeros import shown_widths

# Its number in the file, and its cells.
Row = tuple[int, list[str]]


class CellProblem(Problem):
    """One thing wrong in a table, whose lines are rows and whose fields columns."""

    @property
    def where(self) -> str:
        """Say where in the table."""
        return f"dòng {self.line}" + (f", cột «{self.field}»" if self.field else "")


@dataclass
class Unreadable(Exception):
    """No table can be read: what was found, what is allowed, and in which row."""

    found: str
    allowed: str
    row: int = 1


def read_table(content: bytes, filename: str) -> tuple[str, list[Row]]:
    """Read the first table of a CSV or XLSX file: its headings, then its rows.

    Its sheet's name comes first, empty where there are none. Cells are written as a
    person would write them; blank rows, and titles above the table, are left out.
    Raises Unreadable.
    """
    sheet, found = read_rows(content, filename)
    tidied = ((at, [clean(cell) for cell in cells]) for at, cells in found)
    rows = [row for row in tidied if any(row[1])]
    while len(rows) > 1 and _is_title(rows[0][1]) and not _is_title(rows[1][1]):
        del rows[0]
    if not rows:
        raise Unreadable("tệp rỗng", "dòng tiêu đề, rồi mỗi người một dòng")
    (top, cells), *rest = rows
    return sheet, [(top, _without_blank_end(cells)), *rest]


def _is_title(cells: list[str]) -> bool:
    return len(set(filter(None, cells))) == 1


def read_rows(content: bytes, filename: str) -> tuple[str, list[Row]]:
    """Read all rows of the first table of a file, cells of several lines as they are.

    Raises Unreadable.
    """
    match filename.lower().rpartition(".")[2]:
        case "csv":
            return "", list(_csv_rows(content))
        case "xlsx":
            return _xlsx_rows(content)
    raise Unreadable(filename, "tệp .csv hoặc .xlsx")


_SIZE = f"bảng có nhiều nhất {ROWS:,} dòng và 40 cột".replace(",", ".")
_OLD = b"\xd0\xcf\x11\xe0"  # also what Excel packs a file into that has a password
_UTF_8 = "tệp CSV mã hóa UTF-8 (Excel: Lưu thành… «CSV UTF-8»), hoặc tệp .xlsx"


def _csv_rows(content: bytes) -> Iterator[Row]:
    if content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) or b"\0" in content:
        raise Unreadable("tệp mã hóa UTF-16", _UTF_8)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        found = "chữ không mã hóa UTF-8 (có thể là Windows-1258)"
        raise Unreadable(found, _UTF_8, line) from None
    first = text.partition("\n")[0]
    # Excel writes a semicolon wherever the comma is the decimal mark, as here.
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for many, cells in enumerate(reader):
            if many > ROWS:
                raise Unreadable("tệp quá lớn", _SIZE, reader.line_num)
            yield reader.line_num, [tidy(cell) for cell in cells]
    except csv.Error:
        found, allowed = "dấu ngoặc kép không khép", "tệp CSV đúng cú pháp"
        raise Unreadable(found, allowed, reader.line_num) from None


def _xlsx_rows(content: bytes) -> tuple[str, list[Row]]:
    if content.startswith(_OLD):
        found = "tệp Excel kiểu cũ (.xls) hoặc có mật khẩu"
        raise Unreadable(found, "tệp .xlsx không có mật khẩu")
    try:
        require_bounded(content)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        number = _shown_first(workbook)
        sheet = workbook.get_sheet_by_index(number)
        # Empty rows stay, or the numbers would not be those that Excel shows.
        rows = sheet.to_python(skip_empty_area=False)
        merged = _merged(sheet, len(rows))
    except (CalamineError, NoWorkbook):
        raise Unreadable("tệp hỏng", "tệp .xlsx mở được") from None
    except TooLarge:
        raise Unreadable("tệp quá lớn", _SIZE) from None
    widths = shown_widths(content, number)
    read = [
        [_text(cell, widths.get((at, n), 0)) for n, cell in enumerate(row, 1)]
        for at, row in enumerate(rows, 1)
    ]
    for (at, n), formula in uncomputed(content, number).items():
        if at <= len(read) and n <= len(read[at - 1]):
            read[at - 1][n - 1] = formula
    for (top, left), (bottom, right) in merged:
        for row in read[top : bottom + 1]:
            row[left : right + 1] = [read[top][left]] * len(row[left : right + 1])
    return sheet.name, list(enumerate(read, 1))


def _shown_first(workbook: CalamineWorkbook) -> int:
    """Find the first table that people see: some keep others hidden, or charts."""
    sheets = workbook.sheets_metadata
    seen = (SheetTypeEnum.WorkSheet, SheetVisibleEnum.Visible)
    shown = (at for at, each in enumerate(sheets) if (each.typ, each.visible) == seen)
    return next(shown, 0)


_Area = tuple[tuple[int, int], tuple[int, int]]


def _merged(sheet: CalamineSheet, rows: int) -> list[_Area]:
    """List the areas over all of which Excel shows their first cell.

    No two of them share a cell; raises TooLarge where they must.
    """
    areas = [each for each in sheet.merged_cell_ranges or () if each[0][0] < rows]
    if sum(min(bottom, rows) - top + 1 for (top, _), (bottom, _) in areas) > CELLS:
        raise TooLarge
    return areas


def _text(cell: object, width: int) -> str:
    """Write a cell as a person would: 1.0 is 1, a date has no hour.

    A number is as wide as its format shows it: 1 may be 001.
    """
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, float) and cell.is_integer():
        cell = f"{int(cell):0{width}}"
    return tidy(str(cell))


def _without_blank_end(cells: list[str]) -> list[str]:
    """Drop the empty columns that a spreadsheet adds to the right of a table."""
    return cells[: max((at for at, cell in enumerate(cells, 1) if cell), default=0)]
