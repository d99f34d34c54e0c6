"""A whole record, or everything of a campaign, as a file that anybody checks.

It is written down before any of it is sent: as of one moment, never held in memory,
and no transaction stays open while somebody is slow to take it.
"""

import logging
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import IO, Any

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from api.admission import reads
from api.deps import DatabaseDep, FilesDep, find
from api.downloads.campaign_archive import ArchiveWriter
from api.files.uploading import FILES_AWAY, OCTETS
from api.headers import Router
from api.identity import Asking
from domain.record import OFFICE
from domain.record.entries import ended
from domain.refusals import Refused
from intake.downloads.records import written
from store.database import Database
from store.faults import told
from store.files.room import FileRoom
from store.record.exporting import exported
from store.tables import Campaign

router = Router(prefix="/api/v1", tags=["reading"])
_log = logging.getLogger(__name__)

_PART = 2**16
_File = tuple[IO[bytes], int]
_ZIP = "application/zip"
_BINARY = {"schema": {"type": "string", "format": "binary"}}
_FILE: dict[str, Any] = {OCTETS: _BINARY}
_ZIPPED: dict[int, Any] = {200: {"content": {_ZIP: _BINARY}}}


class Export(StreamingResponse):
    """A file that has no name on the disk any more: sent, or not, it is gone."""

    media_type = OCTETS

    def __init__(
        self, file: IO[bytes], name: str, size: int, kind: str = OCTETS
    ) -> None:
        told = {
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Length": str(size),
        }
        parts = iter(partial(file.read, _PART), b"")
        super().__init__(parts, headers=told, media_type=kind)
        self._file = file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it, as far as somebody takes it."""
        with self._file:
            await super().__call__(scope, receive, send)


_AS_FILE: dict[str, Any] = {
    "dependencies": [reads("record_export")],
    "response_class": Export,
    "status_code": HTTPStatus.OK,  # which is not read from that class
    "responses": {200: {"content": _FILE}},
}


@router.get("/campaigns/{code}/record/export", **_AS_FILE)
async def export_record(
    code: str, database: DatabaseDep, room: FilesDep, request: Request
) -> Export:
    """Export the record of a campaign; `thidua verify` checks the file offline."""
    return await _exported(database, room, request, code, code)


@router.get("/office/record/export", **_AS_FILE)
async def export_office_record(
    database: DatabaseDep, room: FilesDep, request: Request
) -> Export:
    """Export the office's own record, as that of a campaign."""
    return await _exported(database, room, request, OFFICE, "co-quan")


@router.get(
    "/campaigns/{code}/archive",
    **_AS_FILE | {"dependencies": [reads("campaign_archive")], "responses": _ZIPPED},
)
async def archive(
    code: str, database: DatabaseDep, room: FilesDep, person: Asking, request: Request
) -> Export:
    """Put everything of a campaign that one may read into one file, with its index."""
    base = str(request.base_url)
    writer = ArchiveWriter(database, room, code, person.id, base)
    file, size = await _made(request, writer.write)
    return Export(file, f"luu-tru-{code}.zip", size, _ZIP)


async def _exported(
    database: Database, room: FileRoom, request: Request, chain: str, name: str
) -> Export:
    write = partial(_written, database, room, chain)
    file, size = await _made(request, write)
    return Export(file, f"nhat-ky-{name}.jsonl", size)


async def _made(request: Request, write: Callable[[], _File]) -> _File:
    """Write a file down, when there is a place. Refused (`files_away`)."""
    async with request.app.state.places:
        try:
            return await run_in_threadpool(write)
        except OSError as error:
            _log.error("a record was not exported: %s", told(error))
            raise Refused(FILES_AWAY) from None


def _written(database: Database, room: FileRoom, chain: str) -> _File:
    """Write a record down; give the file, which is gone as soon as it is closed.

    Raises Refused (`unknown_campaign`), and OSError.
    """
    with database.read() as session:
        if chain != OFFICE:
            find(session, Campaign, "campaign", chain)
        with room.vault.incoming() as coming:
            for line in written(ended(exported(session, chain))):
                coming.write(line)
            coming.file.flush()
            return coming.path.open("rb"), coming.size
