"""The lines of a department's own list: what each row says, or what is wrong in it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from domain.names import clean
from domain.rules.subjects import is_for, wrong_subject
from intake.fields import SubjectKind
from intake.office.tables import CellProblem
from intake.sheets.cells import Nobody, Unlike, marked, require_value
from intake.sheets.columns import CODE, SUBJECT, TITLE, ListColumn
from intake.sheets.naming import MayBeNamed
from intake.sheets.reading import ReadSheet

_SHOWN = 80  # characters of a cell


@dataclass(frozen=True)
class BroughtLine:
    """A line as a row says it."""

    row: int
    kind: SubjectKind
    subject: str
    title: str
    achievement: str = ""
    documents: tuple[str, ...] = ()
    secret: bool = False

    @property
    def place(self) -> tuple[str, str]:
        """Say what stands once in a list."""
        return self.subject, self.title


@dataclass(frozen=True)
class ReadLines:
    """What was read: lines, all that is wrong, and the rows that are about nobody."""

    lines: list[Any] = field(default_factory=list)
    faults: list[CellProblem] = field(default_factory=list)
    passed_over: list[tuple[int, str]] = field(default_factory=list)


def read_lines(
    sheet: ReadSheet,
    known: Mapping[str, ListColumn],
    named: MayBeNamed,
    by: "type[ListReader] | None" = None,
) -> ReadLines:
    """Read every row *by* its kind of list, and collect all that is wrong in any."""
    missing = [
        CellProblem(sheet.top, column.heading, "", "phải chọn cột này")
        for key, column in known.items()
        if column.needed and key not in sheet.columns
    ]
    found, reader = ReadLines(faults=missing), (by or ListReader)(sheet, known, named)
    for row, cells in [] if missing else sheet.rows:
        if reader.is_about_nobody(cells):
            said = next(filter(None, cells))
            found.passed_over.append((row, clean(said)[:_SHOWN]))
        elif faults := [*reader.faults(row, cells)]:
            found.faults.extend(faults)
        else:
            _take(found, reader, row, cells)
    return found


def _take(
    found: ReadLines, reader: "ListReader", row: int, cells: Sequence[str]
) -> None:
    """Take the line of a row, unless it stands there already."""
    line = reader.line(row, cells)
    first = next((x.row for x in found.lines if x.place == line.place), None)
    if first is None:
        found.lines.append(line)
    else:
        found.faults.append(reader.repeated(row, cells, first))


@dataclass(frozen=True)
class ListReader:
    """Reads the rows of one sheet: what a department nominates, or registers."""

    ONCE: ClassVar = "mỗi đề nghị một lần"
    sheet: ReadSheet
    known: Mapping[str, ListColumn]
    named: MayBeNamed

    def is_about_nobody(self, cells: Sequence[str]) -> bool:
        """Say whether a row is a heading between others, a total, or a signature."""
        said = {clean(each) for each in cells if each}
        if len(said) == 1 and sum(map(bool, cells)) > 1:
            return True  # one text over several columns
        if self.sheet.cell(cells, TITLE) or self.sheet.cell(cells, CODE):
            return False
        try:
            self.named.subject(clean(self.sheet.cell(cells, SUBJECT)))
        except Nobody:
            return True
        except Unlike:
            return not self.sheet.cell(cells, SUBJECT)
        return False

    def faults(self, row: int, cells: Sequence[str]) -> Iterator[CellProblem]:
        """Say what is wrong with the cells of a row."""
        said, checks = self.said(cells), self.checks()
        for key, text in said.items():
            try:
                require_value(text)
                checks.get(key, str)(said)
            except Unlike as unlike:
                yield self._problem(row, key, text, str(unlike))

    def checks(self) -> Mapping[str, Callable[[Mapping[str, str]], object]]:
        """Give for each field what raises Unlike where it means nothing in its row."""
        return {
            SUBJECT: self._subject,
            TITLE: self._title,
            "documents": lambda said: self.named.papers(said["documents"]),
            "secret": lambda said: marked(said["secret"]),
        }

    def line(self, row: int, cells: Sequence[str]) -> Any:
        """Make the line of a row in which nothing is wrong."""
        said = self.said(cells)
        kind, subject = self._subject(said)
        return BroughtLine(
            row,
            kind,
            subject,
            self.named.title(clean(said[TITLE])).code,
            said.get("achievement", ""),
            self.named.papers(said.get("documents", "")),
            marked(said.get("secret", "")),
        )

    def repeated(self, row: int, cells: Sequence[str], first: int) -> CellProblem:
        """Say that a line stands there for the second time."""
        allowed = f"{self.ONCE}; đã có ở dòng {first}"
        return self._problem(row, SUBJECT, self.sheet.cell(cells, SUBJECT), allowed)

    def said(self, cells: Sequence[str]) -> dict[str, str]:
        """Give what a row says, by its fields."""
        return {key: self.sheet.cell(cells, key) for key in self.known}

    def _subject(self, said: Mapping[str, str]) -> tuple[SubjectKind, str]:
        return self.named.subject(clean(said[SUBJECT]), clean(said[CODE]))

    def _title(self, said: Mapping[str, str]) -> None:
        """Raise Unlike for no title, or one that is for others."""
        found = self.named.title(clean(said[TITLE]))
        try:
            kind, _ = self._subject(said)
        except Unlike:
            return  # told in its own column
        if not is_for(found, kind):
            raise Unlike(wrong_subject(found).detail.rstrip("."))

    def _problem(self, row: int, key: str, found: str, allowed: str) -> CellProblem:
        at = self.sheet.heading(key, self.known)
        return CellProblem(row, at, clean(found)[:_SHOWN], allowed)
