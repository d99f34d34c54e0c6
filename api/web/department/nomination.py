"""One nomination that was sent: what it says, how it stands, and its files."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from fastapi import Response
from sqlmodel import Session, col, select

from api.admission import reads
from api.campaigns.phases import LineOut, shown_lines
from api.deps import FilesDep, Reading
from api.files.holders import require_changer
from api.identity import Asking
from api.statuses import status_of
from api.web.naming import called
from api.web.rendering import render
from api.web.visiting import pages
from api.web.words import gettext
from domain.refusals import Refusal, Refused
from intake.files.kinds import KINDS
from papers.terms import LINE_STATES
from store.files.attachments import Holder, standing
from store.files.room import FileRoom
from store.knowing.lines import known_among, line_for
from store.plans import pack_of
from store.tables import (
    Attachment,
    Campaign,
    HolderKind,
    NominationMove,
    Person,
    Phase,
)

router = pages()

PAGE = "/de-nghi/{line}"
_PART = 2**16
_MOST = 200  # moves of a line
_NONE = Refusal("file_empty", gettext("Hãy chọn một tệp."))


@router.get(PAGE, dependencies=[reads("line")])
def nomination(
    line: UUID, session: Reading, room: FilesDep, visitor: Asking
) -> Response:
    """Show a nomination as far as the visitor may know of it."""
    return show_nomination(session, room, visitor, line)


def show_nomination(
    session: Session,
    room: FileRoom,
    visitor: Person,
    key: UUID,
    refusals: tuple[Refusal, ...] = (),
) -> Response:
    row = line_for(session, key, visitor.id)
    line = shown_lines(session, visitor.id, [row])[row.id]
    files, moves = _files(session, key), _moves(session, key, visitor)
    return render(
        "department/nomination.html",
        status_of(refusals) if refusals else HTTPStatus.OK,
        visitor=visitor,
        line=line,
        names=called(session, [row.subject, row.department, *_bringers(files)]),
        files=files,
        moves=moves,
        states=LINE_STATES,
        closed=_closed(session, key, visitor),
        refusals=refusals,
        **_place(session, line),
        **_bounds(room),
    )


def _bringers(files: Iterable[Attachment]) -> list[str]:
    return [each.added_by for each in files]


def _place(session: Session, line: LineOut) -> dict[str, Any]:
    """Say in which phase a nomination is, and what its codes are called there."""
    phase = session.get_one(Phase, line.phase)
    pack = pack_of(session, phase)
    papers = {each.code: each.name_vi for each in pack.document_kinds}
    titles = {each.code: each.name_vi for each in pack.titles}
    return {
        "phase": phase,
        "campaign": session.get_one(Campaign, phase.campaign),
        "title": titles.get(line.title, line.title),
        "papers": [papers.get(each, each) for each in line.evidence.documents],
    }


def _bounds(room: FileRoom) -> dict[str, Any]:
    """Say what a file may be, before anybody sends one."""
    return {
        "kinds": [*KINDS],
        "most_bytes": room.most_bytes,
        "most_of_one": room.most_of_one,
    }


def _files(session: Session, key: UUID) -> list[Attachment]:
    found = standing(session, Holder(HolderKind.LINE, str(key)))
    return sorted(found, key=lambda each: (each.added_at, each.name))


def _moves(session: Session, key: UUID, visitor: Person) -> list[NominationMove]:
    """List what happened to a line, for who may hear why; for others nothing."""
    if not known_among(session, [key], visitor.id):
        return []
    query = select(NominationMove).where(NominationMove.line == key)
    return [*session.exec(query.order_by(col(NominationMove.n)).limit(_MOST))]


def _closed(session: Session, key: UUID, visitor: Person) -> str | None:
    """Say why the visitor cannot change the files now; None where they can."""
    try:
        require_changer(session, Holder(HolderKind.LINE, str(key)), visitor.id)
    except Refused as refused:
        return refused.refusals[0].detail
    return None
