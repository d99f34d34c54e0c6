"""The council's meetings, and the page of each."""

from typing import Annotated

from fastapi import Query, Response
from sqlmodel import select

from api.admission import open_to, reads
from api.deps import Reading
from api.identity import Asking
from api.paging import Cursor, Order
from api.paging import page as paged
from api.tasks import TaskOut
from api.web.acting.paths import page_of
from api.web.council.attendance import COUNTED, Presence
from api.web.council.meeting_page import MeetingPage, TheMeeting
from api.web.rendering import render
from api.web.tasks import tasks_at, where
from api.web.visiting import pages
from domain import ids
from domain.ids import Kind
from duties.subjects import wholes
from store.tables import CouncilSession

router = pages()

_LATEST = Order(CouncilSession, ("meets_at", "id"), last_first=True)
_MEETINGS = 50
_STEPPING_OUT = ("recuse", "declare_conflict")


@router.get("/hoi-dong", dependencies=[reads("sessions")])
def meetings(
    session: Reading,
    visitor: Asking,
    sau: Cursor = None,
    giai_doan: Annotated[str | None, Query(max_length=80)] = None,
) -> Response:
    """List the meetings, the latest first: of one phase where it is named."""
    query = select(CouncilSession)
    if giai_doan is not None:
        query = query.where(CouncilSession.phase == giai_doan)
    rows = _LATEST.rows(session, query, _MEETINGS, sau)
    shown = paged(rows, _MEETINGS, _LATEST.place, lambda row: row.id)
    called = wholes(session, [ids.council(row.id) for row in rows])
    return render(
        "council/meetings.html",
        visitor=visitor,
        meetings=[(row, called[ids.council(row.id)]) for row in rows[:_MEETINGS]],
        of=giai_doan,
        following=shown.next,
    )


@router.get("/hoi-dong/{key}", dependencies=[reads("sessions")])
def meeting(page: TheMeeting, sau: Cursor = None) -> Response:
    """Show a meeting: who sits, what is before it, and what waits for the visitor."""
    session, council, pack = page.session, page.council, page.pack
    place = f"/council-sessions/{council.id}/"
    tasks = tasks_at(session, page.visitor, Kind.COUNCIL, place)
    owed = {each.kind for each in tasks}
    sitting = page.sitting()
    offers = [each for each in page.offers() if each.kind not in owed]
    return page.show(
        "meeting",
        warning=pack.warning_vi,
        sitting=sitting,
        filled={"open_voting": {"present": _present(sitting)}},
        quorum=pack.council.quorum,
        agenda=page.agenda(sau),
        tasks=[(each, _where(each, page, sitting)) for each in tasks],
        offers=[each for each in offers if each.kind not in _STEPPING_OUT],
        step_out=next((x for x in offers if x.kind in _STEPPING_OUT), None),
        counted=council.state in COUNTED,
        papers=page.papers(),
        may_read_minutes=open_to(session, page.visitor.id, "session_files"),
    )


def _where(task: TaskOut, page: MeetingPage, sitting: Presence) -> str | None:
    if task.kind != "open_voting":
        return where(task)
    target = ids.council(page.council.id)
    return page_of(task.kind, target, page.path(), present=_present(sitting))


def _present(sitting: Presence) -> str:
    """Fill in who is there when the vote opens: who has said that they come."""
    return "\n".join(one.person for one in sitting.people if one.comes)
