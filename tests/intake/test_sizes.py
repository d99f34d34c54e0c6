"""A spreadsheet is measured before anything is made of it."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from intake.office.sizes import NoWorkbook, TooLarge, require_bounded

PART = "xl/worksheets/sheet1.xml"


def zipped(*cells: str, name: str = PART, after: bytes = b"") -> bytes:
    """Make a sheet that has cells at these places, and nothing else."""
    written = "".join(f'<c r="{each}"/>' if each else "<c/>" for each in cells)
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        sheet = f"<s><row r='1'>{written}</row></s>" if cells else ""
        archive.writestr(name, sheet.encode() + after)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [zipped("A1", "BL31250"), zipped("A50000"), zipped(*[""] * 64), zipped("", "B2")],
)
def test_a_list_of_an_office_is_let_in(content: bytes) -> None:
    require_bounded(content)


@pytest.mark.parametrize(
    "content",
    [
        zipped("A50001"),
        zipped("BM1"),
        zipped("AO50000", "A1"),
        zipped(*[""] * 65),
        zipped("XFD1048576", name="a.xml"),
        zipped(after=b" " * (2**26 + 1)),
        zipped("A1", after=b" " * (2**26 + 1)),
    ],
    ids=["rows", "columns", "area", "unnamed", "any part", "bomb", "bomb of a sheet"],
)
def test_what_no_list_is_so_large_as_is_refused(content: bytes) -> None:
    assert len(content) < 2**17

    with pytest.raises(TooLarge):
        require_bounded(content)


def test_what_is_damaged_is_no_workbook() -> None:
    whole = zipped("A1")
    damaged = [b"", b"PK", whole[:-9], zipped(after=b"<s><row></s>")]

    for content in damaged:
        with pytest.raises(NoWorkbook):
            require_bounded(content)
