"""How large a spreadsheet is, before anything is made of it: no larger than lists are.

A small file may unfold to a very large one, or have a cell so far out that all the
empty ones before it would fill the memory.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from io import BytesIO
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import ZipFile

from intake.files.zips import BROKEN_ZIP
from intake.office.zeros import column_of

ROWS, _COLUMNS = 50_000, 64
CELLS = 2_000_000  # of the area from the first cell to the last
_UNFOLDED, _AT_ONCE = 64 * 2**20, 2**18  # bytes
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class TooLarge(Exception):
    """A file that no list of an office is."""


class NoWorkbook(Exception):
    """A file that is damaged, or none that spreadsheets are."""


def require_bounded(content: bytes) -> None:
    """Raise TooLarge unless an XLSX file is a list of an office's size; NoWorkbook."""
    try:
        with ZipFile(BytesIO(content)) as file:
            left = _UNFOLDED
            for name in file.namelist():
                left = _measure(file, name, left)
    except (ExpatError, OSError, *BROKEN_ZIP) as why:
        raise NoWorkbook from why


def _measure(file: ZipFile, name: str, left: int) -> int:
    """Unfold a part, and say how much more may be unfolded; none of it is kept."""
    area: _Area | None = None
    for number, part in enumerate(_parts(file, name)):
        left -= len(part)
        if left < 0:
            raise TooLarge
        if number == 0 and part.removeprefix(BOM_UTF8).lstrip().startswith(b"<"):
            area = _Area()
        if area is not None:
            area.read(part)
    return left


def _parts(file: ZipFile, name: str) -> Iterator[bytes]:
    with file.open(name) as part:
        while read := part.read(_AT_ONCE):
            yield read


class _Area:
    """How far out the cells of a sheet are, wherever in the file it is.

    What names no place of its own stands behind the one before.
    """

    def __init__(self) -> None:
        self._row = self._column = self._rows = self._columns = 0
        self._parser = ParserCreate(namespace_separator="}")
        self._parser.StartElementHandler = self._begin

    def read(self, part: bytes) -> None:
        """Read on. Raises TooLarge, ExpatError."""
        self._parser.Parse(part)

    def _begin(self, name: str, said: dict[str, str]) -> None:
        at = said.get("r", "")
        match name.rpartition("}")[2]:
            case "row":
                self._row = int(at) if at.isdecimal() else self._row + 1
                self._column = 0
            case "c":
                place = _PLACE.fullmatch(at)
                self._row = int(place[2]) if place else self._row
                self._column = column_of(place[1]) if place else self._column + 1
                self._require()

    def _require(self) -> None:
        self._rows = max(self._rows, self._row)
        self._columns = max(self._columns, self._column)
        if self._rows > ROWS or self._columns > _COLUMNS:
            raise TooLarge
        if self._rows * self._columns > CELLS:
            raise TooLarge
