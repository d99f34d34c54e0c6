"""The council's meetings, and the page of each."""

from typing import Annotated

from fastapi import Query, Response
from sqlmodel import select

from api.admission import open_to, reads
from api.campaigns.ballots import TheSession
from api.deps import Reading
from api.identity import Asking
from api.paging import Cursor, Order, page
from api.tasks import TaskOut, my_tasks
from api.web.acting.paths import page_of
from api.web.council.agenda import agenda_of
from api.web.council.attendance import COUNTED, Presence, sitting_of
from api.web.offered import Offer, offered
from api.web.papers import papers_on
from api.web.rendering import render
from api.web.tasks import where
from api.web.visiting import pages
from domain import ids
from duties.subjects import wholes
from papers.official.kinds import PaperOf
from store.office.standing import standing_of
from store.plans import pack_of
from store.tables import CouncilSession, Person, Phase

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
    shown = page(rows, _MEETINGS, _LATEST.place, lambda row: row.id)
    called = wholes(session, [ids.council(row.id) for row in rows])
    return render(
        "council/meetings.html",
        visitor=visitor,
        meetings=[(row, called[ids.council(row.id)]) for row in rows[:_MEETINGS]],
        of=giai_doan,
        following=shown.next,
    )


@router.get("/hoi-dong/{key}", dependencies=[reads("sessions")])
def meeting(
    council: TheSession, session: Reading, visitor: Asking, sau: Cursor = None
) -> Response:
    """Show a meeting: who sits, what is before it, and what waits for the visitor."""
    phase = session.get_one(Phase, council.phase)
    pack = pack_of(session, phase)
    tasks = _tasks(session, council, visitor)
    owed = {each.kind for each in tasks}
    sitting = sitting_of(session, council, pack, visitor)
    offers = [x for x in _offers(session, council, visitor) if x.kind not in owed]
    return render(
        "council/meeting.html",
        visitor=visitor,
        council=council,
        phase=phase,
        warning=pack.warning_vi,
        sitting=sitting,
        filled={"open_voting": {"present": _present(sitting)}},
        quorum=pack.council.quorum,
        agenda=agenda_of(session, council, pack, visitor, sau),
        tasks=[(each, _where(each, council, sitting)) for each in tasks],
        offers=[each for each in offers if each.kind not in _STEPPING_OUT],
        step_out=next((x for x in offers if x.kind in _STEPPING_OUT), None),
        counted=council.state in COUNTED,
        papers=papers_on(
            f"/hoi-dong/{council.id}", session, visitor, PaperOf.SESSION, council
        ),
        may_read_minutes=open_to(session, visitor.id, "session_files"),
    )


def _where(task: TaskOut, council: CouncilSession, sitting: Presence) -> str | None:
    if task.kind != "open_voting":
        return where(task)
    here, target = f"/hoi-dong/{council.id}", ids.council(council.id)
    return page_of(task.kind, target, here, present=_present(sitting))


def _present(sitting: Presence) -> str:
    """Fill in who is there when the vote opens: who has said that they come."""
    return "\n".join(one.person for one in sitting.people if one.comes)


def _tasks(session: Reading, council: CouncilSession, visitor: Person) -> list[TaskOut]:
    prefix = f"/api/v1/council-sessions/{council.id}/"
    owed = my_tasks(session, visitor, 500, None).items
    return [each for each in owed if each.path.startswith(prefix)]


def _offers(session: Reading, council: CouncilSession, visitor: Person) -> list[Offer]:
    standing = standing_of(session, visitor.id)
    target = ids.council(council.id)
    back = f"/hoi-dong/{council.id}"
    return offered(standing, target, council.campaign, council.state, back)
