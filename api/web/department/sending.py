"""What a department has written is sent: as it was shown, once, with a receipt."""

from functools import partial
from uuid import uuid4

from fastapi import Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from api import door
from api.admission import does
from api.campaigns.drafts import PhaseKey, require_writer
from api.deps import DatabaseDep, DeskDep, the_phase
from api.identity import Asking, Shown
from api.problems import told
from api.web.acting.receipts import receipt_path
from api.web.department.places import OfPath, part_of
from api.web.department.sheet import show
from api.web.posted import Posted
from api.web.visiting import pages
from api.web.words import gettext
from domain import ids
from domain.refusals import Refusal, Refused
from intake.acts.department import Submit
from store.database import Database
from store.tables import Draft, Person

router = pages()

_STALE = Refusal(
    "version_changed",
    gettext(
        "Bản nháp vừa được sửa ở nơi khác: hãy xem lại danh sách dưới đây rồi gửi."
    ),
)
_EMPTY = Refusal("nothing_drafted", gettext("Bản nháp chưa có đề nghị nào."))


@router.post("/phong/{key}/{department}/gui", dependencies=[does("submit")])
async def send(
    key: PhaseKey,
    department: OfPath,
    typed: Posted,
    visitor: Asking,
    database: DatabaseDep,
    desk: DeskDep,
    shown: Shown,
) -> Response:
    """Send the list as it was shown; sent twice it is sent once."""
    await run_in_threadpool(_require_writer, database, key, department, visitor)
    page = partial(_again, database, key, department, visitor)
    try:
        version = typed.get("_phien_ban", "")
        body = await run_in_threadpool(_body, database, key, department, version)
        target = ids.department(key, department)
        receive = partial(door.receive, kind="submit", target=target, body=body)
        again = typed.get("_khoa") or uuid4().hex
        command = await desk.take(partial(receive, shown=shown, key=again))
    except Refused as refused:
        return await run_in_threadpool(page, refused.refusals)
    if command.refusals is not None:
        reasons = tuple(Refusal(**each) for each in command.refusals)
        return await run_in_threadpool(page, reasons)
    return RedirectResponse(receipt_path(command, f"/phong/{key}/{department}"), 303)


def _require_writer(
    database: Database, key: str, department: str, visitor: Person
) -> None:
    """Raise Refused for everybody who is not to see the list that is not sent."""
    with database.read() as session:
        require_writer(session, key, department, visitor.id)


def _body(database: Database, key: str, department: str, version: str) -> Submit:
    """Read what is to be sent. Raises Refused for what was not shown or written."""
    with database.read() as session:
        the_phase(key, session)
        row = session.get(Draft, (key, department))
    if row is None or not row.content.get("lines"):
        raise Refused(_EMPTY)
    if version != str(row.version):
        raise Refused(_STALE)
    try:
        return Submit.model_validate(row.content)
    except ValidationError as error:
        said = told(error.errors(), Submit)
        raise Refused(*(_unwritten(row, *each) for each in said.items())) from None


def _unwritten(row: Draft, where: str, said: str) -> Refusal:
    """Say of which line something is still to be written."""
    _, _, place = where.partition("lines.")
    number = place.partition(".")[0]
    if not number.isdecimal():
        return Refusal("invalid", said)
    line = row.content["lines"][int(number)]
    if where.endswith("achievement"):
        said = gettext("còn thiếu tóm tắt thành tích")
    whose = f"{line['subject']} - {line['title']}"
    n = int(number) + 1
    detail = gettext(
        "Đề nghị %(n)s (%(whose)s): %(said)s.", n=n, whose=whose, said=said
    )
    return Refusal("invalid", detail)


def _again(
    database: Database,
    key: str,
    department: str,
    visitor: Person,
    refusals: tuple[Refusal, ...],
) -> Response:
    with database.read() as session:
        part = part_of(session, the_phase(key, session), department, visitor.id)
        return show(session, part, visitor, refusals=refusals)
