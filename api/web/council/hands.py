"""The count of hands on one page: every line that is voted on so, and by how many."""

from typing import Annotated
from uuid import uuid4

from fastapi import Query, Response

from api.admission import reads
from api.campaigns.ballots import TheSession
from api.deps import Reading
from api.identity import Asking
from api.web.acting.paths import act_path
from api.web.council.agenda import AgendaLine, TitleGroup, agenda_of
from api.web.rendering import render
from api.web.visiting import pages
from domain.council.ballots import Method
from store.plans import pack_of
from store.tables import Phase

router = pages()

_ACT = "record_show_of_hands"
_MOST = 300  # as many as a sheet takes


@router.get("/hoi-dong/{key}/gio-tay", dependencies=[reads("sessions")])
def count(
    council: TheSession,
    session: Reading,
    visitor: Asking,
    nhat_tri: Annotated[bool, Query()] = False,
) -> Response:
    """Ask how many hands each line had; *nhat_tri* fills in that all agreed."""
    phase = session.get_one(Phase, council.phase)
    pack = pack_of(session, phase)
    agenda = agenda_of(session, council, pack, visitor, None, _MOST)
    groups = [TitleGroup(each.title, _uncounted(each)) for each in agenda.groups]
    back = f"/hoi-dong/{council.id}"
    return render(
        "council/hands.html",
        visitor=visitor,
        council=council,
        phase=phase,
        agenda=agenda,
        groups=[each for each in groups if each.lines],
        places={
            each.dossier.id: at
            for at, each in enumerate(x for group in groups for x in group.lines)
        },
        agreed=nhat_tri,
        action=act_path(_ACT, council.id),
        back=back,
        key=uuid4().hex,
    )


def _uncounted(group: TitleGroup) -> list[AgendaLine]:
    return [
        each
        for each in group.lines
        if each.counted
        and each.counted.method == Method.HANDS
        and each.before.yes is None
    ]
