"""All papers of a phase in one file: asked for, followed, and taken."""

from collections.abc import Hashable
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Request, Response
from fastapi.responses import RedirectResponse

from api.admission import reads
from api.campaigns.papers import Draughtsman
from api.deps import DatabaseDep, FilesDep, Reading, ThePhase
from api.identity import Asking
from api.web.appraisal.gathering import PhasePapers
from api.web.live.packing import Packings, standing, taken
from api.web.rendering import render
from api.web.visiting import pages

_HERE = "/tham-dinh/{key}/giay-to"
_MAY = [reads("phase_papers")]

router = pages()


def whose(phase: ThePhase, session: Reading, visitor: Asking) -> Hashable:
    """Say whose the papers are."""
    return "phase", phase.id, standing(session, visitor.id)


Whose = Annotated[Hashable, Depends(whose)]


@router.get(_HERE, dependencies=_MAY)
async def look(
    phase: ThePhase, visitor: Asking, works: Packings, whose: Whose
) -> Response:
    """Show how far the papers are, and what came of them."""
    work = works.of(whose)
    return render("appraisal/papers.html", visitor=visitor, phase=phase, work=work)


@router.post(_HERE, dependencies=_MAY)
async def begin(
    phase: ThePhase,
    visitor: Asking,
    works: Packings,
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
async def take(phase: ThePhase, works: Packings, whose: Whose) -> Response:
    """Hand the file out; where there is none, the page says so."""
    name = f"giay-to-{phase.id}.zip"
    return taken(works.of(whose), name, _HERE.format(key=phase.id))
