"""Formulas that were never computed: a reader of values finds nothing there."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError
from zipfile import ZipFile

from intake.files.zips import BROKEN_ZIP
from intake.office.zeros import ANY, PLACE, Place, column_of, part_of, sheet_of


def uncomputed(content: bytes, number: int) -> Mapping[Place, str]:
    """Give the formulas of one sheet that have no result, as Excel writes them.

    Best effort: a program has written them, and no Excel has opened the file.
    """
    try:
        with ZipFile(BytesIO(content)) as file:
            sheet = sheet_of(file, number)
            if b"<f" not in file.read(sheet):
                return {}
            return dict(_without_result(part_of(file, sheet)))
    except (LookupError, ParseError, *BROKEN_ZIP):
        return {}


def _without_result(sheet: Element) -> Iterator[tuple[Place, str]]:
    for cell in sheet.iterfind(f".//{ANY}c[{ANY}f]"):
        at = PLACE.fullmatch(cell.get("r", ""))
        if at and cell.find(f"{ANY}v") is None:
            written = cell.findtext(f"{ANY}f") or ""
            yield (int(at[2]), column_of(at[1])), f"={written}"
