"""Matters beside the phases: written down as plain rows, then carried on by acts."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, Field
from sqlmodel import Session, col, select

from api.deps import Reading, Writing
from api.identity import Asking
from api.versions import IfMatch, put, tell
from domain.cases import PROCEDURES, require_role
from domain.refusals import refuse
from domain.roles import Role
from domain.states import CaseKind, CaseState
from engine.bodies import Body, Code, Day, Text
from store import people
from store.office import today
from store.tables import Campaign, Case, Nomination

router = APIRouter(prefix="/api/v1", tags=["case"])

CaseKey = Annotated[UUID, Path(description="Mã do bên gửi đặt khi soạn vụ việc.")]
_SEES_RESTRICTED = frozenset({Role.DIRECTOR})


class CaseIn(Body):
    """A matter as it is written down; *denouncer* is kept from everybody else."""

    campaign: Code
    kind: CaseKind
    title: Annotated[Text, Field(max_length=200)]
    matter: Text
    line: UUID | None = None
    event_on: Day | None = None
    denouncer: Text | None = None


class CaseOut(BaseModel):
    """A matter; who is behind a denunciation is told to nobody but who protects it."""

    id: UUID
    campaign: str
    kind: CaseKind
    state: CaseState
    title: str
    matter: str
    line: UUID | None
    event_on: date | None
    recorded_by: str
    denouncer: str | None
    filed_at: datetime | None
    report: str | None
    founded: bool | None
    conclusion: str | None
    ended_at: datetime | None


@router.put("/cases/{key}", responses={201: {"model": CaseOut}})
def put_case(
    key: CaseKey,
    body: CaseIn,
    session: Writing,
    person: Asking,
    response: Response,
    if_match: IfMatch = None,
) -> CaseOut:
    """Write a matter down, or change it before it is filed; filing it is an act."""
    known = session.get(Case, key)
    if known is not None:
        _require_draft_of(known, person.id)
    procedure = PROCEDURES[body.kind]
    roles = people.roles_of(session, person.id, today(session))
    require_role(procedure.steps["file_case"], "file_case", roles)
    _require_known(session, body)
    missing = [name for name in procedure.needs if getattr(body, name) is None]
    if missing:
        raise refuse(
            "case_incomplete",
            f"{procedure.name_vi} phải nêu: {', '.join(_NEEDS[n] for n in missing)}.",
        )
    values = body.model_dump() | {"recorded_by": person.id}
    return _out(put(session, Case, {"id": key}, values, if_match, response), person.id)


_NEEDS = {
    "line": "đề nghị đã được khen thưởng (line)",
    "event_on": "ngày biết được hoặc ngày có kết luận (event_on)",
}


@router.get("/cases/{key}")
def case(key: CaseKey, session: Reading, person: Asking, response: Response) -> CaseOut:
    """Read one matter."""
    row = session.get(Case, key)
    if row is None or not _may_see(session, row, person.id):
        raise refuse("unknown_case", "Không có vụ việc nào mang mã này.")
    tell(response, row.version)
    return _out(row, person.id, _directs(session, person.id))


@router.get("/campaigns/{code}/cases")
def cases(code: str, session: Reading, person: Asking) -> list[CaseOut]:
    """List the matters of a campaign that the person who asks may see."""
    if session.get(Campaign, code) is None:
        raise refuse("unknown_campaign", f"Không có phong trào mang mã «{code}».")
    rows = session.exec(
        select(Case)
        .where(Case.campaign == code)
        .order_by(col(Case.filed_at), col(Case.id))
    )
    directs = _directs(session, person.id)
    seen = [row for row in rows if _may_see(session, row, person.id)]
    return [_out(row, person.id, directs) for row in seen]


def _require_draft_of(row: Case, person: str) -> None:
    if row.recorded_by != person:
        raise refuse("not_yours", "Chỉ người đã soạn vụ việc sửa được vụ việc đó.")
    if row.state is not CaseState.DRAFT:
        raise refuse("case_filed", "Vụ việc đã gửi, không sửa được nữa.")


def _require_known(session: Session, body: CaseIn) -> None:
    campaign = session.get(Campaign, body.campaign)
    if campaign is None or not campaign.packs:
        raise refuse(
            "unknown_campaign",
            f"Không có phong trào đã phát động mang mã «{body.campaign}».",
        )
    line = session.get(Nomination, body.line) if body.line else None
    if body.line and (line is None or line.campaign != body.campaign):
        raise refuse("unknown_line", "Phong trào không có đề nghị nào như vậy.")
    if body.denouncer and body.kind is not CaseKind.DENUNCIATION:
        raise refuse("no_denouncer", "Chỉ vụ việc tố cáo mới ghi người tố cáo.")


def _may_see(session: Session, row: Case, person: str) -> bool:
    """A matter is its recorder's, the desk's and the director's, or the director's."""
    if row.recorded_by == person:
        return True
    restricted = PROCEDURES[row.kind].restricted
    who = _SEES_RESTRICTED if restricted else _SEES_RESTRICTED | {Role.SECRETARIAT}
    seen = row.state is not CaseState.DRAFT
    return seen and bool(people.roles_of(session, person, today(session)) & who)


def _directs(session: Session, person: str) -> bool:
    return Role.DIRECTOR in people.roles_of(session, person, today(session))


def _out(row: Case, person: str, directs: bool = False) -> CaseOut:
    out = CaseOut.model_validate(row, from_attributes=True)
    protects = directs or row.recorded_by == person
    return out if protects else out.model_copy(update={"denouncer": None})
