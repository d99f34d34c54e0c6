"""An office set up from its files: checked by row and column, shown, then stored."""

from base64 import b64decode, b64encode
from binascii import Error
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from http import HTTPStatus
from typing import Annotated

from fastapi import Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from api.admission import does, reads
from api.deps import DatabaseDep, Packs, Reading
from api.web.posted import Posted, unread
from api.web.rendering import render
from api.web.setup.entering import CODE, MaySetUp, is_code, require_may_set_up
from api.web.uploaded import Uploaded, UploadedForm
from api.web.visiting import pages
from api.web.words import gettext
from domain.roles import HEAD, head_signing
from duties.command import year_of
from intake.office.contradictions import Contradiction
from intake.office.founding import Faulty, Founding, Named, read_founding
from machine.founding import summed_up, write_office
from papers.plans import plan_template
from papers.rosters import roster_template
from store.database import Database
from store.office.master import today

PAGE = "/thiet-lap"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PLAN = "ke-hoach.yaml"
_FIRST, _LAST = 2010, 2100
_NEXT = 11  # the month from which on the plan is one for the following year

router = pages()


@router.get(PAGE, dependencies=[reads("setting_up")])
def ask(
    request: Request, session: Reading, ma: Annotated[str, Query(max_length=100)] = ""
) -> Response:
    """Ask for the files; the address that the start prints lets in who opens it."""
    if is_code(request, ma):
        answer = RedirectResponse(PAGE, HTTPStatus.SEE_OTHER)
        answer.set_cookie(CODE, ma, httponly=True, samesite="strict")
        return answer
    require_may_set_up(session, request)
    day = today(session)
    return _form({"nam": str(day.year + (day.month >= _NEXT))})


@router.get(f"{PAGE}/danh-sach.xlsx", dependencies=[reads("setting_up")])
def roster(
    _may: MaySetUp, thu_truong: Annotated[str, Query(max_length=100)] = ""
) -> Response:
    """Hand out an empty roster, with what is to be written where."""
    content = roster_template(thu_truong.strip() or HEAD, as_csv=False)
    named = {"Content-Disposition": 'attachment; filename="danh-sach.xlsx"'}
    return Response(content, media_type=_XLSX, headers=named)


@router.post(f"{PAGE}/kiem-tra", dependencies=[does("set_up")])
async def check(_may: MaySetUp, sent: Uploaded, packs: Packs) -> Response:
    """Read the files, and show all that is wrong, or what would be stored."""
    try:
        files = _files(sent)
        founding = await run_in_threadpool(read_founding, *files, packs)
    except Faulty as faulty:
        return _form(sent.typed, faulty.sentences)
    return render(
        "setup/checked.html",
        visitor=None,
        said=[*summed_up(founding)],
        year=[*year_of(founding.plan)],
        people=len(founding.roster.people),
        kept=[(name, b64encode(content).decode()) for name, content in files],
    )


@router.post(f"{PAGE}/ghi", dependencies=[does("set_up")])
async def store(
    _may: MaySetUp, request: Request, database: DatabaseDep, typed: Posted, packs: Packs
) -> Response:
    """Store what was shown, all of it or nothing."""
    files = _kept(typed, "danh_sach"), _kept(typed, "ke_hoach")
    try:
        founding = await run_in_threadpool(read_founding, *files, packs)
        await database.in_turn(partial(_store, database, request, founding))
    except (Faulty, Contradiction) as wrong:
        return _form({}, wrong.sentences)
    answer = render(
        "setup/done.html",
        visitor=None,
        people=len(founding.roster.people),
        campaign=founding.plan.title,
        head=head_signing(founding.plan.signatory),
        sample=request.app.state.sample,
        practises=hasattr(request.app.state, "clock"),
        accounts=not is_code(request, request.cookies.get(CODE, "")),
    )
    answer.delete_cookie(CODE)
    return answer


def _store(database: Database, request: Request, founding: Founding) -> None:
    with database.write() as session:
        require_may_set_up(session, request)  # nobody has been quicker
        write_office(session, founding)


def _files(sent: UploadedForm) -> tuple[Named, Named]:
    """Take the roster and the plan, or the model plan. Raises Faulty."""
    faults, plan = [], sent.files.get("ke_hoach")
    if plan is None:
        agency, year = sent.typed.get("co_quan", ""), sent.typed.get("nam", "")
        if not agency.strip():
            faults.append(
                gettext("Chưa có kế hoạch: hãy chọn tệp, hoặc ghi tên cơ quan.")
            )
        if not year.isdecimal() or not _FIRST <= int(year) <= _LAST:
            said = gettext(
                "Năm: một năm từ %(first)s đến %(last)s.", first=_FIRST, last=_LAST
            )
            faults.append(said)
        else:
            head = sent.typed.get("thu_truong", "").strip() or HEAD
            plan = _PLAN, plan_template(int(year), agency, head).encode()
    roster = sent.files.get("danh_sach")
    if roster is None:
        faults.append(gettext("Chưa có danh sách: hãy chọn tệp .xlsx hoặc .csv."))
    if roster is None or plan is None or faults:
        raise Faulty(faults)
    return roster, plan


def _kept(typed: Mapping[str, str], field: str) -> Named:
    """Take a file back that was shown. Raises Refused (`not_a_form`)."""
    try:
        content = b64decode(typed.get(field, ""), validate=True)
    except (Error, ValueError):
        raise unread() from None
    return typed.get(f"{field}_ten", ""), content


def _form(typed: Mapping[str, str], wrong: Sequence[str] = ()) -> Response:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    facts = {"visitor": None, "typed": defaultdict(str, typed), "wrong": wrong}
    return render("setup/form.html", status, **facts)
