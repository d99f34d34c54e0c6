"""A department's own table: where its headings are, and the rows that say something."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.names import clean
from intake.office.tables import Row, Unreadable, read_rows
from intake.sheets.columns import ListColumn
from intake.sheets.guessing import guess, plain

MOST = 1000  # rows: no list of a department has more lines
_LOOKED_AT = 30  # rows among which the headings are
_NUMBER = re.compile(r"\(?\d*\)?")
_TABLE = "một bảng có dòng tiêu đề, rồi mỗi đề nghị một dòng"


@dataclass(frozen=True)
class ChosenLayout:
    """What somebody has chosen: the row of the headings, and the column of each field.

    Columns count from zero. What nobody has chosen is None, and is guessed.
    """

    top: int | None = None
    columns: Mapping[str, int] | None = None


@dataclass(frozen=True)
class ReadSheet:
    """A table as it was found: its sheet, headings, and the column of each field."""

    name: str
    top: int
    headings: Sequence[str]
    columns: Mapping[str, int]
    rows: Sequence[Row]

    def heading(self, field: str, known: Mapping[str, ListColumn]) -> str:
        """Say what the column of a field is called there."""
        at = self.columns.get(field)
        return (self.headings[at] if at is not None else "") or known[field].heading

    def cell(self, cells: Sequence[str], field: str) -> str:
        """Give what a row has in the column of a field; empty where there is none."""
        at = self.columns.get(field)
        return cells[at] if at is not None and at < len(cells) else ""

    @property
    def told(self) -> dict[str, str]:
        """Say which heading means what, for the next time."""
        return {
            plain(self.headings[at]): field
            for field, at in self.columns.items()
            if plain(self.headings[at])
        }


def read_sheet(
    content: bytes,
    filename: str,
    known: Mapping[str, ListColumn],
    layout: ChosenLayout,
    remembered: Mapping[str, str],
) -> ReadSheet:
    """Find the table of the first sheet of a file. Raises Unreadable."""
    name, found = read_rows(content, filename)
    rows = [row for row in found if any(row[1])]
    if not rows:
        raise Unreadable("tệp rỗng", _TABLE)
    at = _top(rows, known, layout.top, remembered)
    top, cells = rows[at]
    headings = [clean(each) for each in cells]
    said = [row for row in rows[at + 1 :] if not _says_nothing(row[1], headings)]
    if len(said) > MOST:
        many = f"{len(said):,} dòng".replace(",", ".")
        raise Unreadable(many, f"nhiều nhất {MOST:,} dòng".replace(",", "."), top)
    columns = guess(headings, known, remembered)
    if layout.columns is not None:
        columns = {k: v for k, v in layout.columns.items() if v < len(headings)}
    return ReadSheet(name, top, headings, columns, said)


def _top(
    rows: Sequence[Row],
    known: Mapping[str, ListColumn],
    chosen: int | None,
    remembered: Mapping[str, str],
) -> int:
    """Find the headings: the row that was chosen, or that has most of them."""
    for at, (number, _) in enumerate(rows):
        if number == chosen:
            return at
    first = rows[:_LOOKED_AT]
    told = [len(guess(cells, known, remembered)) for _, cells in first]
    return told.index(max(told))


def _says_nothing(cells: Sequence[str], headings: Sequence[str]) -> bool:
    """Say whether a row has numbers alone, or the headings once more."""
    if all(_NUMBER.fullmatch(each) for each in cells):
        return True
    return [*map(plain, cells)] == [*map(plain, headings)]
