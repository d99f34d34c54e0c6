"""What was granted before, from a spreadsheet: looked at, then written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import chain
from typing import Any

from sqlmodel import Session, col, select
from starlette.concurrency import run_in_threadpool

from api.admission import does
from api.deps import DatabaseDep, Packs
from api.headers import Router
from api.identity import Asking, Shown
from api.office.master import edits, require_editor
from api.sheets.answers import BroughtFileIn, BroughtFileOut, Column, ListedOut
from api.sheets.coming import FoundList, find_list, refused, remember, told
from domain.calendar import local_day
from domain.grouping import grouped
from domain.refusals import refuse
from domain.roles import own_words
from domain.rules.past import titles_ever
from domain.rules.rulepack import RulePack
from duties.office_deed import OfficeDeed
from intake.office.tables import CellProblem
from intake.sheets.columns import TITLE
from intake.sheets.office_naming import NO_COLLECTIVE, OfficeNamed
from intake.sheets.past import PastLine, PastReader
from intake.sheets.past_columns import PAST
from store.database import Database, insert_all
from store.office.agency import head_in
from store.office.holding import at_desks
from store.office.master import departments, today
from store.office.past_awards import Place, granted_before, place_of, standing_here
from store.office.people import home_of
from store.tables import PastAward, Person, ServiceSpan

router = Router(prefix="/api/v1/past-awards/sheet", tags=["office"])

LIST = "past_awards"
NEW, SAME = "new", "same"
_KEPT = ("number", "decided_on", "decided_by")


class PastSheetIn(BroughtFileIn):
    """A spreadsheet of what was granted before; nothing is written unasked."""

    KNOWN = PAST
    subject: Column = None
    department: Column = None
    title: Column = None
    year: Column = None
    number: Column = None
    decided_on: Column = None
    decided_by: Column = None
    code: Column = None
    write: bool = False


class PastListed(ListedOut):
    """What somebody was granted before, as its row says it: of which year."""

    year: int


class PastSheetOut(BroughtFileOut):
    """What a spreadsheet says of years before, with all its lines."""

    lines: list[PastListed]


@dataclass(frozen=True)
class PastFound:
    """What a spreadsheet has of years before, and what of it is not here yet.

    *home* is the department whose headings are remembered, *names* call the titles.
    """

    found: FoundList
    home: str
    file: tuple[str, str]  # its name, and its digest
    names: Mapping[str, str]
    faults: list[CellProblem]
    changes: Mapping[Place, str]

    @property
    def answer(self) -> PastSheetOut:
        """Say it to whoever asked."""
        return told(PastSheetOut, self.found, self.faults, self.changes)

    @property
    def new(self) -> list[PastLine]:
        """List what is to be written. Refused (`bad_table`, `nothing_drafted`)."""
        if self.faults:
            raise refused(self.faults)
        lines = self.found.read.lines
        new = [each for each in lines if self.changes[each.place] == NEW]
        if not new:
            said = "Tệp không có danh hiệu, khen thưởng nào mới; chưa ghi gì."
            raise refuse("nothing_drafted", said)
        return new


@router.post("", dependencies=[does("master_data")])
async def import_past(
    body: PastSheetIn,
    database: DatabaseDep,
    person: Asking,
    shown: Shown,
    packs: Packs,
) -> PastSheetOut:
    """Say what a spreadsheet has of years before; if asked, write all, or nothing."""
    looked = await run_in_threadpool(look_at_past, database, body, packs, person)
    if not body.write:
        return looked.answer
    await write_past(database, shown, looked)
    return looked.answer.model_copy(update={"written": True})


def look_at_past(
    database: Database, sent: BroughtFileIn, packs: Sequence[RulePack], person: Person
) -> PastFound:
    """Read a spreadsheet for whoever writes the office's rows, beside what is there.

    Raises Refused (`not_allowed`, `bad_table`, `nothing_drafted`).
    """
    with database.read() as session:
        require_editor(session, person)
        named = may_be_named(session, packs)
        home = home_of(session, person.id, named.today) or ""
        found = find_list(session, home, LIST, sent, PAST, named, PastReader)
        file = sent.name, sha256(sent.file).hexdigest()
        names = {each.code: each.name_vi for each in named.titles}
        looked = PastFound(found, home, file, names, [], {})
        if not found.read.lines and not found.read.faults:
            raise refuse("nothing_drafted", "Tệp không có dòng nào; chưa ghi gì.")
        return _beside(session, looked)


def may_be_named(session: Session, packs: Sequence[RulePack]) -> OfficeNamed:
    """Say whom, and which titles, a list of years before may name."""
    head, units = head_in(session), departments(session, None)
    titles = titles_ever(packs).values()
    order = (col(Person.sort_key), col(Person.id))
    people = select(Person.id, Person.name).order_by(*order)
    served = select(ServiceSpan.department, ServiceSpan.person)
    here = session.exec(served.where(col(ServiceSpan.department).is_not(None)))
    return OfficeNamed(
        NO_COLLECTIVE,
        [(code, name) for code, name in session.exec(people)],
        [replace(each, name_vi=own_words(each.name_vi, head)) for each in titles],
        units=[(each.code, each.name) for each in units],
        serving=grouped((code or "", person) for code, person in here),
        today=today(session),
    )


def _beside(session: Session, looked: PastFound) -> PastFound:
    """Say what becomes of each line beside what is here already."""
    found = looked.found
    people = {line.subject for line in found.read.lines}
    before = {place_of(row): row for row in granted_before(session, people)}
    here = standing_here(session, people)
    faults, changes = [*found.read.faults], dict[Place, str]()
    for line in found.read.lines:
        row = before.get(line.place)
        changes[line.place] = SAME if row else NEW
        if line.place in here:
            faults.append(
                _twice(looked, line, "không nhập: đang xét hoặc đã tặng ở đây")
            )
        elif row and any(getattr(row, x) != getattr(line, x) for x in _KEPT):
            said = f"như đã ghi (số {row.number}); sửa thì sửa ở trang của người này"
            faults.append(_twice(looked, line, said))
    faults.sort(key=lambda each: each.line)
    return replace(looked, faults=faults, changes=changes)


def _twice(looked: PastFound, line: PastLine, allowed: str) -> CellProblem:
    said = f"{looked.names[line.title]}, năm {line.year}"
    return looked.found.faulty(line.row, TITLE, said, allowed)


async def write_past(database: Database, shown: Shown, looked: PastFound) -> None:
    """Write what is new, whole. Raises Refused (`bad_table`, `version_changed`)."""
    await _write(session=database, person=shown, looked=looked, new=looked.new)


@edits
def _write(
    looked: PastFound, new: list[PastLine], session: Session, person: Person
) -> None:
    again = _beside(session, looked)
    if again.faults or again.changes != looked.changes:
        raise refuse(
            "version_changed", "Danh hiệu đã ghi vừa thay đổi: hãy xem lại tệp rồi ghi."
        )
    deed = OfficeDeed.begin(session, person.id)
    rows = [_values(looked, each) for each in new]
    insert_all(session, PastAward, rows)
    name, digest = looked.file
    deed.tell("past_awards_entered", {row["person"] for row in rows}, file=name)
    units = {row["department"] for row in rows} - {None}
    heads = at_desks(session, units, local_day(deed.at))
    answering = chain.from_iterable(heads.values())
    deed.tell("past_awards_of_department", answering, file=name)
    said = {"about": "past-awards", "file": name, "sha256": digest}
    deed.close("record_past_awards", {**said, "rows": rows})
    remember(session, looked.home, LIST, looked.found.sheet)


def _values(looked: PastFound, line: PastLine) -> dict[str, Any]:
    alone = line.kind == "individual"
    return {
        "person": line.subject if alone else None,
        "department": None if alone else line.subject,
        "title": line.title,
        "called": looked.names[line.title],
        "year": line.year,
        **{name: getattr(line, name) for name in _KEPT},
        "version": 1,
    }
