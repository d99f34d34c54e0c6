"""What is found in a department's own spreadsheet, and what its headings mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from api.sheets.answers import FIRST, CellFault, ListedOut, ListFileIn, ListFileOut
from api.writing import writes
from domain.refusals import Refusal, Refused
from intake.office.tables import CellProblem, Unreadable
from intake.sheets.columns import ListColumn
from intake.sheets.lines import BroughtLine, ReadLines, read_lines
from intake.sheets.naming import MayBeNamed
from intake.sheets.reading import ReadSheet, read_sheet
from store.tables import ListHeadings, Person

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
    sent: ListFileIn,
    known: Mapping[str, ListColumn],
    named: MayBeNamed,
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
    return FoundList(sheet, read_lines(sheet, known, named), known)


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
    found: FoundList,
    faults: list[CellProblem],
    changes: Mapping[tuple[str, str], str],
    **more: Any,
) -> ListFileOut:
    """Answer with what was found; *changes* say what becomes of which line."""
    return ListFileOut(
        sheet=found.sheet.name,
        top=found.sheet.top,
        headings=list(found.sheet.headings),
        columns={key: at + FIRST for key, at in found.sheet.columns.items()},
        lines=[_listed(each, changes) for each in found.read.lines],
        faults=[*map(_fault, faults[:_FAULTS])],
        passed_over=[row for row, _ in found.read.passed_over],
        **more,
    )


def _listed(line: BroughtLine, changes: Mapping[tuple[str, str], str]) -> ListedOut:
    return ListedOut(
        row=line.row,
        kind=line.kind,
        subject=line.subject,
        title=line.title,
        change=changes[line.subject, line.title],
    )


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
