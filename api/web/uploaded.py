"""A form with files, as a browser sends one: read whole, and never much of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from api.web.posted import unread
from domain.refusals import refuse

# Bytes of one file: what has been checked goes back and forth in a form of ours.
_MOST = 320 * 2**10
_FIELDS, _FILES, _BESIDE = 50, 4, 16 * 2**10
_FORM = "multipart/form-data"


@dataclass(frozen=True)
class UploadedForm:
    """What was typed, and each file by its field: its name, and what it holds."""

    typed: Mapping[str, str]
    files: Mapping[str, tuple[str, bytes]]


async def uploaded(request: Request) -> UploadedForm:
    """Read a form. Raises Refused (`not_a_form`, `file_too_large`)."""
    if not request.headers.get("content-type", "").startswith(_FORM):
        raise unread()
    length = request.headers.get("content-length", "")
    if not length.isdecimal():
        raise unread()
    if int(length) > _FILES * _MOST + _BESIDE:
        raise _too_large()
    typed, files = dict[str, str](), dict[str, tuple[str, bytes]]()
    try:
        form = request.form(max_files=_FILES, max_fields=_FIELDS)
        async with form as parts:
            for name, part in parts.items():
                if isinstance(part, UploadFile):
                    files[name] = (part.filename or "", await part.read(_MOST + 1))
                else:
                    typed[name] = part
    except HTTPException:
        raise unread() from None
    if any("\0" in each for pair in typed.items() for each in pair):
        raise unread()
    if any(len(content) > _MOST for _, content in files.values()):
        raise _too_large()
    return UploadedForm(typed, {k: v for k, v in files.items() if v[1]})


def _too_large() -> Exception:
    return refuse(
        "file_too_large", f"Mỗi tệp lớn nhất {_MOST // 2**10} KiB; chưa ghi gì."
    )


Uploaded = Annotated[UploadedForm, Depends(uploaded)]
