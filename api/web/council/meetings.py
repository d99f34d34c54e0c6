"""The council's meetings, and the page of each."""

from typing import Annotated

from fastapi import Query, Response
from sqlmodel import select

from api.admission import reads
from api.campaigns.ballots import TheSession
from api.deps import Reading
from api.identity import Asking
from api.paging import Cursor, Order, page
from api.tasks import TaskOut, my_tasks
from api.web.council.agenda import agenda_of
from api.web.council.attendance import sitting_of
from api.web.offered import Offer, offered
from api.web.rendering import render
from api.web.tasks import where
from api.web.visiting import pages
from domain import ids
from duties.subjects import wholes
from store.office.standing import standing_of
from store.plans import pack_of
from store.tables import CouncilSession, Person, Phase

router = pages()

_LATEST = Order(CouncilSession, ("meets_at", "id"), last_first=True)
_MEETINGS = 50


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
    offers = {each.kind: each for each in _offers(session, council, visitor)}
    stepping_out = [offers.pop(kind, None) for kind in ("recuse", "declare_conflict")]
    for each in tasks:
        offers.pop(each.kind, None)
    return render(
        "council/meeting.html",
        visitor=visitor,
        council=council,
        phase=phase,
        warning=pack.warning_vi,
        sitting=sitting_of(session, council, pack.council.quorum),
        quorum=pack.council.quorum,
        agenda=agenda_of(session, council, pack, visitor, sau),
        tasks=[(each, where(each)) for each in tasks],
        offers=[*offers.values()],
        step_out=next(filter(None, stepping_out), None),
    )


def _tasks(session: Reading, council: CouncilSession, visitor: Person) -> list[TaskOut]:
    prefix = f"/api/v1/council-sessions/{council.id}/"
    owed = my_tasks(session, visitor, 500, None).items
    return [each for each in owed if each.path.startswith(prefix)]


def _offers(session: Reading, council: CouncilSession, visitor: Person) -> list[Offer]:
    standing = standing_of(session, visitor.id)
    target = ids.council(council.id)
    return offered(standing, target, council.campaign, council.state)
