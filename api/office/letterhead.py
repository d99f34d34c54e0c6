"""How the office's papers are headed, and the layouts of its own for Word."""

from base64 import b64decode
from typing import Annotated

from fastapi import Response
from pydantic import Field
from sqlmodel import Session

from api.admission import does, reads
from api.answers import Answer
from api.deps import Reading
from api.headers import Router
from api.office.master import edits
from api.versions import Putting, tell
from intake.fields import Base64, Body, Name, only
from papers.official.layouts import MOST, require_layout
from papers.official.paper import Layout
from papers.official.word_template import FILES
from store.clock import now
from store.office.letterhead import letterhead_of
from store.tables import OfficeLetterhead, Person, WordLayout

router = Router(prefix="/api/v1/office", tags=["office"])

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Of letters as offices write them: VPĐĐBQH&HĐND.
_SYMBOL = r"[A-ZĐĂÂÊÔƠƯ0-9&.-]{1,24}"
Symbol = Annotated[
    str,
    only(_SYMBOL, "ký hiệu viết hoa, tối đa 24 chữ (ví dụ VP, VPĐĐBQH&HĐND)"),
    Field(json_schema_extra={"pattern": f"^{_SYMBOL}$"}),
]
_MOST_SENT = MOST * 3 // 2  # letters; a file that is too large is told so by its size


class LetterheadIn(Body):
    """The body above, the place before the day, and the symbol in numbers."""

    parent: Name | None = None
    place: Annotated[Name, Field(max_length=100)] | None = None
    symbol: Symbol | None = None


class LetterheadOut(Answer):
    """How papers are headed; what is empty leaves room on them."""

    parent: str
    place: str
    symbol: str
    version: int


class LayoutIn(Body):
    """A file of Word, in base 64."""

    content: Annotated[Base64, Field(max_length=_MOST_SENT)]


@router.get("/letterhead", dependencies=[reads("directory")])
def letterhead(session: Reading, response: Response) -> LetterheadOut:
    """Read how the office's papers are headed."""
    row = letterhead_of(session)
    tell(response, row.version)
    return LetterheadOut.model_validate(row)


@router.put(
    "/letterhead",
    summary="Ghi tiêu đề giấy tờ",
    responses={201: {"model": LetterheadOut}},
    dependencies=[does("master_data")],
)
@edits
def put_letterhead(
    body: LetterheadIn, session: Session, person: Person, put: Putting
) -> LetterheadOut:
    """Say how papers are headed from now on; those that are out stay as they are."""
    said = {name: value or "" for name, value in body.model_dump().items()}
    return LetterheadOut.model_validate(put(session, OfficeLetterhead, {"id": 1}, said))


@router.get(
    "/word-layouts/{layout}",
    summary="Mẫu Word đang dùng",
    dependencies=[reads("directory")],
    response_class=Response,
    responses={200: {"content": {WORD: {}}}},
)
def word_layout(layout: Layout, session: Reading) -> Response:
    """Hand out the layout that papers are filled into: the office's, or the house's."""
    row = session.get(WordLayout, layout)
    content = row.content if row else FILES[layout].read_bytes()
    named = {"Content-Disposition": f'attachment; filename="mau-{layout}.docx"'}
    return Response(content, media_type=WORD, headers=named)


@router.put(
    "/word-layouts/{layout}",
    status_code=204,
    summary="Đặt mẫu Word của cơ quan",
    dependencies=[does("master_data")],
)
@edits
def put_word_layout(
    layout: Layout, body: LayoutIn, session: Session, person: Person
) -> None:
    """Take a layout of the office's own, once it is looked at whole and filled in."""
    keep_layout(session, layout, b64decode(body.content), person)


def keep_layout(
    session: Session, layout: Layout, content: bytes, person: Person
) -> None:
    """Keep a layout for the papers from now on. Raises Refused (`bad_layout`, …)."""
    require_layout(content, layout)
    row = WordLayout(
        kind=layout, content=content, put_by=person.id, put_at=now(session)
    )
    session.merge(row)


@router.delete(
    "/word-layouts/{layout}",
    status_code=204,
    summary="Trở lại mẫu Word chung",
    dependencies=[does("master_data")],
)
@edits
def delete_word_layout(layout: Layout, session: Session, person: Person) -> None:
    """Fill papers into the house's layout again."""
    if (row := session.get(WordLayout, layout)) is not None:
        session.delete(row)
