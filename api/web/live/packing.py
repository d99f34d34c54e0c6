"""Long work that ends in one file: whose it is, and how it is handed out."""

import os
import weakref
from collections.abc import Hashable, Iterator, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import IO, Annotated

from fastapi import Depends, Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse
from sqlmodel import Session

from api.downloads.campaign_archive import NEVER
from api.web.live.long_work import LongWork, LongWorks
from intake.files.names import handed_out_as
from papers.archive.writing import Archived
from store.office.standing import standing_of

_PART = 2**16


class KeptFile:
    """A file that has no name any more: it is gone with this."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self._file, self.size = file, size
        weakref.finalize(self, file.close)

    def parts(self) -> Iterator[bytes]:
        """Read it from its beginning, whoever else is reading it."""
        at = 0
        while part := os.pread(self._file.fileno(), _PART, at):
            yield part
            at += len(part)


class Packing(LongWork):
    """Work that ends in a *file*, as of the moment *at*; what is *missing* says why."""

    at_most = 3600.0

    at: datetime = NEVER
    file: KeptFile | None = None
    missing: Sequence[Archived] = ()


async def packings(request: Request) -> LongWorks[Packing]:
    """Hand out what this process has packed."""
    found: LongWorks[Packing] = request.app.state.packings
    return found


Packings = Annotated[LongWorks[Packing], Depends(packings)]


def standing(session: Session, person: str) -> Hashable:
    """Say whose a work is: of a person as long as they stand as they do now."""
    stands = standing_of(session, person)
    return person, stands.roles, stands.home, stands.desks, frozenset(stands.signs)


def taken(work: Packing | None, name: str, page: str) -> Response:
    """Hand the file out under a name; where there is none, its page says so."""
    if work is None or work.file is None:
        return RedirectResponse(page, HTTPStatus.SEE_OTHER)
    told = handed_out_as(name)
    told["Content-Length"] = str(work.file.size)
    return StreamingResponse(work.file.parts(), 200, told, "application/zip")
