"""The files of a nomination, brought and taken away by forms without scripts."""

from collections.abc import AsyncIterator
from functools import partial
from http import HTTPStatus
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from api.admission import does
from api.deps import DatabaseDep, FilesDep
from api.files.attachments import take_away
from api.files.uploading import Upload
from api.identity import Asking, Shown
from api.web.department.nomination import PAGE, show_nomination
from api.web.uploaded import one_file
from api.web.visiting import pages
from api.web.words import gettext
from domain.refusals import Refusal, Refused
from intake.files.names import kept_name
from store.files.attachments import Holder
from store.files.room import FileRoom
from store.tables import HolderKind, Person

router = pages()

_PART = 2**16
_NONE = Refusal("file_empty", gettext("Hãy chọn một tệp."))


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
        async with one_file(request, room.most_bytes) as file:
            if file is None:
                raise Refused(_NONE)
            holder = Holder(HolderKind.LINE, str(line))
            name = kept_name(file.filename or "")
            upload = Upload(_parts(file), "", holder, visitor.id, name)
            await upload.into(room, database)
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


async def _parts(file: UploadFile) -> AsyncIterator[bytes]:
    while part := await file.read(_PART):
        yield part


def _again(
    database: DatabaseDep,
    room: FileRoom,
    visitor: Person,
    line: UUID,
    refusals: tuple[Refusal, ...],
) -> Response:
    with database.read() as session:
        return show_nomination(session, room, visitor, line, refusals)
