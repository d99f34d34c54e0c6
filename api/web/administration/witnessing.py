"""Slips that wait for a witness, on a page: the half that opens is shown once."""

from http import HTTPStatus

from fastapi import Response
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from api.accounts import witnessing as routes
from api.accounts.front import FrontDep
from api.admission import does, reads, require_open_to
from api.deps import DatabaseDep, Reading
from api.identity import Asking, Shown
from api.paging import Cursor
from api.statuses import status_of
from api.web.confirming import UNCONFIRMED, confirm
from api.web.naming import called
from api.web.posted import Posted
from api.web.rendering import render
from api.web.visiting import pages
from domain.refusals import Refused, in_words
from store.database import Database
from store.tables import Person

PAGE = "/quan-tri/chung-kien"
_MANY = 50

router = pages()


@router.get(PAGE, dependencies=[reads("codes_to_witness")])
def every(session: Reading, visitor: Asking, sau: Cursor = None) -> Response:
    """Show the slips that wait for a witness."""
    return _page(session, visitor, sau=sau)


@router.post(PAGE, dependencies=[does("witness_code")])
async def witness(
    typed: Posted,
    database: DatabaseDep,
    visitor: Asking,
    shown: Shown,
    front: FrontDep,
) -> Response:
    """Witness a slip; show the half that its owner is to hear."""
    name = typed.get("name", "")
    try:
        await confirm(front, typed)
        half = await routes.witness_code(name=name, session=database, person=shown)
    except Refused as refused:
        return await run_in_threadpool(_again, database, visitor, name, refused)
    return render("administration/half.html", visitor=visitor, half=half)


def _again(
    database: Database, visitor: Person, name: str, refused: Refused
) -> Response:
    """Give the page back. Raises Refused (`not_allowed`): others see nothing of it."""
    confirms = name if refused.refusals[0].code in UNCONFIRMED else ""
    said, status = in_words(refused.refusals), status_of(refused.refusals)
    with database.read() as session:
        require_open_to(session, visitor.id, "codes_to_witness")
        return _page(session, visitor, said, status, confirms=confirms)


def _page(
    session: Session,
    visitor: Person,
    said: str = "",
    status: HTTPStatus = HTTPStatus.OK,
    *,
    confirms: str = "",
    sau: str | None = None,
) -> Response:
    found = routes.codes_to_witness(session, _MANY, sau)
    makers = [each.made_by for each in found.items]
    return render(
        "administration/witnessing.html",
        status,
        visitor=visitor,
        found=found,
        called=called(session, [*makers, *(each.person for each in found.items)]),
        said=said,
        confirms=confirms,
    )
