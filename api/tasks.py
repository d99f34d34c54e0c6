"""What concerns the person who asks: their roles, their tasks, their notices."""

from datetime import datetime

from fastapi import APIRouter
from fastapi.routing import APIRoute
from pydantic import BaseModel

from api import commands
from api.campaigns import ballots
from api.campaigns.record import NoticeOut
from api.deps import Reading, Writing
from api.identity import Asking
from api.office.master import Key
from api.paging import Cursor, Limit, Page, page, read_cursor
from domain import ids
from domain.ids import Kind, Target
from domain.refusals import refuse
from domain.roles import Role
from duties.agenda import agenda_of
from duties.duty import Owed
from duties.tasks import owed
from store.database import lock, now
from store.notices import notices_of
from store.office.standing import Standing, standing_of
from store.tables import Notice

router = APIRouter(prefix="/api/v1/me", tags=["me"])

_PATHS = {
    route.operation_id: route.path
    for route in (*commands.router.routes, *ballots.router.routes)
    if isinstance(route, APIRoute)
}


class MeOut(BaseModel):
    """Who is asking; *desks* are the departments that they answer for."""

    id: str
    name: str
    email: str | None
    department: str | None
    desks: list[str]
    roles: list[Role]


class TaskOut(BaseModel):
    """An act that waits for the person who asks, and where to send it.

    *behalf* is whom they would do it for.
    """

    kind: str
    path: str
    title: str
    campaign: str
    due_at: datetime | None
    overdue: bool
    behalf: str | None


@router.get("")
def me(session: Reading, person: Asking) -> MeOut:
    """Say who is asking, and in which roles."""
    standing = standing_of(session, person.id)
    return MeOut(
        id=person.id,
        name=person.name,
        email=person.email,
        department=standing.home,
        desks=list(standing.desks),
        roles=sorted(standing.roles),
    )


@router.get("/tasks")
def my_tasks(session: Reading, person: Asking) -> list[TaskOut]:
    """List all that the person who asks owes now, the most urgent first."""
    standing = standing_of(session, person.id)
    agenda = agenda_of(session, standing)
    return [_task(standing, one, agenda.moment) for one in owed(standing, agenda)]


@router.get("/notices")
def my_notices(
    session: Reading, person: Asking, limit: Limit = 100, cursor: Cursor = None
) -> Page[NoticeOut]:
    """List what the person who asks was told, the newest first."""
    before = read_cursor(cursor, int)
    newest = before[0] if before else None
    rows = notices_of(session, person.id, newest, limit + 1)
    return page(rows, limit, lambda row: [row.id], _notice)


@router.post("/notices/{key}/read")
def read_notice(key: Key, session: Writing, person: Asking) -> NoticeOut:
    """Mark one's own notice as read; the first time stays."""
    rows = lock(session, Notice, Notice.id == key, Notice.recipient == person.id)
    if not rows:
        raise refuse("unknown_notice", f"Bạn không có thông báo nào mang số {key}.")
    notice = rows[0]
    notice.read_at = notice.read_at or now(session)
    session.add(notice)
    return _notice(notice)


def _task(standing: Standing, one: Owed, moment: datetime) -> TaskOut:
    return TaskOut(
        kind=one.kind,
        path=_path(one),
        title=one.title,
        campaign=one.campaign,
        due_at=one.due_at,
        overdue=one.due_at is not None and one.due_at <= moment,
        behalf=one.behalf or standing.signs_for(one.kind, one.campaign),
    )


def _path(one: Owed) -> str:
    return _PATHS[one.kind].format_map(_parts(one.target))


def _parts(target: Target) -> dict[str, str]:
    if target.kind is not Kind.DEPARTMENT:
        return {"key": target.key}
    phase, department = ids.department_key(target)
    return {"key": phase, "department": department}


def _notice(row: Notice) -> NoticeOut:
    return NoticeOut.model_validate(row, from_attributes=True)
