"""What was granted before, on pages: all of it, and more from a spreadsheet."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError
from sqlmodel import Session, select
from starlette.concurrency import run_in_threadpool

from api.admission import does, reads
from api.deps import DatabaseDep, Packs, Reading
from api.identity import Asking, Shown
from api.office.histories import writing
from api.office.master import Key
from api.paging import Cursor, Order, page
from api.sheets.past_awards import (
    PastFound,
    PastSheetIn,
    look_at_past,
    may_be_named,
    write_past,
)
from api.statuses import status_of
from api.web.administration.entering import Entering, EntryPage, if_match, may_enter
from api.web.administration.people import BY_SLUG
from api.web.naming import called
from api.web.posted import Posted, unread
from api.web.rendering import render
from api.web.uploaded import MOST_OF_A_FILE, Uploaded
from api.web.visiting import pages
from api.web.words import gettext
from domain.names import clean
from domain.record import digest_of
from domain.refusals import Refusal, Refused
from domain.rules.rulepack import RulePack
from intake.fields import Reason
from intake.office.contradictions import unknown_record
from intake.sheets.columns import SUBJECT, TITLE
from intake.sheets.past_columns import PAST
from intake.sheets.reading import MOST
from papers.own_lists import list_template, shown
from papers.terms import CERTAINTIES
from store.database import Database
from store.office import histories
from store.office.changes import Verb
from store.office.in_force import in_service
from store.tables import Department, PastAward, Person

PAGE = "/quan-tri/khen-thuong-truoc"
_MANY, _SHOWN, _LONGEST = 50, 200, 200
_NEWEST_FIRST = Order(PastAward, ("id",), last_first=True)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CHANGED = Refusal(
    "version_changed",
    gettext("Cách đọc tệp hoặc danh hiệu đã ghi vừa thay đổi: hãy xem lại rồi ghi."),
)
_NO_FILE = Refusal("bad_table", gettext("Hãy chọn một tệp .xlsx hoặc .csv."))

_KIND = BY_SLUG["khen-thuong-truoc"]
_TAKE_BACK = writing(_KIND, Verb.VOID)

router = pages()


@router.get(PAGE, dependencies=[reads("histories")])
def every(session: Reading, visitor: Asking, sau: Cursor = None) -> Response:
    """Show what is entered of years before, and ask for a file."""
    return _page(session, visitor, sau)


def _page(
    session: Session,
    visitor: Person,
    cursor: str | None = None,
    refusals: Sequence[Refusal] = (),
) -> Response:
    rows = _NEWEST_FIRST.rows(session, select(PastAward), _MANY, cursor)
    listed = page(rows, _MANY, _NEWEST_FIRST.place, lambda row: row)
    return render(
        "administration/past_awards.html",
        status_of(refusals) if refusals else HTTPStatus.OK,
        visitor=visitor,
        editor=may_enter(session, visitor),
        rows=listed.items,
        following=listed.next,
        names=called(session, [row.subject for row in listed.items]),
        refusals=refusals,
        certainties=CERTAINTIES,
        most=MOST,
        kib=MOST_OF_A_FILE // 2**10,
    )


@router.get(f"{PAGE}/mau.xlsx", dependencies=[reads("histories")])
def template(session: Reading, packs: Packs, _visitor: Asking) -> Response:
    """Give a template with people, departments and titles to choose from."""
    named = may_be_named(session, packs)
    here = select(Person.id).where(in_service(Person.id, named.today))
    serving = frozenset(session.exec(here))
    choices = {
        SUBJECT: [
            *(shown(each) for each in named.people if each[0] in serving),
            *(name for _, name in named.units),
        ],
        "department": [name for _, name in named.units],
        TITLE: [each.name_vi for each in named.titles],
    }
    filled = {key: each for key, each in choices.items() if each}
    content = list_template(gettext("Khen thưởng đã có"), PAST, filled)
    names = {"Content-Disposition": 'attachment; filename="khen-thuong-truoc.xlsx"'}
    return Response(content, media_type=_XLSX, headers=names)


@router.post(f"{PAGE}/tep", dependencies=[does("master_data")])
async def check(
    visitor: Entering, sent: Uploaded, database: DatabaseDep, packs: Packs
) -> Response:
    """Look at a file, and show what it would write."""
    importing = _Importing(database, visitor, packs)
    if "tep" not in sent.files:
        return await run_in_threadpool(importing.ask, (_NO_FILE,))
    name, content = sent.files["tep"]
    said = {
        "name": clean(name)[-_LONGEST:] or "?",
        "content": b64encode(content).decode(),
    }
    return await run_in_threadpool(importing.look, PastSheetIn.model_validate(said))


@router.post(f"{PAGE}/tep/ghi", dependencies=[does("master_data")])
async def agree(
    typed: Posted,
    visitor: Entering,
    shown: Shown,
    database: DatabaseDep,
    packs: Packs,
) -> Response:
    """Write what was shown, whole; or read it by other columns."""
    importing, sent = _Importing(database, visitor, packs), _sent(typed)
    if typed.get("_lam"):
        return await run_in_threadpool(importing.look, sent)
    try:
        looked = await run_in_threadpool(look_at_past, database, sent, packs, visitor)
        if typed.get("_nhu") != _mark(looked):
            raise Refused(_CHANGED)
        await write_past(database, shown, looked)
    except Refused as refused:
        return await run_in_threadpool(importing.look, sent, refused.refusals)
    return RedirectResponse(PAGE, HTTPStatus.SEE_OTHER)


def _sent(typed: Mapping[str, str]) -> PastSheetIn:
    """Take back a file that was shown, with what was chosen. Refused (`not_a_form`)."""
    fields = PastSheetIn.model_fields.keys() - {"write"}
    try:
        return PastSheetIn.model_validate(
            {name: text for name, text in typed.items() if name in fields and text}
        )
    except ValidationError:
        raise unread() from None


def _mark(looked: PastFound) -> str:
    """Digest what would be written, and beside what."""
    lines = [(*map(str, vars(x).values()),) for x in looked.found.read.lines]
    changes = [*looked.changes.values()]
    return digest_of([lines, changes, len(looked.faults)])[:32]


@dataclass(frozen=True)
class _Importing:
    """A file of years before, for one visitor."""

    database: Database
    visitor: Person
    packs: Sequence[RulePack]

    def ask(self, refusals: Sequence[Refusal]) -> Response:
        """Ask for a file, and say why the one before was not read."""
        with self.database.read() as session:
            return _page(session, self.visitor, None, refusals)

    def look(self, sent: PastSheetIn, refusals: Sequence[Refusal] = ()) -> Response:
        """Show what a file would write, or why it cannot be read."""
        try:
            looked = look_at_past(self.database, sent, self.packs, self.visitor)
        except Refused as refused:
            return self.ask(refused.refusals)
        wrong = bool(looked.faults or refusals)
        lines = looked.found.read.lines
        with self.database.read() as session:
            names = called(session, [each.subject for each in lines[:_SHOWN]])
        return render(
            "administration/past_awards_checked.html",
            HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
            visitor=self.visitor,
            looked=looked,
            known=PAST,
            mark=_mark(looked),
            new=[*looked.changes.values()].count("new"),
            told=looked.faults[:_SHOWN],
            shown=lines[:_SHOWN],
            sent=sent,
            names=names,
            refusals=refusals,
            certainties=CERTAINTIES,
        )


def _one(database: Database, visitor: Person, key: int) -> tuple[EntryPage, Any]:
    """Make the page of a collective's. Raises Refused (`unknown_record`)."""
    with database.read() as session:
        row: PastAward = histories.get_row(session, _KIND.rows, key)
        unit = session.get(Department, row.department) if row.department else None
    if unit is None:
        raise unknown_record(_KIND.rows.name, key)
    known = (
        gettext("Tập thể: %(name)s", name=unit.name),
        gettext("%(title)s, năm %(year)s", title=row.called, year=row.year),
        gettext(
            "Quyết định số %(number)s của %(who)s",
            number=row.number,
            who=row.decided_by,
        ),
    )
    title = gettext("Khen thưởng đã có từ trước: %(name)s", name=unit.name)
    page = EntryPage(
        database, visitor, _KIND.path, title, PAGE, voids=True, fixed=True, known=known
    )
    return page, row


@router.get(f"{PAGE}/{{key}}", dependencies=[reads("histories")])
def look(key: Key, database: DatabaseDep, visitor: Asking) -> Response:
    """Show what a collective was granted, to be taken back if it is wrong."""
    page, row = _one(database, visitor, key)
    return page.show_known(row)


@router.post(f"{PAGE}/{{key}}", dependencies=[does("master_data")])
async def take_back(
    key: Key,
    typed: Posted,
    database: DatabaseDep,
    visitor: Entering,
    shown: Shown,
    packs: Packs,
) -> Response:
    """Take back what was entered by mistake, and say why."""
    page, _ = _one(database, visitor, key)
    which = {"key": key, "packs": packs, "if_match": if_match(typed)}
    write = page.writing(_TAKE_BACK, shown, **which)
    said = {"reason": typed.get("ly_do", "")}
    return await page.sent(typed, lambda: write(body=Reason.model_validate(said)))
