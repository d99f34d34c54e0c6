"""A table of facts as a spreadsheet or as CSV, in which nothing is a formula."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter

from domain.calendar import VIETNAM, day_vi

Cell = str | int | date | datetime | None


class SheetForm(StrEnum):
    """What a list comes as."""

    EXCEL = "xlsx"
    CSV = "csv"


MEDIA = {
    SheetForm.EXCEL: "application/vnd.openxmlformats-officedocument"
    ".spreadsheetml.sheet",
    SheetForm.CSV: "text/csv; charset=utf-8",
}


@dataclass(frozen=True)
class SheetColumn:
    """A column: its heading, how wide it is in letters, and whether it is money."""

    heading: str
    width: int = 14
    money: bool = False


@dataclass(frozen=True)
class Table:
    """A list with a title, what is to be known of it, and its rows.

    Of *notes* each is one line above the table.
    """

    name: str
    title: str
    columns: Sequence[SheetColumn]
    rows: Iterable[Sequence[Cell]]
    notes: Sequence[str] = ()


def drawn(tables: Sequence[Table], form: SheetForm) -> bytes:
    """Write tables as a file: a sheet each, or one below the other."""
    return _excel(tables) if form is SheetForm.EXCEL else _csv(tables)


_OPTIONS = {
    # What somebody has typed stays what it is: a text, whatever it begins with.
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    # A row is written and let go: a list of any length takes as much memory.
    "constant_memory": True,
    "default_date_format": "dd/mm/yyyy",
    "remove_timezone": True,
}
# The same facts are the same file, whenever it is asked for.
_EVER = datetime(2000, 1, 1, tzinfo=UTC)
# What a cell of Excel takes.
_LONGEST = 32_767
_LONGEST_NAME = 31


def _excel(tables: Sequence[Table]) -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file, _OPTIONS) as workbook:
        workbook.set_properties({"created": _EVER})
        for table in tables:
            _sheet(workbook, table)
    return file.getvalue()


def _sheet(workbook: Any, table: Table) -> None:
    formats = {
        "title": workbook.add_format({"bold": True, "font_size": 13}),
        "note": workbook.add_format({"italic": True}),
        "head": workbook.add_format({"bold": True, "border": 1, "text_wrap": True}),
        "text": workbook.add_format({"border": 1, "text_wrap": True, "valign": "top"}),
        "money": workbook.add_format({"border": 1, "num_format": "#,##0"}),
        "day": workbook.add_format({"border": 1, "num_format": "dd/mm/yyyy"}),
    }
    sheet = workbook.add_worksheet(table.name[:_LONGEST_NAME])
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, column.width)
    sheet.write_string(0, 0, table.title, formats["title"])
    for at, note in enumerate(table.notes, 1):
        sheet.write_string(at, 0, note, formats["note"])
    head = len(table.notes) + 1
    sheet.write_row(head, 0, [each.heading for each in table.columns], formats["head"])
    sheet.freeze_panes(head + 1, 0)
    sheet.repeat_rows(head)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    for at, row in enumerate(table.rows, head + 1):
        for place, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
            _write(sheet, at, place, cell, formats, money=column.money)


def _write(
    sheet: Any, row: int, at: int, cell: Cell, formats: Any, *, money: bool
) -> None:
    match cell:
        case None:
            sheet.write_blank(row, at, None, formats["text"])
        case int():
            sheet.write_number(row, at, cell, formats["money" if money else "text"])
        case date():
            sheet.write_datetime(row, at, _day(cell), formats["day"])
        case _:
            sheet.write_string(row, at, cell[:_LONGEST], formats["text"])


def _day(cell: date) -> date:
    """Give the day by Vietnam's clock: of a moment too only the day is shown."""
    return cell.astimezone(VIETNAM).date() if isinstance(cell, datetime) else cell


# What a spreadsheet that opens a CSV file takes for a formula, or for its beginning.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def _csv(tables: Sequence[Table]) -> bytes:
    written = StringIO(newline="")
    writer = csv.writer(written)
    for table in tables:
        if written.tell():
            writer.writerow([])
        for line in (table.title, *table.notes):
            writer.writerow([_said(line)])
        writer.writerow([_said(each.heading) for each in table.columns])
        writer.writerows([_said(cell) for cell in row] for row in table.rows)
    return written.getvalue().encode("utf-8-sig")  # or Excel takes it for Windows-1258


def _said(cell: Cell) -> str | int:
    match cell:
        case None:
            return ""
        case int():
            return cell
        case date():
            return day_vi(_day(cell))
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell
