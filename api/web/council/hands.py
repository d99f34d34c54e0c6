"""The count of hands on one page: every line that is voted on so, and by how many."""

from typing import Annotated
from uuid import uuid4

from fastapi import Query, Response

from api.admission import reads
from api.web.acting.paths import act_path
from api.web.council.agenda import AgendaLine, TitleGroup
from api.web.council.meeting_page import TheMeeting
from api.web.visiting import pages
from domain.council.ballots import Method
from store.voting import hands_to_count

router = pages()

_ACT = "record_show_of_hands"
_MOST = 300  # as many as a sheet takes


@router.get("/hoi-dong/{key}/gio-tay", dependencies=[reads("sessions")])
def count(page: TheMeeting, nhat_tri: Annotated[bool, Query()] = False) -> Response:
    """Ask how many hands each line had; *nhat_tri* fills in that all agreed.

    Of more than a page takes the first ones; the others come when these are counted.
    """
    left = hands_to_count(page.session, page.council.id, _MOST)
    agenda = page.agenda_on(left)
    groups = [TitleGroup(each.title, _uncounted(each)) for each in agenda.groups]
    return page.show(
        "hands",
        agenda=agenda,
        groups=[each for each in groups if each.lines],
        places={
            each.dossier.id: at
            for at, each in enumerate(x for group in groups for x in group.lines)
        },
        agreed=nhat_tri,
        action=act_path(_ACT, page.council.id),
        back=page.path(),
        key=uuid4().hex,
    )


def _uncounted(group: TitleGroup[AgendaLine]) -> list[AgendaLine]:
    return [
        each
        for each in group.lines
        if each.counted
        and each.counted.method == Method.HANDS
        and each.before.yes is None
    ]
