"""The template of a department's own list, as a spreadsheet: what may be chosen in it.

It begins with what the department has written so far, so it is also how a list is
carried on in Excel.
"""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from intake.sheets.columns import CODE, SUBJECT, TITLE, ListColumn
from intake.sheets.naming import Called, MayBeNamed
from intake.sheets.reading import MOST

# Neither a name nor an achievement is taken for a formula.
_AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False}
_CHOICES = "Danh mục"
_MARK = ("x",)


def list_template(
    name: str,
    known: Mapping[str, ListColumn],
    choices: Mapping[str, Sequence[str]],
    rows: Iterable[Mapping[str, str]] = (),
) -> bytes:
    """Write the template of a list with a *name*, and *rows* that are there already.

    *choices* are what cells may say, by the columns that have something to choose.
    """
    file = BytesIO()
    with xlsxwriter.Workbook(file, _AS_TEXT) as workbook:
        _table(workbook.add_worksheet(name), workbook, known, choices, rows)
        bold = workbook.add_format({"bold": True})
        guide = [(x.heading, x.holds) for x in known.values()]
        _page(workbook.add_worksheet("Hướng dẫn"), [("Cột", "Ghi gì"), *guide], bold)
        named_there = [(known[each].heading, *of) for each, of in choices.items()]
        longest = max(map(len, named_there))
        padded = [[*each, *[""] * (longest - len(each))] for each in named_there]
        _page(workbook.add_worksheet(_CHOICES), zip(*padded, strict=True), bold)
    return file.getvalue()


def shown(called: Called) -> str:
    """Write whom a cell means so that it is told from everybody else."""
    code, name = called
    return f"{name} ({code})"


def choices_among(
    known: Mapping[str, ListColumn], named: MayBeNamed
) -> dict[str, Sequence[str]]:
    """List what a department's list may say, by the columns that have a choice."""
    found: dict[str, Sequence[str]] = {
        SUBJECT: [shown(each) for each in (*named.people, named.collective)],
        TITLE: [each.name_vi for each in named.titles],
        "documents": [name for _, name in named.documents],
        "secret": _MARK,
    }
    return {key: each for key, each in found.items() if key in known and each}


def _table(
    sheet: Any,
    workbook: Any,
    known: Mapping[str, ListColumn],
    choices: Mapping[str, Sequence[str]],
    rows: Iterable[Mapping[str, str]],
) -> None:
    bold = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    text = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    shown_columns = [key for key in known if key != CODE]
    for at, key in enumerate(shown_columns):
        sheet.set_column(at, at, known[key].width, text)
        sheet.write_string(0, at, known[key].heading, bold)
        if key in choices:
            sheet.data_validation(1, at, MOST, at, _chosen(choices, key))
    for number, row in enumerate(rows, 1):
        for at, key in enumerate(shown_columns):
            sheet.write_string(number, at, row.get(key, ""), text)
    sheet.freeze_panes(1, 1)


def _chosen(choices: Mapping[str, Sequence[str]], key: str) -> dict[str, Any]:
    """Let a cell be chosen from the page of choices; whoever knows better may type."""
    column = chr(ord("A") + [*choices].index(key))
    last = len(choices[key]) + 1
    return {
        "validate": "list",
        "source": f"='{_CHOICES}'!${column}$2:${column}${last}",
        "error_type": "information",
        "error_title": _CHOICES,
        "error_message": "Mục này không có trong danh mục; khi nhập sẽ được kiểm tra.",
    }


def _page(sheet: Any, rows: Iterable[Sequence[str]], bold: Any) -> None:
    sheet.set_column(0, 5, 48)
    for at, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            sheet.write_string(at, column, cell, None if at else bold)
