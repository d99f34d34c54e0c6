"""The files of a nomination, brought and taken away by forms without scripts."""

from functools import partial
from http import HTTPStatus
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from api.admission import does
from api.deps import DatabaseDep, FilesDep
from api.files.attachments import take_away
from api.identity import Asking, Shown
from api.web.department.nomination import PAGE, show_nomination
from api.web.uploaded import keep_one
from api.web.visiting import pages
from domain.refusals import Refusal, Refused
from store.files.attachments import Holder
from store.files.room import FileRoom
from store.tables import HolderKind, Person

router = pages()


@router.post(f"{PAGE}/tep", dependencies=[does("attach_to_line")])
async def attach(
    line: UUID,
    request: Request,
    database: DatabaseDep,
    room: FilesDep,
    visitor: Asking,
) -> Response:
    """Take a file in for a nomination, from a form without scripts."""
    again = partial(_again, database, room, visitor, line)
    try:
        holder = Holder(HolderKind.LINE, str(line))
        await keep_one(request, room, database, holder, visitor.id)
    except Refused as refused:
        return await run_in_threadpool(again, refused.refusals)
    return _back(line)


@router.post(f"{PAGE}/tep/{{key}}/go", dependencies=[does("take_file_away")])
async def remove(
    line: UUID, key: UUID, database: DatabaseDep, _visitor: Asking, shown: Shown
) -> Response:
    """Take a file away."""
    await take_away(key=key, session=database, person=shown)
    return _back(line)


def _back(line: UUID) -> Response:
    return RedirectResponse(f"/de-nghi/{line}#tep-da-co", HTTPStatus.SEE_OTHER)


def _again(
    database: DatabaseDep,
    room: FileRoom,
    visitor: Person,
    line: UUID,
    refusals: tuple[Refusal, ...],
) -> Response:
    with database.read() as session:
        return show_nomination(session, room, visitor, line, refusals)
