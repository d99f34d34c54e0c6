"""A matter is written down on a page, and changed until it is filed."""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import Query, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from api.admission import does, reads
from api.cases.matters import CaseKey, put_case
from api.cases.views import CaseIn, reader_of
from api.deps import DatabaseDep, Reading
from api.identity import Asking, Shown
from api.problems import told
from api.statuses import status_of
from api.versions import Put
from api.web.choosing.asked import Option
from api.web.matters.reading import campaigns
from api.web.posted import Posted
from api.web.rendering import render
from api.web.visiting import pages
from api.web.words import gettext
from domain.cases.ad_hoc import may_award
from domain.cases.procedures import PROCEDURES, WRITTEN
from domain.refusals import Refusal, Refused
from domain.rules.rulepack import RulePack
from domain.states import CaseKind
from store.database import Database
from store.knowing.matters import matter_for
from store.office.master import departments, find_people, today
from store.office.standing import standing_of
from store.plans import packs_of
from store.tables import Person

router = pages()

_PEOPLE = 500
_ROWS = 5  # authors on one form
_CODED = re.compile(r".*\(([A-Za-z0-9_-]+)\)\s*", re.DOTALL)
LABELS = {
    "campaign": gettext("Phong trào"),
    "title": gettext("Tên"),
    "matter": gettext("Nội dung"),
    "event_on": gettext("Ngày"),
    "authors": gettext("Tác giả"),
    "denouncer": gettext("Người tố cáo"),
    "subject": gettext("Người hoặc phòng được đề nghị"),
    "award": gettext("Hình thức khen thưởng"),
    "basis": gettext("Trường hợp áp dụng thủ tục đơn giản"),
    "documents": gettext("Tài liệu"),
    "line": gettext("Mã đề nghị đã được khen thưởng"),
}


def _read(kind: str, typed: Mapping[str, str]) -> dict[str, Any]:
    """Put together what a matter says; what was left empty is not said."""
    plain = ("campaign", "title", "matter", "event_on", "denouncer", "award", "line")
    said: dict[str, Any] = {name: typed.get(name, "").strip() for name in plain}
    subject = _code(typed.get("subject", ""))
    if subject:
        of = "collective" if subject.isupper() else "individual"
        said |= {"subject": subject, "subject_kind": of}
    for name in ("basis", "documents"):
        said[name] = typed.get(name, "").split("\n") if typed.get(name) else None
    said["authors"] = [*_authors(typed)]
    return {"kind": kind, **{name: each for name, each in said.items() if each}}


def _authors(typed: Mapping[str, str]) -> Iterator[dict[str, str]]:
    for at in range(_ROWS):
        if person := _code(typed.get(f"authors.{at}.person", "")):
            yield {"person": person, "share": typed.get(f"authors.{at}.share", "")}


def _code(text: str) -> str:
    found = _CODED.fullmatch(text)
    return found[1] if found else text.strip()


def _page(
    session: Session,
    visitor: Person,
    kind: CaseKind,
    typed: Mapping[str, str],
    status: HTTPStatus = HTTPStatus.OK,
    wrong: Mapping[str, str] | None = None,
    refusals: tuple[Refusal, ...] = (),
) -> Response:
    known = campaigns(session)
    return render(
        "matters/form.html",
        status,
        visitor=visitor,
        kind=kind,
        procedure=PROCEDURES[kind],
        typed=typed,
        rows=range(_ROWS),
        wrong={k.split(".")[0]: v for k, v in (wrong or {}).items()},
        labels=LABELS,
        refusals=refusals,
        campaigns=known,
        people=_people(session, visitor.id, departments_too=kind is CaseKind.AD_HOC),
        **_choices([pack for each in known for pack in packs_of(each)]),
    )


def _choices(rules: list[RulePack]) -> dict[str, dict[str, str]]:
    """Offer what the rules know of awards at any time: which, when, on what papers."""
    return {
        "awards": _awards(rules),
        "cases": {x.code: x.name_vi for pack in rules for x in pack.simplified.cases},
        "papers": {
            x.code: x.name_vi
            for pack in rules
            for x in pack.document_kinds
            if x.code in pack.simplified.dossier
        },
    }


def _awards(rules: list[RulePack]) -> dict[str, str]:
    titles = (each for pack in rules for each in pack.titles)
    return {each.code: each.name_vi for each in titles if may_award(each)}


def _people(session: Session, person: str, *, departments_too: bool) -> list[Option]:
    """Offer whom the visitor may name: of the own department, or of the office."""
    standing = standing_of(session, person)
    of = standing.home if not standing.signs and len(standing.desks) < 2 else None
    found = find_people(session, "", of, None, _PEOPLE)
    units = departments(session, today(session)) if departments_too else []
    return [
        *(Option(each.code, each.name) for each in units if of in (None, each.code)),
        *(Option(each.id, each.name) for each in found),
    ]


@router.get("/vu-viec-moi", dependencies=[reads("matters")])
def begin(
    session: Reading,
    visitor: Asking,
    loai: Annotated[CaseKind, Query()] = CaseKind.INITIATIVE,
    line: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """Show an empty form for a matter of a kind."""
    typed = {"_ma": str(uuid4()), "line": line}
    if loai is CaseKind.INITIATIVE:
        typed |= {"authors.0.person": visitor.id, "authors.0.share": "100"}
    return _page(session, visitor, loai, typed)


@router.get("/vu-viec/{key}/sua", dependencies=[reads("matter")])
def change(key: CaseKey, session: Reading, visitor: Asking) -> Response:
    """Show a matter that is still being written, to be changed."""
    row = matter_for(session, key, visitor.id)
    if row.state not in WRITTEN or row.recorded_by != visitor.id:
        return RedirectResponse(f"/vu-viec/{key}", 303)
    shown = reader_of(session, visitor.id, [row]).show(row)
    typed = {
        name: str(each)
        for name, each in shown.model_dump(mode="json", exclude_none=True).items()
        if name in LABELS and not isinstance(each, list)
    }
    typed |= {
        name: "\n".join(getattr(shown, name) or ()) for name in ("basis", "documents")
    }
    for at, author in enumerate(shown.authors):
        typed |= {
            f"authors.{at}.person": author.person,
            f"authors.{at}.share": str(author.share),
        }
    typed |= {"_ma": str(key), "_phien_ban": str(row.version)}
    return _page(session, visitor, row.kind, typed)


@router.post("/vu-viec-moi", dependencies=[does("write_matter")])
async def write(
    typed: Posted,
    loai: Annotated[CaseKind, Query()],
    visitor: Asking,
    database: DatabaseDep,
    shown: Shown,
) -> Response:
    """Write a matter down as it was typed; filing it is an act."""
    version = typed.get("_phien_ban", "")
    put = Put(f'"{version}"' if version else None, Response())
    again = partial(_again, database, visitor, loai, typed)
    try:
        key = UUID(typed.get("_ma", ""))
        body = CaseIn.model_validate(_read(loai, typed))
        await put_case(key=key, body=body, session=database, person=shown, put=put)
    except ValidationError as error:
        wrong = told(error.errors(), CaseIn)
        return await again(HTTPStatus.UNPROCESSABLE_ENTITY, wrong=wrong)
    except ValueError:
        return RedirectResponse(f"/vu-viec-moi?loai={loai}", 303)
    except Refused as refused:
        reasons = refused.refusals
        # Sent twice, it is there.
        if version or reasons[0].code != "version_missing":
            return await again(status_of(reasons), refusals=reasons)
    return RedirectResponse(f"/vu-viec/{key}", 303)


async def _again(
    database: Database,
    visitor: Person,
    kind: CaseKind,
    typed: Mapping[str, str],
    status: HTTPStatus,
    **said: Any,
) -> Response:
    def read() -> Response:
        with database.read() as session:
            return _page(session, visitor, kind, typed, status, **said)

    return await run_in_threadpool(read)
