"""A form with files, as a browser sends one: read whole, and never much of it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from api.files.uploading import Upload, admit
from api.web.posted import unread
from api.web.words import gettext
from domain.refusals import Refusal, Refused, refuse
from intake.files.names import kept_name
from store.database import Database
from store.files.attachments import Holder
from store.files.room import FileRoom
from store.tables import Attachment

# Bytes of one file: what has been checked goes back and forth in a form of ours.
MOST_OF_A_FILE = 320 * 2**10
_FIELDS, _FILES, _BESIDE = 50, 4, 16 * 2**10
_EACH = f"{MOST_OF_A_FILE // 2**10} KiB"
_FORM = "multipart/form-data"
_PART = 2**16
_NONE = Refusal("file_empty", gettext("Hãy chọn một tệp."))


@dataclass(frozen=True)
class UploadedForm:
    """What was typed, and each file by its field: its name, and what it holds."""

    typed: Mapping[str, str]
    files: Mapping[str, tuple[str, bytes]]


async def uploaded(request: Request) -> UploadedForm:
    """Read a form. Raises Refused (`not_a_form`, `file_too_large`)."""
    if _length(request) > _FILES * MOST_OF_A_FILE + _BESIDE:
        raise _too_large(_EACH)
    typed, files = dict[str, str](), dict[str, tuple[str, bytes]]()
    try:
        form = request.form(max_files=_FILES, max_fields=_FIELDS)
        async with form as parts:
            for name, part in parts.items():
                if isinstance(part, UploadFile):
                    files[name] = (
                        part.filename or "",
                        await part.read(MOST_OF_A_FILE + 1),
                    )
                else:
                    typed[name] = part
    except HTTPException:
        raise unread() from None
    if any("\0" in each for pair in typed.items() for each in pair):
        raise unread()
    if any(len(content) > MOST_OF_A_FILE for _, content in files.values()):
        raise _too_large(_EACH)
    return UploadedForm(typed, {k: v for k, v in files.items() if v[1]})


@asynccontextmanager
async def one_file(request: Request, most: int) -> AsyncIterator[UploadFile | None]:
    """Read a form with one file that may be large: it comes to the disk.

    Raises Refused (`not_a_form`, `file_too_large`).
    """
    if _length(request) > most + _BESIDE:
        raise _too_large(f"{most // 2**20} MiB")
    try:
        form = await request.form(max_files=1, max_fields=_FIELDS)
    except HTTPException:
        raise unread() from None
    try:
        file = form.get("tep")
        yield file if isinstance(file, UploadFile) and file.filename else None
    finally:
        await form.close()


async def keep_one(
    request: Request, room: FileRoom, database: Database, holder: Holder, person: str
) -> Attachment:
    """Let the one file of a form stand with a thing. Raises Refused, as the API does.

    Of who may not, nothing is read. Code of its own: `file_empty`.
    """
    await admit(database, holder, person)
    async with one_file(request, room.most_bytes) as file:
        if file is None:
            raise Refused(_NONE)
        name = kept_name(file.filename or "")
        upload = Upload(_parts(file), "", holder, person, name)
        row, _ = await upload.into(room, database)
        return row


async def _parts(file: UploadFile) -> AsyncIterator[bytes]:
    while part := await file.read(_PART):
        yield part


def _length(request: Request) -> int:
    """Say how long a form with files is. Raises Refused (`not_a_form`)."""
    length = request.headers.get("content-length", "")
    kind = request.headers.get("content-type", "")
    if not (kind.startswith(_FORM) and length.isdecimal()):
        raise unread()
    return int(length)


def _too_large(most: str) -> Exception:
    said = gettext("Mỗi tệp lớn nhất %(most)s; chưa ghi gì.", most=most)
    return refuse("file_too_large", said)


Uploaded = Annotated[UploadedForm, Depends(uploaded)]
