"""Official papers, each drawn from the rows of the moment at which it is asked for."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Path, Request, Response
from sqlmodel import Session

from api.admission import reads
from api.deps import DatabaseDep, find
from api.headers import Router
from api.identity import Asking
from domain.refusals import refuse, unknown
from intake.fields import Key
from intake.files.names import handed_out_as
from papers.official.every import EVERY_PAPER
from papers.official.kinds import PaperKind, PaperOf
from papers.official.paper import Layout, OfficialPaper
from papers.official.pdf import as_pdf
from papers.official.word import as_word
from store.database import Database
from store.faults import told
from store.knowing.decisions import decision_for
from store.knowing.lines import line_for
from store.knowing.matters import matter_for
from store.tables import (
    Campaign,
    CouncilSession,
    Phase,
    Submission,
    WordLayout,
)

router = Router(prefix="/api/v1", tags=["papers"])

_log = logging.getLogger(__name__)

AKey = Annotated[Key, Path(max_length=80)]
ACode = Annotated[Key, Path(max_length=64)]


class PaperForm(StrEnum):
    """What a paper comes as."""

    PDF = "pdf"
    WORD = "docx"


MEDIA = {
    PaperForm.PDF: "application/pdf",
    PaperForm.WORD: "application/vnd.openxmlformats-officedocument"
    ".wordprocessingml.document",
}


async def _by_key(key: AKey) -> Mapping[str, Any]:
    return {"key": key}


async def _by_code(code: ACode) -> Mapping[str, Any]:
    return {"code": code}


async def _by_part(key: AKey, department: ACode) -> Mapping[str, Any]:
    return {"key": key, "department": department}


async def _by_line(line: UUID) -> Mapping[str, Any]:
    return {"line": line}


async def _by_case(key: UUID) -> Mapping[str, Any]:
    return {"key": key}


_KEYS: Mapping[PaperOf, Callable[..., Any]] = {
    PaperOf.CAMPAIGN: _by_code,
    PaperOf.PART: _by_part,
    PaperOf.LINE: _by_line,
    PaperOf.CASE: _by_case,
}


def holder_for(
    session: Session, holder: PaperOf, keys: Mapping[str, Any], who: str
) -> Any:
    """Find what a paper is of. Refused where it is not there, or not for *who*."""
    match holder:
        case PaperOf.CAMPAIGN:
            return find(session, Campaign, "campaign", keys["code"])
        case PaperOf.PHASE:
            return find(session, Phase, "phase", keys["key"])
        case PaperOf.SESSION:
            return find(session, CouncilSession, "session", keys["key"])
        case PaperOf.DECISION:
            return decision_for(session, keys["key"], who)
        case PaperOf.LINE:
            return line_for(session, keys["line"], who)
        case PaperOf.CASE:
            return matter_for(session, keys["key"], who)
    part = session.get(Submission, (keys["key"], keys["department"]))
    if part is None:
        raise unknown("department", keys["department"])
    return part


@dataclass(frozen=True)
class Draughtsman:
    """Draws papers for somebody who may know of them, of the rows of the moment.

    *base* is where browsers find the service: the papers lead back to it.
    """

    database: Database
    reader: str
    base: str

    def draw(self, kind: PaperKind, keys: Mapping[str, Any], form: PaperForm) -> bytes:
        """Draw a paper. Refused: `no_paper`, `layout_broken`, and what it is not of."""
        with self.database.read() as session:
            row = holder_for(session, kind.holder, keys, self.reader)
            facts, page = kind.made_of(session, row), kind.page_of(row)
            kept = session.get(WordLayout, kind.layout)
            own = kept.content if kept else None
        written = kind.write(facts)
        if form is PaperForm.WORD:
            return filled(written, kind.layout, own)
        return as_pdf(written, f"{self.base.rstrip('/')}{page}", kind.layout)


def _drawing(kind: PaperKind) -> Callable[..., Response]:
    """Make the route of a kind of paper."""

    def draw(
        form: PaperForm,
        keys: Annotated[Mapping[str, Any], Depends(_KEYS.get(kind.holder, _by_key))],
        database: DatabaseDep,
        person: Asking,
        request: Request,
    ) -> Response:
        draughtsman = Draughtsman(database, person.id, str(request.base_url))
        drawn = draughtsman.draw(kind, keys, form)
        return _handed_out(drawn, form, "-".join((kind.name, *map(str, keys.values()))))

    return draw


def filled(written: OfficialPaper, layout: Layout, own: bytes | None) -> bytes:
    """Fill a paper into a layout. Refused (`layout_broken`): the office's is unfit."""
    try:
        return as_word(written, layout, own)
    except Exception as error:
        if own is None:
            raise
        _log.error("a paper was not filled into the office's layout: %s", told(error))
        raise refuse(
            "layout_broken",
            "Mẫu Word của cơ quan không điền được giấy này; hãy đặt mẫu khác hoặc trở "
            "lại mẫu chung ở trang Quản trị, Mẫu giấy tờ.",
        ) from None


def _handed_out(drawn: bytes, form: PaperForm, name: str) -> Response:
    headers = handed_out_as(f"{name}.{form}")
    return Response(drawn, media_type=MEDIA[form], headers=headers)


for _kind in EVERY_PAPER:
    router.add_api_route(
        f"{_kind.path}/{{form}}",
        _drawing(_kind),
        methods=["GET"],
        name=f"paper_{_kind.name}".replace("-", "_"),
        summary=_kind.label,
        description="Vẽ từ những gì đã ghi đến lúc hỏi; chưa ký thì là dự thảo.",
        dependencies=[reads(_kind.reading)],
        response_class=Response,
        responses={200: {"content": {kind: {} for kind in MEDIA.values()}}, 409: {}},
    )
