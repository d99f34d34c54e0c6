"""The files of lines, council sessions and matters: raw bytes in, whole files out."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Header, Request, Response
from fastapi.responses import FileResponse
from sqlmodel import Session, select
from starlette.types import Receive, Scope, Send

from api.admission import does, reads
from api.answers import Answer
from api.campaigns.ballots import SessionKey
from api.cases.matters import CaseKey
from api.deps import DatabaseDep, FilesDep, Reading
from api.files.holders import hold, require_reader, require_remover
from api.files.uploading import FILES_AWAY, OCTETS, Upload, admit, require_octets
from api.headers import Router
from api.identity import Asking
from api.paging import Cursor, Limit, Order, Page
from api.writing import writes
from domain.refusals import Refused, unknown
from intake.files.names import Disposition, name_in
from store.database import Database
from store.files.attachments import Holder, find_standing, of_holder, void
from store.files.room import FileRoom
from store.files.vault import FileLost
from store.tables import Attachment, HolderKind, Person

router = Router(prefix="/api/v1", tags=["files"])

Name = Annotated[
    Disposition,
    Header(alias="Content-Disposition", description="Tên tệp, theo RFC 8187."),
]


class AttachmentOut(Answer):
    """A file: what it is called, what it is, who added it and who took it away."""

    id: UUID
    name: str
    media_type: str
    size: int
    sha256: str
    added_by: str
    added_at: datetime
    voided_by: str | None
    voided_at: datetime | None


_OLDEST_FIRST = Order(Attachment, ("added_at", "id"))


@router.get("/lines/{line}/attachments", dependencies=[reads("line")])
def files_of_line(
    line: UUID,
    session: Reading,
    person: Asking,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[AttachmentOut]:
    """List the files of a line, those taken away too."""
    holder = Holder(HolderKind.LINE, str(line))
    return _listed(session, holder, person, limit, cursor)


@router.get(
    "/council-sessions/{key}/attachments", dependencies=[reads("session_files")]
)
def files_of_session(
    key: SessionKey,
    session: Reading,
    person: Asking,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[AttachmentOut]:
    """List the files of a council session, as signed minutes, to whoever judges."""
    holder = Holder(HolderKind.SESSION, key)
    return _listed(session, holder, person, limit, cursor)


@router.get("/cases/{key}/attachments", dependencies=[reads("matter")])
def files_of_case(
    key: CaseKey,
    session: Reading,
    person: Asking,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[AttachmentOut]:
    """List the files of a matter to whoever may read it."""
    holder = Holder(HolderKind.CASE, str(key))
    return _listed(session, holder, person, limit, cursor)


@router.get("/decisions/{key}/attachments", dependencies=[reads("decision_files")])
def files_of_decision(
    key: SessionKey,
    session: Reading,
    person: Asking,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[AttachmentOut]:
    """List the scans of a decision that was signed on paper."""
    holder = Holder(HolderKind.DECISION, key)
    return _listed(session, holder, person, limit, cursor)


def _listed(
    session: Session, holder: Holder, person: Person, limit: int, cursor: str | None
) -> Page[AttachmentOut]:
    require_reader(session, holder, person.id)
    query = select(Attachment).where(*of_holder(holder))
    return _OLDEST_FIRST.page(
        session, query, limit, cursor, AttachmentOut.model_validate
    )


_FILE: dict[str, Any] = {OCTETS: {"schema": {"type": "string", "format": "binary"}}}
_SENT: dict[str, Any] = {
    "status_code": HTTPStatus.CREATED,
    "responses": {200: {"model": AttachmentOut}},
    "openapi_extra": {"requestBody": {"required": True, "content": _FILE}},
}


@dataclass(frozen=True)
class Sending:
    """What a request to send a file brings, and where the file goes."""

    request: Request
    response: Response
    database: Database
    room: FileRoom
    person: Person
    name: str

    async def to(self, kind: HolderKind, key: object) -> AttachmentOut:
        """Let the file stand with a thing; sent again, it is there already."""
        holder = Holder(kind, str(key))
        await admit(self.database, holder, self.person.id)
        require_octets(self.request)
        upload = Upload(
            self.request.stream(),
            self.request.headers.get("content-length", ""),
            holder,
            self.person.id,
            name_in(self.name),
        )
        row, new = await upload.into(self.room, self.database)
        if not new:
            self.response.status_code = HTTPStatus.OK
        return AttachmentOut.model_validate(row)


async def sending(
    request: Request,
    response: Response,
    database: DatabaseDep,
    room: FilesDep,
    person: Asking,
    name: Name = "",
) -> Sending:
    """Hand out what a route that takes a file needs."""
    return Sending(request, response, database, room, person, name)


TheFile = Annotated[Sending, Depends(sending)]


@router.post(
    "/lines/{line}/attachments", dependencies=[does("attach_to_line")], **_SENT
)
async def attach_to_line(line: UUID, file: TheFile) -> AttachmentOut:
    """Attach a file to a line, while its department may still change it."""
    return await file.to(HolderKind.LINE, line)


@router.post(
    "/council-sessions/{key}/attachments",
    dependencies=[does("attach_to_session")],
    **_SENT,
)
async def attach_to_session(key: SessionKey, file: TheFile) -> AttachmentOut:
    """Attach a file to a council session, as the scan of its signed minutes."""
    return await file.to(HolderKind.SESSION, key)


@router.post(
    "/cases/{key}/attachments", dependencies=[does("attach_to_matter")], **_SENT
)
async def attach_to_case(key: CaseKey, file: TheFile) -> AttachmentOut:
    """Attach a file to a matter, as whoever recorded it or carries it on."""
    return await file.to(HolderKind.CASE, key)


@router.post(
    "/decisions/{key}/attachments", dependencies=[does("attach_to_decision")], **_SENT
)
async def attach_to_decision(key: SessionKey, file: TheFile) -> AttachmentOut:
    """Attach the scan of a decision that was signed on paper."""
    return await file.to(HolderKind.DECISION, key)


class Download(FileResponse):
    """A file whole, to be saved; whoever asks for a part of it is given all."""

    media_type = OCTETS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as if no range were asked for."""
        headers = [each for each in scope["headers"] if each[0] != b"range"]
        await super().__call__({**scope, "headers": headers}, receive, send)


@router.get(
    "/attachments/{key}",
    dependencies=[reads("file")],
    response_class=Download,
    responses={200: {"content": _FILE}},
)
def fetch(key: UUID, database: DatabaseDep, room: FilesDep, person: Asking) -> Download:
    """Fetch a file; what may not be read is not there."""
    # No transaction stays open while somebody is slow to take it.
    with database.read() as session:
        file = _readable(session, key, person.id)
    try:
        path = room.vault.find(file.sha256)
    except FileLost:
        raise Refused(FILES_AWAY) from None
    whole = {"Accept-Ranges": "none"}
    return Download(path, media_type=OCTETS, filename=file.name, headers=whole)


@router.delete("/attachments/{key}", dependencies=[does("take_file_away")])
@writes
def take_away(key: UUID, session: Session, person: Person) -> AttachmentOut:
    """Take a file away; that it was there, and who took it away, is kept."""
    file = _readable(session, key, person.id)
    hold(session, Holder(file.holder, file.key))
    require_remover(session, file, person.id)
    return AttachmentOut.model_validate(void(session, file.id, person.id))


def _readable(session: Session, key: UUID, person: str) -> Attachment:
    """Find a file that somebody may read. Raises Refused (`unknown_attachment`).

    One that is not there is asked for as one that is closed: it takes as long.
    """
    found = find_standing(session, key)
    holder = Holder(found.holder, found.key) if found else _NOTHING
    with suppress(Refused):
        require_reader(session, holder, person)
        if found is not None:
            return found
    raise unknown("attachment", key)


_NOTHING = Holder(HolderKind.LINE, str(UUID(int=0)))
