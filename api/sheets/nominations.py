"""A department's nominations from its own spreadsheet: looked at, then in its draft."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import Response
from pydantic import ValidationError
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from api.admission import does
from api.campaigns.drafts import (
    DepartmentKey,
    DraftedLine,
    DraftedList,
    DraftOut,
    PhaseKey,
    keep,
    require_writable,
)
from api.deps import DatabaseDep
from api.headers import Router
from api.identity import Asking, Shown
from api.sheets.answers import ListFileIn, ListFileOut
from api.sheets.coming import FoundList, find_list, refused, remember, told
from api.versions import Put
from api.writing import writes
from domain.refusals import refuse
from intake.faults import allowed_by
from intake.office.tables import CellProblem
from intake.sheets.columns import NOMINATIONS
from intake.sheets.lines import BroughtLine
from intake.sheets.naming import MayBeNamed
from store.database import Database
from store.office.posts import nominable
from store.plans import pack_of
from store.tables import Department, Draft, Person, Phase

router = Router(
    prefix="/api/v1/phases/{key}/departments/{department}/draft/sheet",
    tags=["department"],
)

LIST = "nominations"
NEW, CHANGED, SAME = "new", "changed", "same"


class NominationSheet(ListFileIn):
    """A spreadsheet of nominations, and what is to be done with it.

    Nothing is written unless asked; what the draft has beside stays unless *replace*.
    """

    write: bool = False
    replace: bool = False


@dataclass(frozen=True)
class NominationsFound:
    """What a spreadsheet would make of a draft whose *version* was looked at.

    Of lines that are not wrong by themselves; *content* is None while any is.
    """

    found: FoundList
    faults: list[CellProblem]
    lines: Mapping[int, DraftedLine]  # by their rows
    changes: Mapping[tuple[str, str], str]
    content: DraftedList | None
    version: int

    @property
    def answer(self) -> ListFileOut:
        """Say it to whoever asked."""
        found = self.found, self.faults, self.changes
        return told(ListFileOut, *found, version=self.version)


@router.post("", dependencies=[does("department_list")])
async def import_sheet(
    key: PhaseKey,
    department: DepartmentKey,
    body: NominationSheet,
    database: DatabaseDep,
    person: Asking,
    shown: Shown,
) -> ListFileOut:
    """Say what a spreadsheet has for the draft; if asked, write all of it, or nothing.

    What somebody has written into the draft meanwhile is not written over.
    """
    looked = await run_in_threadpool(
        look_at, database, key, department, body, person, replace=body.replace
    )
    if not body.write:
        return looked.answer
    draft = await write_down(database, shown, key, department, looked)
    return looked.answer.model_copy(update={"written": True, "version": draft.version})


async def write_down(
    database: Database,
    shown: Shown,
    key: str,
    department: str,
    looked: NominationsFound,
) -> DraftOut:
    """Write what was found, whole. Raises Refused (`bad_table`, `version_changed`)."""
    if looked.content is None:
        raise refused(looked.faults)
    place = {"key": key, "department": department}
    return await _write(session=database, person=shown, looked=looked, **place)


@writes
def _write(
    key: str,
    department: str,
    looked: NominationsFound,
    session: Session,
    person: Person,
) -> DraftOut:
    phase = require_writable(session, key, department, person)
    content = looked.content or DraftedList()
    put = Put(f'"{looked.version}"' if looked.version else None, Response())
    row = keep(session, phase, department, content, put)
    remember(session, department, LIST, looked.found.sheet)
    return DraftOut.model_validate(row)


def look_at(
    database: Database,
    key: str,
    department: str,
    sent: ListFileIn,
    person: Person,
    *,
    replace: bool,
) -> NominationsFound:
    """Read a spreadsheet for whoever writes the draft, beside what is there already.

    Raises Refused (as writing a draft does, and `bad_table`, `nothing_drafted`).
    """
    with database.read() as session:
        phase = require_writable(session, key, department, person)
        named = may_be_nominated(session, phase, department)
        found = find_list(session, department, LIST, sent, NOMINATIONS, named)
        row = session.get(Draft, (phase.id, department))
    if not found.read.lines and not found.read.faults:
        raise refuse("nothing_drafted", "Tệp không có dòng đề nghị nào; chưa ghi gì.")
    before = DraftedList.model_validate(row.content) if row else DraftedList()
    return _merged(found, before, row.version if row else 0, replace=replace)


def may_be_nominated(session: Session, phase: Phase, department: str) -> MayBeNamed:
    """Say whom and what a department's list in a phase may name."""
    pack = pack_of(session, phase)
    rules = pack.policies
    people = nominable(session, department, phase.period_end, rules.consider_leavers)
    whole = session.get_one(Department, department)
    granted = {each.code: each for each in pack.titles}
    return MayBeNamed(
        (department, whole.name),
        [(each.id, each.name) for each in people],
        [granted[code] for code in phase.titles if code in granted],
        [(each.code, each.name_vi) for each in pack.document_kinds],
    )


def _merged(
    found: FoundList, before: DraftedList, version: int, *, replace: bool
) -> NominationsFound:
    """Put what was read into the draft: in its place, or behind what is there."""
    faults, lines = [*found.read.faults], dict[int, DraftedLine]()
    for each in found.read.lines:
        made = _line(found, each)
        if isinstance(made, DraftedLine):
            lines[each.row] = made
        else:
            faults += made
    faults.sort(key=lambda each: each.line)
    there = {(each.subject, each.title): each for each in before.lines}
    read = {(each.subject, each.title): each for each in lines.values()}
    changes = dict.fromkeys(((x.subject, x.title) for x in found.read.lines), NEW)
    for place, line in read.items():
        if place in there:
            changes[place] = SAME if there[place] == line else CHANGED
    whole = [*(read if replace else there | read).values()]
    content = None
    if not faults:
        content = _whole(whole)
    return NominationsFound(found, faults, lines, changes, content, version)


def _whole(lines: list[DraftedLine]) -> DraftedList:
    """Make a draft. Raises Refused (`bad_table`) where it has too many lines."""
    try:
        return DraftedList(lines=tuple(lines))
    except ValidationError as error:
        [wrong, *_] = error.errors()
        said = f"Bản nháp sau khi nhập có {len(lines)} đề nghị: "
        raise refuse("bad_table", f"{said}{allowed_by(wrong, DraftedList)}.") from None


def _line(found: FoundList, line: BroughtLine) -> DraftedLine | list[CellProblem]:
    """Make a line of a draft, or say what is wrong with its row."""
    try:
        return DraftedLine(
            kind=line.kind,
            subject=line.subject,
            title=line.title,
            achievement=line.achievement,
            documents=line.documents,
            secret=line.secret,
        )
    except ValidationError as error:
        return [
            found.faulty(
                line.row,
                str(one["loc"][0]),
                f"{str(one['input'])[:80]}…",
                allowed_by(one, DraftedLine),
            )
            for one in error.errors()
        ]
