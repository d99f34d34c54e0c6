"""All papers of a phase in one file: asked for, followed, and taken."""

from collections.abc import Hashable
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse

from api.admission import reads
from api.campaigns.papers import Draughtsman
from api.deps import DatabaseDep, FilesDep, Reading, ThePhase
from api.identity import Asking
from api.web.appraisal.gathering import PhasePapers
from api.web.live.long_work import LongWorks
from api.web.rendering import render
from api.web.visiting import pages
from intake.files.names import handed_out_as
from store.office.standing import standing_of

_HERE = "/tham-dinh/{key}/giay-to"
_MAY = [reads("phase_papers")]

router = pages()


async def the_works(request: Request) -> LongWorks[PhasePapers]:
    """Hand out what this process has gathered."""
    found: LongWorks[PhasePapers] = request.app.state.gathered
    return found


def whose(phase: ThePhase, session: Reading, visitor: Asking) -> Hashable:
    """Say whose a work is: of a person as long as they stand as they do now."""
    stands = standing_of(session, visitor.id)
    signs = frozenset(stands.signs)
    return visitor.id, phase.id, stands.roles, stands.home, stands.desks, signs


Works = Annotated[LongWorks[PhasePapers], Depends(the_works)]
Whose = Annotated[Hashable, Depends(whose)]


@router.get(_HERE, dependencies=_MAY)
async def look(
    phase: ThePhase, visitor: Asking, works: Works, whose: Whose
) -> Response:
    """Show how far the papers are, and what came of them."""
    work = works.of(whose)
    return render("appraisal/papers.html", visitor=visitor, phase=phase, work=work)


@router.post(_HERE, dependencies=_MAY)
async def begin(
    phase: ThePhase,
    visitor: Asking,
    works: Works,
    whose: Whose,
    database: DatabaseDep,
    room: FilesDep,
    request: Request,
) -> Response:
    """Let all papers be drawn that there are and that the visitor may have."""
    by = Draughtsman(database, visitor.id, str(request.base_url))
    works.begin(whose, PhasePapers(by, phase.id, room, request.app.state.places))
    return RedirectResponse(_HERE.format(key=phase.id), HTTPStatus.SEE_OTHER)


@router.get(f"{_HERE}/tep", dependencies=_MAY)
async def take(phase: ThePhase, works: Works, whose: Whose) -> Response:
    """Hand the file out; where there is none, the page says so."""
    work = works.of(whose)
    if work is None or work.file is None:
        return RedirectResponse(_HERE.format(key=phase.id), HTTPStatus.SEE_OTHER)
    told = handed_out_as(f"giay-to-{phase.id}.zip")
    told["Content-Length"] = str(work.file.size)
    return StreamingResponse(work.file.parts(), 200, told, "application/zip")
