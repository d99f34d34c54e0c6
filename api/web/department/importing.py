"""A department's list comes in its own spreadsheet: looked at, agreed to, written."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any
from uuid import uuid4

from fastapi import Depends, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from api import door
from api.admission import does, reads
from api.campaigns.drafts import PhaseKey, require_writer
from api.deps import DatabaseDep, DeskDep, Reading, the_phase
from api.identity import Asking, Shown
from api.sheets.answers import ListFileIn
from api.sheets.coming import keep_headings
from api.sheets.nominations import NominationsFound, write_down
from api.sheets.registrations import LIST, AimsFound
from api.statuses import status_of
from api.web.acting.receipts import receipt_path
from api.web.department.looking import looked, mark_of_found
from api.web.department.outline import dues
from api.web.department.own_lists import (
    ALONE,
    NOMINATED,
    REGISTERED,
    Found,
    OwnList,
)
from api.web.department.places import OfPath, PartInPhase, ThePart, part_of
from api.web.naming import called
from api.web.posted import Posted, unread
from api.web.rendering import render
from api.web.uploaded import MOST_OF_A_FILE, Uploaded
from api.web.visiting import pages
from api.web.words import gettext
from domain import ids
from domain.names import clean
from domain.refusals import Refusal, Refused
from intake.sheets.reading import MOST
from papers.terms import CERTAINTIES
from store.database import Database
from store.tables import Person

router = pages()

_WHERE = "/phong/{key}/{department}"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST = 200  # letters of a file's name
_AGAIN, _ALONE = "doc-lai", "thay"
_CHANGED = Refusal(
    "version_changed",
    gettext("Cách đọc tệp hoặc bản nháp vừa thay đổi: hãy xem lại rồi ghi."),
)
_NO_FILE = Refusal("bad_table", gettext("Hãy chọn một tệp .xlsx hoặc .csv."))


Handler = Callable[..., Any]


@dataclass(frozen=True)
class ImportPage:
    """The page of a list that comes in a file, for one visitor."""

    own: OwnList
    database: Database
    key: str
    department: str
    visitor: Person

    def look(self, sent: ListFileIn) -> Found:
        """Look at a file. Raises Refused."""
        return self.own.look(
            self.database, self.key, self.department, sent, self.visitor
        )

    def ask(self, refusals: tuple[Refusal, ...]) -> Response:
        """Ask for a file, and say why the one before was not read."""
        with self.database.read() as session:
            part = self._part(session)
            status = status_of(refusals)
            return asked(session, part, self.visitor, self.own, refusals, status)

    def show(
        self, sent: ListFileIn, found: Found, refusals: tuple[Refusal, ...] = ()
    ) -> Response:
        """Show what a file would do; nothing is written yet."""
        wrong = bool(found.faults or refusals)
        status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
        with self.database.read() as session:
            part = self._part(session)
            seen = looked(session, part, found)
            return render(
                "department/import_checked.html",
                status,
                **_facts(part, self.visitor, self.own),
                looked=seen,
                sent=sent,
                alone=self.own is ALONE,
                refusals=refusals,
                certainties=CERTAINTIES,
                names=called(session, [each.line.subject for each in seen.shown]),
                key=uuid4().hex,
            )

    def _part(self, session: Session) -> PartInPhase:
        phase = the_phase(self.key, session)
        return part_of(session, phase, self.department, self.visitor.id)


def _facts(part: PartInPhase, visitor: Person, own: OwnList) -> dict[str, Any]:
    return {"visitor": visitor, "part": part, "own": own}


def asked(
    session: Session,
    part: PartInPhase,
    visitor: Person,
    own: OwnList,
    refusals: tuple[Refusal, ...] = (),
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    """Ask for a file, and say what it may be."""
    return render(
        "department/import.html",
        status,
        **_facts(part, visitor, own),
        refusals=refusals,
        most=MOST,
        kib=MOST_OF_A_FILE // 2**10,
        dues=[*dues(session, part)],
    )


def _asked(own: OwnList) -> Handler:
    def ask(part: ThePart, session: Reading, visitor: Asking) -> Response:
        return asked(session, part, visitor, own)

    return ask


def _template(own: OwnList) -> Handler:
    def template(part: ThePart, session: Reading, _visitor: Asking) -> Response:
        name = f"{own.path}-{part.phase.id}-{part.department.code.lower()}.xlsx"
        named = {"Content-Disposition": f'attachment; filename="{name}"'}
        content = own.template(session, part)
        return Response(content, media_type=_XLSX, headers=named)

    return template


def _writing(
    key: PhaseKey, department: OfPath, database: DatabaseDep, visitor: Asking
) -> Person:
    """Find who writes for a department. Refused (`not_allowed`): others bring nothing.

    So none of what they bring is read, and they see no form again.
    """
    with database.read() as session:
        require_writer(session, key, department, visitor.id)
    return visitor


Writing = Annotated[Person, Depends(_writing)]


def _brought(own: OwnList) -> Handler:
    async def check(
        key: PhaseKey,
        department: OfPath,
        visitor: Writing,
        sent: Uploaded,
        database: DatabaseDep,
    ) -> Response:
        page = ImportPage(own, database, key, department, visitor)
        if "tep" not in sent.files:
            return await run_in_threadpool(page.ask, (_NO_FILE,))
        name, content = sent.files["tep"]
        body = {"name": _name(name), "content": b64encode(content).decode()}
        return await run_in_threadpool(_checked, page, ListFileIn.model_validate(body))

    return check


def _agreed(own: OwnList) -> Handler:
    async def agree(
        key: PhaseKey,
        department: OfPath,
        visitor: Writing,
        typed: Posted,
        database: DatabaseDep,
        desk: DeskDep,
        shown: Shown,
    ) -> Response:
        reading = ALONE if own is NOMINATED and _ALONE in typed else own
        page = ImportPage(reading, database, key, department, visitor)
        sent = _sent(typed)
        if typed.get("_lam") == _AGAIN:
            return await run_in_threadpool(_checked, page, sent)
        try:
            found = await run_in_threadpool(page.look, sent)
            if typed.get("_nhu") != mark_of_found(found):
                raise Refused(_CHANGED)
            return await _written(page, found, desk, shown, typed.get("_khoa", ""))
        except Refused as refused:
            return await run_in_threadpool(_checked, page, sent, refused.refusals)

    return agree


_WRITES = does("department_list")
for _own, _reading in ((NOMINATED, "department_draft"), (REGISTERED, "registrations")):
    for _path, _method, _made, _way in (
        ("tep", "GET", _asked, reads(_reading)),
        ("mau.xlsx", "GET", _template, reads(_reading)),
        ("tep", "POST", _brought, _WRITES),
        ("tep/ghi", "POST", _agreed, _WRITES),
    ):
        router.add_api_route(
            f"{_WHERE}/{_own.path}/{_path}",
            _made(_own),
            methods=[_method],
            dependencies=[_way],
        )


def _checked(
    page: ImportPage, sent: ListFileIn, refusals: tuple[Refusal, ...] = ()
) -> Response:
    """Look at a file, and show what it would do, or why it cannot be read."""
    try:
        found = page.look(sent)
    except Refused as refused:
        return page.ask(refused.refusals)
    return page.show(sent, found, refusals)


async def _written(
    page: ImportPage, found: Found, desk: DeskDep, shown: Shown, key: str
) -> Response:
    """Write what was shown, or send it, all of it; raises Refused and does nothing."""
    place = {"key": page.key, "department": page.department}
    path = f"/phong/{page.key}/{page.department}"
    if isinstance(found, NominationsFound):
        await write_down(page.database, shown, looked=found, **place)
        return RedirectResponse(f"{path}/de-nghi", HTTPStatus.SEE_OTHER)
    return await _registered(page, found, desk, shown, key or uuid4().hex)


async def _registered(
    page: ImportPage, found: AimsFound, desk: DeskDep, shown: Shown, key: str
) -> Response:
    target = ids.department(page.key, page.department)
    receive = partial(door.receive, kind="register", target=target, body=found.body)
    command = await desk.take(partial(receive, shown=shown, key=key))
    if command.refusals is not None:
        raise Refused(*(Refusal(**each) for each in command.refusals))
    await keep_headings(
        department=page.department,
        name=LIST,
        sheet=found.found.sheet,
        session=page.database,
        person=shown,
    )
    path = f"/phong/{page.key}/{page.department}"
    return RedirectResponse(receipt_path(command, path), HTTPStatus.SEE_OTHER)


def _name(name: str) -> str:
    """Keep the end of a file's name, which says what it is."""
    return clean(name)[-_LONGEST:] or "?"


def _sent(typed: Mapping[str, str]) -> ListFileIn:
    """Take back a file that was shown, with what was chosen. Refused (`not_a_form`)."""
    said = {
        name: text for name, text in typed.items() if name in ListFileIn.model_fields
    }
    try:
        return ListFileIn.model_validate({k: v for k, v in said.items() if v})
    except ValidationError:
        raise unread() from None
