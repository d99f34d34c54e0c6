"""Matters beside the phases: written down as plain rows, then carried on by acts."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Response
from sqlmodel import Session, col, delete, select

from api.admission import does, reads
from api.cases.views import CaseIn, CaseOut, reader_of
from api.deps import Reading, TheCampaign, the_launched
from api.headers import Router
from api.identity import Asking
from api.paging import Cursor, Limit, Order, Page, page
from api.versions import Putting, tell
from api.writing import writes
from domain.acts import require_role
from domain.cases import ad_hoc
from domain.cases.initiatives import require_shares
from domain.cases.procedures import PROCEDURES, WRITTEN
from domain.refusals import refuse
from domain.states import CaseKind
from store.knowing.lines import line_for
from store.knowing.matters import matter_for, visible
from store.office import people
from store.office.master import require_subject, today
from store.plans import titles_of
from store.tables import (
    Case,
    CaseAuthor,
    Person,
    SubjectKind,
)

router = Router(prefix="/api/v1", tags=["case"])

CaseKey = Annotated[UUID, Path(description="Mã do bên gửi đặt khi soạn vụ việc.")]


@router.put(
    "/cases/{key}",
    responses={201: {"model": CaseOut}},
    dependencies=[does("write_matter")],
)
@writes
def put_case(
    key: CaseKey, body: CaseIn, session: Session, person: Person, put: Putting
) -> CaseOut:
    """Write a matter down, or change it before it is filed; filing it is an act."""
    _require_written_by(session.get(Case, key), person.id)
    _require_complete(body)
    _require_known(session, body, person.id)
    _require_filer(session, body, person.id)
    values = body.model_dump(exclude={"authors"}) | {"recorded_by": person.id}
    row = put(session, Case, {"id": key}, values)
    _write_authors(session, key, body)
    return reader_of(session, person.id, [row]).show(row)


def _write_authors(session: Session, key: UUID, body: CaseIn) -> None:
    session.exec(delete(CaseAuthor).where(col(CaseAuthor.case) == key))
    session.add_all(
        CaseAuthor(case=key, person=author.person, share=author.share)
        for author in body.authors
    )
    session.flush()


_FIELDS = {
    "line": "đề nghị đã được khen thưởng (line)",
    "event_on": "ngày mà thời hạn tính từ đó (event_on)",
    "authors": "các tác giả và tỷ lệ đóng góp (authors)",
    "subject_kind": "cá nhân hay tập thể (subject_kind)",
    "subject": "người hoặc phòng được đề nghị (subject)",
    "award": "hình thức khen thưởng (award)",
    "basis": "trường hợp áp dụng thủ tục đơn giản (basis)",
    "denouncer": "người tố cáo (denouncer)",
}
# What a matter of any kind may name.
_ANYWHERE = frozenset({"line", "event_on"})


def _require_complete(body: CaseIn) -> None:
    procedure = PROCEDURES[body.kind]
    own = {*procedure.needs, *(("denouncer",) if procedure.restricted else ())}
    named = {name for name in _FIELDS if getattr(body, name)}
    if strange := named - own - _ANYWHERE:
        raise refuse(
            "case_field",
            f"{procedure.name_vi} không ghi: {_listed(strange)}.",
        )
    if missing := {*procedure.needs} - named:
        raise refuse(
            "case_incomplete",
            f"{procedure.name_vi} phải nêu: {_listed(missing)}.",
        )


def _listed(names: set[str]) -> str:
    return ", ".join(text for name, text in _FIELDS.items() if name in names)


@router.get("/cases/{key}", dependencies=[reads("matter")])
def case(key: CaseKey, session: Reading, person: Asking, response: Response) -> CaseOut:
    """Read one matter."""
    row = matter_for(session, key, person.id)
    tell(response, row.version)
    return reader_of(session, person.id, [row]).show(row)


_CASES = Order(Case, ("filed_at", "id"))


@router.get("/campaigns/{code}/cases", dependencies=[reads("matters")])
def cases(
    campaign: TheCampaign,
    session: Reading,
    person: Asking,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[CaseOut]:
    """List the matters of a campaign that the person who asks may see."""
    query = select(Case).where(
        Case.campaign == campaign.id, visible(session, person.id)
    )
    rows = _CASES.rows(session, query, limit, cursor)
    reader = reader_of(session, person.id, rows)
    return page(rows, limit, _CASES.place, reader.show)


def _require_written_by(row: Case | None, person: str) -> None:
    if row is None:
        return
    if row.recorded_by != person:
        raise refuse("not_yours", "Chỉ người đã soạn vụ việc sửa được vụ việc đó.")
    if row.state not in WRITTEN:
        raise refuse("case_filed", "Vụ việc đã gửi, không sửa được nữa.")


def _require_known(session: Session, body: CaseIn, person: str) -> None:
    campaign = the_launched(body.campaign, session)
    if body.line:
        line = line_for(session, body.line, person)
        if line.campaign != body.campaign:
            raise refuse("unknown_line", "Phong trào không có đề nghị nào như vậy.")
    if body.subject:
        kind = SubjectKind(body.subject_kind or SubjectKind.INDIVIDUAL)
        require_subject(session, kind, body.subject)
        proposed = ad_hoc.Proposed(kind, body.subject, body.award or "")
        ad_hoc.require_for_whom(titles_of(campaign), proposed)
    if body.kind is CaseKind.INITIATIVE:
        _require_authors(session, body, person)


def _require_authors(session: Session, body: CaseIn, person: str) -> None:
    shares = {author.person: author.share for author in body.authors}
    for author in shares:
        require_subject(session, SubjectKind.INDIVIDUAL, author)
    require_shares(shares)
    if person not in shares:
        raise refuse("not_an_author", "Sáng kiến do một trong các tác giả gửi.")


def _require_filer(session: Session, body: CaseIn, person: str) -> None:
    day = today(session)
    kind = SubjectKind(body.subject_kind) if body.subject_kind else None
    department = people.department_of(session, kind, body.subject, day)
    roles = people.roles_of(session, person, day, department)
    require_role("file_case", PROCEDURES[body.kind].steps["file_case"].who, roles)
