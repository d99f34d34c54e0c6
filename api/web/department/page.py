"""A department's page of a phase: where it stands, until when, and what comes next."""

from collections.abc import Sequence
from typing import Any

from fastapi import Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session, col, select

from api.admission import reads
from api.campaigns.phases import lines
from api.campaigns.registrations import registrations
from api.deps import Reading
from api.identity import Asking
from api.paging import Cursor
from api.web.department.naming import by_name
from api.web.department.outline import dues, steps, to_do
from api.web.department.places import PartInPhase, ThePart
from api.web.naming import called
from api.web.papers import PaperLink, papers_on
from api.web.rendering import render
from api.web.visiting import pages
from domain.states import PhaseState
from papers.four_words import WORD_OF
from papers.official.kinds import PaperOf
from papers.terms import LINE_STATES, REGISTRATION_STATES, SUBMISSION_STATES
from store.database import one_of
from store.office.standing import standing_of
from store.tables import Person, Phase, Submission

router = pages()

_MANY = 100
_OVER = (PhaseState.CLOSED, PhaseState.CANCELLED)


@router.get("/phong", dependencies=[reads("departments_in_phase")])
def own(session: Reading, visitor: Asking) -> Response:
    """Lead to the one department and phase that is on, or list what there is."""
    standing = standing_of(session, visitor.id)
    theirs = {*standing.desks, *([standing.home] if standing.home else [])}
    rows = session.exec(
        select(Submission, Phase)
        .join(Phase, col(Phase.id) == col(Submission.phase))
        .where(one_of(col(Submission.department), theirs))
        .order_by(col(Phase.period_end).desc(), Submission.phase, Submission.department)
        .limit(_MANY)
    ).all()
    running = [each for each in rows if each[1].state not in _OVER]
    if len(running) == 1:
        [(envelope, phase)] = running
        return RedirectResponse(f"/phong/{phase.id}/{envelope.department}", 303)
    names = called(session, theirs)
    shown = [(envelope, phase, WORD_OF[envelope.state]) for envelope, phase in rows]
    return render("department/own.html", visitor=visitor, parts=shown, names=names)


@router.get("/phong/{key}/{department}", dependencies=[reads("departments_in_phase")])
def page(part: ThePart, session: Reading, visitor: Asking) -> Response:
    """Show where a department stands in a phase, and what it can do."""
    code = part.department.code
    registered = registrations(part.campaign, session, _MANY, None, code)
    sent = lines(part.phase, session, visitor, _MANY, None, None, code)
    envelope = part.envelope
    owed, others = to_do(session, part, visitor.id)
    return render(
        "department/part.html",
        **_shown(session, visitor, part, [*registered.items, *sent.items]),
        papers=_papers(session, visitor, part, part.path),
        word=WORD_OF[envelope.state] if envelope else None,
        state=SUBMISSION_STATES[envelope.state] if envelope else None,
        dues=[*dues(session, part)],
        steps=[*steps(session, part)],
        owed=owed,
        others=others,
        registered=registered,
        sent=sent,
    )


@router.get("/phong/{key}/{department}/dang-ky", dependencies=[reads("registrations")])
def aims(
    part: ThePart, session: Reading, visitor: Asking, sau: Cursor = None
) -> Response:
    """List all that a department has registered, a page at a time."""
    found = registrations(part.campaign, session, _MANY, sau, part.department.code)
    facts = _shown(session, visitor, part, found.items)
    papers = _papers(session, visitor, part, f"{part.path}/dang-ky")
    return render("department/aims.html", **facts, found=found, papers=papers)


@router.get("/phong/{key}/{department}/danh-sach", dependencies=[reads("lines")])
def sent(
    part: ThePart, session: Reading, visitor: Asking, sau: Cursor = None
) -> Response:
    """List all that a department has nominated, a page at a time."""
    code = part.department.code
    found = lines(part.phase, session, visitor, _MANY, sau, None, code)
    facts = _shown(session, visitor, part, found.items)
    return render("department/lines.html", **facts, found=found)


def _papers(
    session: Session, visitor: Person, part: PartInPhase, page: str
) -> list[PaperLink]:
    sent = [part.envelope] if part.envelope else []
    return papers_on(page, session, visitor, PaperOf.PART, *sent)


def _shown(
    session: Session, visitor: Person, part: PartInPhase, items: Sequence[Any]
) -> dict[str, Any]:
    """Give what every page of a department's part is made with."""
    by = part.envelope.submitted_by if part.envelope else None
    names = called(session, [*(each.subject for each in items), by])
    return {
        "visitor": visitor,
        "part": part,
        "names": names,
        "sorted": lambda found: by_name(found, names),
        "line_states": LINE_STATES,
        "aim_states": REGISTRATION_STATES,
    }
