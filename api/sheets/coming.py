"""What is found in a department's own spreadsheet, and what its headings mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlmodel import Session

from api.sheets.answers import FIRST, BroughtFileIn, BroughtFileOut, CellFault
from api.writing import writes
from domain.refusals import Refusal, Refused
from intake.office.tables import CellProblem, Unreadable
from intake.sheets.columns import ListColumn
from intake.sheets.lines import ListReader, ReadLines, read_lines
from intake.sheets.naming import MayBeNamed
from intake.sheets.reading import ReadSheet, read_sheet
from store.tables import ListHeadings, Person

Told = TypeVar("Told", bound=BroughtFileOut)
_FAULTS = 100  # that are told of one file


@dataclass(frozen=True)
class FoundList:
    """A spreadsheet that was read, by the names that its list may have."""

    sheet: ReadSheet
    read: ReadLines
    known: Mapping[str, ListColumn]

    def faulty(self, row: int, key: str, found: str, allowed: str) -> CellProblem:
        """Say what is wrong with a field of a row."""
        return CellProblem(row, self.sheet.heading(key, self.known), found, allowed)


def find_list(
    session: Session,
    department: str,
    name: str,
    sent: BroughtFileIn,
    known: Mapping[str, ListColumn],
    named: MayBeNamed,
    by: type[ListReader] = ListReader,
) -> FoundList:
    """Read a list that has a *name* here. Raises Refused (`bad_table`)."""
    row = session.get(ListHeadings, (department, name))
    try:
        sheet = read_sheet(
            sent.file, sent.name, known, sent.layout, row.meant if row else {}
        )
    except Unreadable as bad:
        where = f"{sent.name}, dòng {bad.row}" if bad.row > 1 else sent.name
        said = f"{where}: gặp «{bad.found}», cho phép: {bad.allowed}."
        raise Refused(Refusal("bad_table", said)) from None
    return FoundList(sheet, read_lines(sheet, known, named, by), known)


def remember(session: Session, department: str, name: str, sheet: ReadSheet) -> None:
    """Keep what the headings of a list mean, for the next file of the department."""
    session.merge(ListHeadings(department=department, list=name, meant=sheet.told))


@writes
def keep_headings(
    department: str, name: str, sheet: ReadSheet, session: Session, person: Person
) -> None:
    """Keep what the headings of a list mean that somebody has just sent."""
    remember(session, department, name, sheet)


def told(
    answer: type[Told],
    found: FoundList,
    faults: list[CellProblem],
    changes: Mapping[Any, str],
    **more: Any,
) -> Told:
    """Answer with what was found; *changes* say what becomes of which line."""
    lines = found.read.lines
    said = {
        "sheet": found.sheet.name,
        "top": found.sheet.top,
        "headings": list(found.sheet.headings),
        "columns": {key: at + FIRST for key, at in found.sheet.columns.items()},
        "lines": [{**vars(each), "change": changes[each.place]} for each in lines],
        "faults": [*map(_fault, faults[:_FAULTS])],
        "passed_over": [row for row, _ in found.read.passed_over],
    }
    return answer.model_validate(said | more)


def _fault(problem: CellProblem) -> CellFault:
    return CellFault(
        row=problem.line,
        column=problem.field,
        found=problem.found,
        allowed=problem.allowed,
        detail=problem.sentence(),
    )


def refused(faults: list[CellProblem]) -> Refused:
    """Refuse to write a list with faults, and say each."""
    some = faults[:_FAULTS]
    return Refused(*(Refusal("bad_table", f"{x.sentence()}.") for x in some))
