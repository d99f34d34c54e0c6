"""How papers are headed and laid out in Word, as the secretariat says it on a page."""

from base64 import b64encode
from collections.abc import Awaitable, Mapping
from http import HTTPStatus

from fastapi import Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError
from sqlmodel import Session, select
from starlette.concurrency import run_in_threadpool

from api.admission import does, reads
from api.deps import DatabaseDep, Reading
from api.identity import Asking, Shown
from api.office import letterhead
from api.office.letterhead import LayoutIn, LetterheadIn
from api.problems import told
from api.statuses import status_of
from api.versions import Put
from api.web.administration.entering import Entering
from api.web.naming import called
from api.web.posted import Posted
from api.web.rendering import render
from api.web.uploaded import Uploaded
from api.web.visiting import pages
from api.web.words import gettext
from domain.refusals import Refused, in_words
from papers.official.paper import Layout
from store.database import Database
from store.office.letterhead import letterhead_of
from store.tables import Person, WordLayout

PAGE = "/quan-tri/mau-giay-to"
_NAMES = {
    Layout.PAPER: gettext("Mọi giấy tờ"),
    Layout.CERTIFICATE: gettext("Giấy khen, giấy chứng nhận"),
}
_FIELDS = ("parent", "place", "symbol")

router = pages()


@router.get(PAGE, dependencies=[reads("directory")])
def show(session: Reading, visitor: Asking) -> Response:
    """Show how papers are headed, and which layouts are in use."""
    return _page(session, visitor)


@router.post(PAGE, dependencies=[does("master_data")])
async def enter(
    typed: Posted, database: DatabaseDep, shown: Shown, visitor: Entering
) -> Response:
    """Say how papers are headed, as the API does."""
    version = f'"{typed["version"]}"' if typed.get("version") else None
    try:
        said = {name: typed.get(name) or None for name in _FIELDS}
        body = LetterheadIn.model_validate(said)
    except ValidationError as error:
        sentence = " ".join(told(error.errors(), LetterheadIn).values())
        return await run_in_threadpool(_again, database, visitor, sentence, 422, typed)
    written = letterhead.put_letterhead(
        body=body, session=database, person=shown, put=Put(version, Response())
    )
    return await _done(written, database, visitor, typed)


@router.post(f"{PAGE}/{{layout}}", dependencies=[does("master_data")])
async def lay_out(
    layout: Layout,
    visitor: Entering,
    sent: Uploaded,
    database: DatabaseDep,
    shown: Shown,
) -> Response:
    """Put a layout in the place of the one in use, or go back to the house's."""
    if sent.typed.get("viec") == "bo":
        back = letterhead.delete_word_layout(
            layout=layout, session=database, person=shown
        )
        return await _done(back, database, visitor)
    _, content = sent.files.get("tep", ("", b""))
    kept = letterhead.put_word_layout(
        layout=layout,
        body=LayoutIn.model_construct(content=b64encode(content).decode()),
        session=database,
        person=shown,
    )
    return await _done(kept, database, visitor)


async def _done(
    work: Awaitable[object],
    database: Database,
    visitor: Person,
    typed: Mapping[str, str] | None = None,
) -> Response:
    try:
        await work
    except Refused as refused:
        said, status = in_words(refused.refusals), status_of(refused.refusals)
        return await run_in_threadpool(_again, database, visitor, said, status, typed)
    return RedirectResponse(PAGE, HTTPStatus.SEE_OTHER)


def _again(
    database: Database,
    visitor: Person,
    said: str,
    status: int,
    typed: Mapping[str, str] | None,
) -> Response:
    with database.read() as session:
        return _page(session, visitor, said, HTTPStatus(status), typed)


def _page(
    session: Session,
    visitor: Person,
    said: str = "",
    status: HTTPStatus = HTTPStatus.OK,
    typed: Mapping[str, str] | None = None,
) -> Response:
    row = letterhead_of(session)
    rows = session.exec(select(WordLayout)).all()
    return render(
        "administration/letterhead.html",
        status,
        visitor=visitor,
        said=said,
        typed={name: getattr(row, name) for name in _FIELDS} | {**(typed or {})},
        version=row.version if row in session else None,
        layouts=_NAMES,
        own={each.kind: each for each in rows},
        names=called(session, (each.put_by for each in rows)),
    )
