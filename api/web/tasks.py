"""What waits for the visitor, and what they were told."""

from datetime import datetime
from typing import Annotated, Protocol

from fastapi import Query, Response
from sqlmodel import Session

from api.admission import reads
from api.commands import ACT_PATHS
from api.deps import Reading
from api.identity import Asking
from api.tasks import TaskOut, my_notices, my_tasks, tasks_to
from api.web.acting.paths import PREFIX
from api.web.rendering import render
from api.web.visiting import pages
from api.web.year.coming import what_comes
from domain.calendar import due_day, local_day
from domain.ids import Kind
from store.calendars import office_calendar
from store.clock import now
from store.tables import Person

router = pages()

_API = "/api/v1"
_MANY = 50


@router.get("/", dependencies=[reads("my_tasks")])
def tasks(
    session: Reading,
    visitor: Asking,
    sau: Annotated[str | None, Query(max_length=500)] = None,
) -> Response:
    """Show what waits, the most urgent first; when nothing does, what comes next."""
    found = my_tasks(session, visitor, _MANY, sau)
    today, calendar = local_day(now(session)), office_calendar(session)

    def left(due_at: datetime | None) -> int | None:
        """Count the working days until then, the last one too; behind it, from it."""
        if due_at is None:
            return None
        return calendar.working_days_between(today, due_day(due_at))

    return render(
        "tasks.html",
        visitor=visitor,
        tasks=[(each, where(each), left(each.due_at)) for each in found.items],
        following=found.next,
        coming=[] if found.items else what_comes(session, visitor),
    )


class Doable(Protocol):
    """What waits, and where the API takes it."""

    kind: str
    path: str


# What has a page of its own, by the key of what it is aimed at.
_OWN = {
    "attend": "/hoi-dong/{}",
    "cast": "/hoi-dong/{}/phieu",
    "confirm": "/quan-tri/de-nghi",
    "number": "/quyet-dinh/{}",
    "open_voting": "/hoi-dong/{}",
    "record_show_of_hands": "/hoi-dong/{}/gio-tay",
    "decide": "/quyet-dinh/{}",
    "submit": "/phong/{}/{}/de-nghi",
}


def where(task: Doable) -> str | None:
    """Say on which page a task is done; None where none is yet."""
    if task.kind in _OWN:
        return _OWN[task.kind].format(*task.path.split("/")[4:8:2])
    return PREFIX + task.path.removeprefix(_API) if task.kind in ACT_PATHS else None


def tasks_at(session: Session, visitor: Person, kind: Kind, path: str) -> list[TaskOut]:
    """List what somebody has to do at targets of a kind, below a path of the API."""
    owed = tasks_to(session, visitor, kind)
    return [each for each in owed if each.path.startswith(_API + path)]


@router.get("/thong-bao", dependencies=[reads("my_notices")])
def notices(session: Reading, visitor: Asking, truoc: str | None = None) -> Response:
    """Show what somebody was told, the newest first."""
    page = my_notices(session, visitor, 50, truoc)
    return render(
        "notices.html", visitor=visitor, notices=page.items, following=page.next
    )
