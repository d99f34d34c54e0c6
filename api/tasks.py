"""What concerns the person who asks: their roles, their tasks, their notices."""

from dataclasses import asdict
from datetime import datetime

from fastapi.routing import APIRoute
from sqlmodel import Session

from api import commands
from api.admission import does, reads
from api.answers import Answer
from api.campaigns import ballots
from api.campaigns.record import NoticeOut
from api.deps import Reading
from api.headers import Router
from api.identity import Asking
from api.office.master import Key
from api.paging import LAST, Cursor, Limit, Page, cut, page, read_cursor
from api.writing import writes
from domain import ids
from domain.ids import Kind, WorkflowId
from domain.record import OFFICE
from domain.refusals import refuse
from domain.roles import Role, own_words
from duties.duty import Duty
from duties.office_deed import name_of
from duties.outgoing.contexts import Beside, beside
from duties.proposals import awaiting
from duties.tasks import ends, tasks_of, why
from store.clock import now
from store.database import lock
from store.notices import notices_of
from store.office.standing import Standing, standing_of
from store.plans import heads_of
from store.tables import Notice, Person, Proposal

router = Router(prefix="/api/v1/me", tags=["me"])

_PATHS = {
    route.operation_id: route.path
    for route in (*commands.router.routes, *ballots.router.routes)
    if isinstance(route, APIRoute)
}


# One comes by oneself; who cannot says so by the same act as before.
_PATHS["attend"] = _PATHS["confirm_attendance"]


class MeOut(Answer):
    """Who is asking; *desks* are the departments that they answer for."""

    id: str
    name: str
    email: str | None
    department: str | None
    desks: list[str]
    roles: list[Role]


class TaskOut(Answer):
    """An act that waits for the person who asks, and where to send it.

    *behalf* is whom they would do it for; *why* says by what it is theirs, and *ends*
    what ends it. What waits in the office itself belongs to no campaign but to its
    record (`@office`).
    """

    kind: str
    path: str
    title: str
    campaign: str
    due_at: datetime | None
    overdue: bool
    behalf: str | None
    why: str
    ends: str


class MyNoticeOut(NoticeOut):
    """A notice of one's own: why one has it, and as things stand now, until when.

    *ends* says what ends it, and *next_at* when one is reminded next.
    """

    why: str
    until: datetime | None
    ends: str
    next_at: datetime | None


@router.get("", dependencies=[reads("me")])
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


@router.get("/tasks", dependencies=[reads("my_tasks")])
def my_tasks(
    session: Reading, person: Asking, limit: Limit = 100, cursor: Cursor = None
) -> Page[TaskOut]:
    """List all that the person who asks owes now, the most urgent first."""
    standing = standing_of(session, person.id)
    moment = now(session)
    owed = [*tasks_of(session, standing), *awaiting(session, person.id)]
    heads = heads_of(session)

    def read(one: Duty | Proposal) -> TaskOut:
        if isinstance(one, Duty):
            return _task(standing, one, moment, heads[one.campaign])
        return _answer(session, one, moment)

    return cut(owed, limit, cursor, _urgency, read, datetime, str, str)


def tasks_to(session: Session, person: Person, kind: Kind) -> list[TaskOut]:
    """List all that somebody owes to targets of a kind, the most urgent first."""
    standing, moment = standing_of(session, person.id), now(session)
    heads = heads_of(session)
    return [
        _task(standing, duty, moment, heads[duty.campaign])
        for duty in tasks_of(session, standing, kind)
    ]


def _urgency(one: Duty | Proposal) -> tuple[datetime, str, str]:
    kind = one.act if isinstance(one, Duty) else "confirm"
    return one.due_at or LAST, path_of(one), kind


@router.get("/notices", dependencies=[reads("my_notices")])
def my_notices(
    session: Reading, person: Asking, limit: Limit = 100, cursor: Cursor = None
) -> Page[MyNoticeOut]:
    """List what the person who asks was told, the newest first."""
    before = read_cursor(cursor, int)
    newest = before[0] if before else None
    rows = notices_of(session, person.id, newest, limit + 1)
    stands = beside(session, rows, now(session))
    return page(
        rows, limit, lambda row: [row.id], lambda row: _mine(row, stands[row.id])
    )


def _mine(row: Notice, stands: Beside) -> MyNoticeOut:
    told = NoticeOut.model_validate(row).model_dump()
    return MyNoticeOut(**told, **asdict(stands))


@router.post("/notices/{key}/read", dependencies=[does("read_notice")])
@writes
def read_notice(key: Key, session: Session, person: Person) -> MyNoticeOut:
    """Mark one's own notice as read; the first time stays."""
    rows = lock(session, Notice, Notice.id == key, Notice.recipient == person.id)
    if not rows:
        raise refuse("unknown_notice", f"Bạn không có thông báo nào mang số {key}.")
    notice = rows[0]
    present = now(session)
    notice.read_at = notice.read_at or present
    session.add(notice)
    return _mine(notice, beside(session, [notice], present)[key])


def _task(standing: Standing, one: Duty, moment: datetime, head: str) -> TaskOut:
    return TaskOut(
        kind=one.act,
        path=path_of(one),
        title=one.title,
        campaign=one.campaign,
        due_at=one.due_at,
        overdue=one.due_at is not None and one.due_at <= moment,
        behalf=_behalf(standing, one),
        why=own_words(why(standing, one), head),
        ends=own_words(ends(one), head),
    )


def _answer(session: Session, one: Proposal, moment: datetime) -> TaskOut:
    """Show a proposal of the office as a task: to confirm it, or to decline."""
    concerned = session.get(Person, one.person) if one.person else None
    whose = f" của {concerned.name}" if concerned else ""
    return TaskOut(
        kind="confirm",
        path=path_of(one),
        title=f"Xác nhận: {name_of(one.about)}{whose}",
        campaign=OFFICE,
        due_at=one.due_at,
        overdue=one.due_at is not None and one.due_at <= moment,
        behalf=None,
        why="Bạn giữ chức vụ được xác nhận đề xuất này.",
        ends="Xong khi có người xác nhận hoặc từ chối; quá hạn thì đề xuất hết hiệu "
        "lực.",
    )


def _behalf(standing: Standing, one: Duty) -> str | None:
    """Name for whom: a deputy for the director on his own line, a delegate by power."""
    stands_in = Role.DEPUTY_DIRECTOR in standing.roles and one.stands_in
    return stands_in or standing.signs_for(one.act, one.campaign)


def path_of(one: Duty | Proposal) -> str:
    """Say where to send the act that is owed."""
    if isinstance(one, Proposal):
        return f"/api/v1/proposals/{one.id}/confirm"
    return _PATHS[one.act].format_map(_parts(one.target))


def _parts(target: WorkflowId) -> dict[str, str]:
    if target.kind is not Kind.DEPARTMENT:
        return {"key": target.key}
    phase, department = ids.department_key(target)
    return {"key": phase, "department": department}
