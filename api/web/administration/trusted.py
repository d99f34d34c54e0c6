"""The certificates by which digital signatures are trusted, kept on a page."""

from base64 import b64encode
from collections.abc import Awaitable
from http import HTTPStatus

from fastapi import Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from api.admission import does, reads
from api.deps import DatabaseDep, Reading
from api.identity import Asking, Shown
from api.office import trusted
from api.office.trusted import CertificateIn, Fingerprint
from api.paging import Cursor
from api.statuses import status_of
from api.web.administration.entering import Entering, may_enter
from api.web.naming import called
from api.web.rendering import render
from api.web.uploaded import Uploaded
from api.web.visiting import pages
from domain.refusals import Refused, in_words
from store.database import Database
from store.tables import Person

PAGE = "/quan-tri/chung-thu-so"
_MANY = 50

router = pages()


@router.get(PAGE, dependencies=[reads("directory")])
def show(session: Reading, visitor: Asking, sau: Cursor = None) -> Response:
    """Show whose signatures are trusted."""
    return _page(session, visitor, sau)


@router.post(PAGE, dependencies=[does("master_data")])
async def add(
    visitor: Entering, sent: Uploaded, database: DatabaseDep, shown: Shown
) -> Response:
    """Trust the certificate of a file."""
    _, content = sent.files.get("tep", ("", b""))
    body = CertificateIn.model_construct(content=b64encode(content).decode())
    work = trusted.trust(body=body, session=database, person=shown)
    return await _done(work, database, visitor)


@router.post(f"{PAGE}/{{fingerprint}}/bo", dependencies=[does("master_data")])
async def take_away(
    fingerprint: Fingerprint, visitor: Entering, database: DatabaseDep, shown: Shown
) -> Response:
    """Trust a certificate no more."""
    work = trusted.distrust(fingerprint=fingerprint, session=database, person=shown)
    return await _done(work, database, visitor)


async def _done(
    work: Awaitable[object], database: Database, visitor: Person
) -> Response:
    try:
        await work
    except Refused as refused:
        return await run_in_threadpool(_again, database, visitor, refused)
    return RedirectResponse(PAGE, HTTPStatus.SEE_OTHER)


def _again(database: Database, visitor: Person, refused: Refused) -> Response:
    with database.read() as session:
        return _page(session, visitor, None, refused)


def _page(
    session: Session,
    visitor: Person,
    cursor: str | None,
    refused: Refused | None = None,
) -> Response:
    listed = trusted.trusted_certificates(session, _MANY, cursor)
    return render(
        "administration/trusted.html",
        status_of(refused.refusals) if refused else HTTPStatus.OK,
        visitor=visitor,
        said=in_words(refused.refusals) if refused else "",
        editor=may_enter(session, visitor),
        listed=listed,
        names=called(session, (each.put_by for each in listed.items)),
    )
