"""The zeros that Excel shows before a number: those of a format like 000."""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError, fromstring
from zipfile import ZipFile

from intake.files.zips import BROKEN_ZIP

ANY = "{*}"  # namespace
PLACE = re.compile(r"([A-Z]+)(\d+)")
# A cell's row and column, counted from one.
Place = tuple[int, int]


def shown_widths(content: bytes, number: int) -> Mapping[Place, int]:
    """Say of the cells of one sheet that have such a format how wide they are.

    Best effort: a file of another making says nothing.
    """
    try:
        with ZipFile(BytesIO(content)) as file:
            widths = list(_widths(part_of(file, "xl/styles.xml")))
            if not any(widths):
                return {}
            return dict(_shown(part_of(file, sheet_of(file, number)), widths))
    except (LookupError, ParseError, *BROKEN_ZIP):
        return {}


def part_of(file: ZipFile, name: str) -> Element:
    # Its size is known by now, and expat unfolds no bombs.
    return fromstring(file.read(name))  # noqa: S314


def sheet_of(file: ZipFile, number: int) -> str:
    """Name the part that holds a sheet, by its number from zero."""
    sheets = part_of(file, "xl/workbook.xml").iterfind(f".//{ANY}sheet")
    keys = [v for each in sheets for k, v in each.items() if k.endswith("}id")]
    parts = {
        each.get("Id"): each.get("Target", "")
        for each in part_of(file, "xl/_rels/workbook.xml.rels")
    }
    return "xl/" + parts[keys[number]].removeprefix("/xl/")


def _widths(styles: Element) -> Iterator[int]:
    """Give the width of each style of a cell; one without such a format has none."""
    formats = styles.iterfind(f"{ANY}numFmts/{ANY}numFmt")
    codes = {each.get("numFmtId"): each.get("formatCode", "") for each in formats}
    for each in styles.iterfind(f"{ANY}cellXfs/{ANY}xf"):
        zeros = re.match(r"0{1,30}(?=;|$)", codes.get(each.get("numFmtId"), ""))
        yield len(zeros[0]) if zeros else 0


def _shown(sheet: Element, widths: list[int]) -> Iterator[tuple[Place, int]]:
    for cell in sheet.iterfind(f".//{ANY}c"):
        at = PLACE.fullmatch(cell.get("r", ""))
        if at and (width := widths[int(cell.get("s", "0"))]):
            yield (int(at[2]), column_of(at[1])), width


def column_of(letters: str) -> int:
    """Count a column from one by its letters."""
    at = 0
    for letter in letters:
        at = at * 26 + ord(letter) - ord("A") + 1
    return at
