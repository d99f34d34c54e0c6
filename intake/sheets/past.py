"""Rows of what was granted before: to whom, which title, by which decision."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from domain.names import clean
from intake.fields import SubjectKind
from intake.office.columns import read_day
from intake.office.past import wrong_day, wrong_year
from intake.sheets.cells import Unlike
from intake.sheets.columns import CODE, SUBJECT, TITLE
from intake.sheets.lines import ListReader
from intake.sheets.office_naming import OfficeNamed

_MOST = {"number": 64, "decided_by": 200}  # letters, as the rows hold them


@dataclass(frozen=True)
class PastLine:
    """What somebody was granted before, as a row says it."""

    row: int
    kind: SubjectKind
    subject: str
    title: str
    year: int
    number: str
    decided_on: date
    decided_by: str

    @property
    def place(self) -> tuple[str, str, int]:
        """Say what nobody has twice."""
        return self.subject, self.title, self.year


@dataclass(frozen=True)
class PastReader(ListReader):
    """Reads what people and collectives were granted before."""

    ONCE: ClassVar = "mỗi danh hiệu của một năm một lần"
    named: OfficeNamed

    def checks(self) -> Mapping[str, Callable[[Mapping[str, str]], object]]:
        """Give for each field what raises Unlike where it means nothing in its row."""
        return {
            SUBJECT: self._subject,
            "department": lambda said: self.named.unit(clean(said["department"])),
            TITLE: self._title,
            "year": self._year,
            "number": lambda said: _words(said, "number"),
            "decided_on": self._day,
            "decided_by": lambda said: _words(said, "decided_by"),
        }

    def line(self, row: int, cells: Sequence[str]) -> Any:
        """Make the line of a row in which nothing is wrong."""
        said = self.said(cells)
        return PastLine(
            row,
            *self._subject(said),
            self.named.title(clean(said[TITLE])).code,
            self._year(said),
            _words(said, "number"),
            self._day(said),
            _words(said, "decided_by"),
        )

    def _subject(self, said: Mapping[str, str]) -> tuple[SubjectKind, str]:
        unit = clean(said["department"])
        try:
            self.named.unit(unit)
        except Unlike:
            unit = ""  # told in its own column
        return self.named.of_office(clean(said[SUBJECT]), clean(said[CODE]), unit)

    def _year(self, said: Mapping[str, str]) -> int:
        text = said["year"].strip()
        year = int(text) if re.fullmatch("[0-9]{4}", text) else 0
        if wrong := wrong_year(year, self.named.today):
            raise Unlike(wrong)
        return year

    def _day(self, said: Mapping[str, str]) -> date:
        try:
            day = read_day(clean(said["decided_on"]))
        except ValueError as unread:
            raise Unlike(str(unread)) from None
        try:
            year = self._year(said)
        except Unlike:
            return day  # told in its own column
        if wrong := wrong_day(day, year, self.named.today):
            raise Unlike(wrong)
        return day


def _words(said: Mapping[str, str], key: str) -> str:
    """Give the words of a cell. Raises Unlike."""
    text = clean(said[key])
    if not 0 < len(text) <= _MOST[key]:
        raise Unlike(f"phải có ô này, nhiều nhất {_MOST[key]} chữ")
    return text
