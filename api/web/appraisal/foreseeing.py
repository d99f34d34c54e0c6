"""What a vote would come to if lines passed or failed, and signs of formality."""

from collections.abc import Sequence
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query, Response
from sqlmodel import Session

from api.admission import reads
from api.campaigns import formality as formality_routes
from api.campaigns import targets as target_routes
from api.deps import Reading, ThePhase
from api.identity import Asking
from api.paging import Cursor
from api.web.naming import called
from api.web.rendering import render
from api.web.visiting import pages
from api.web.words import gettext
from api.web.year.goals import STAGES
from domain.council.course import Fate
from domain.refusals import Refusal, Refused
from papers.terms import DENOMINATORS
from store.findings.supposing import Supposed
from store.plans import pack_of
from store.tables import Phase

router = pages()

_ON_A_PAGE = 100
Others = Annotated[Literal["pass", "fail"], Query()]
Exceptions = Annotated[list[UUID], Query(max_length=1000)]
FATES = {
    Fate.PASSES: gettext("đạt"),
    Fate.FAILS: gettext("không đạt"),
    Fate.DOWNGRADED: gettext("vượt giới hạn"),
    Fate.TIED: gettext("ngang nhau ở chỗ cuối"),
    Fate.OPEN: gettext("chưa biết"),
}


@router.get("/tham-dinh/{key}/gia-dinh", dependencies=[reads("vote")])
def what_if(
    phase: ThePhase,
    session: Reading,
    visitor: Asking,
    con_lai: Others = "pass",
    tru: Exceptions = [],  # noqa: B006 - FastAPI copies it
    sau: Cursor = None,
) -> Response:
    """Follow a supposed vote by the rules and quotas: targets, and each line."""
    asked, told, refusals = _followed(phase, session, con_lai, tru)
    found = target_routes.fates(phase, session, asked, _ON_A_PAGE, sau)
    but = asked.passing | asked.failing
    return render(
        "appraisal/what_if.html",
        visitor=visitor,
        phase=phase,
        others=con_lai,
        exceptions=but,
        elsewhere=but - {each.line for each in found.items},
        told=told,
        ledger=target_routes.read(phase, session, visitor),
        lines=found.items,
        following=found.next,
        refusals=refusals,
        **_words(session, phase, [each.subject for each in found.items]),
    )


def _followed(
    phase: Phase, session: Session, others: Literal["pass", "fail"], but: Sequence[UUID]
) -> tuple[Supposed, target_routes.SupposedOut, tuple[Refusal, ...]]:
    """Follow a vote; without exceptions where one of them does not wait any more."""
    asked = _supposed(others, but)
    try:
        return asked, target_routes.what_if(phase, session, asked), ()
    except Refused as refused:
        asked = _supposed(others, ())
        told = target_routes.what_if(phase, session, asked)
        return asked, told, refused.refusals


def _supposed(others: Literal["pass", "fail"], but: Sequence[UUID]) -> Supposed:
    named = frozenset(but)
    if others == "pass":
        return Supposed(failing=named, others=others)
    return Supposed(passing=named, others=others)


def _words(
    session: Session, phase: Phase, subjects: Sequence[str]
) -> dict[str, object]:
    pack = pack_of(session, phase)
    return {
        "names": called(session, subjects),
        "titles": {each.code: each.name_vi for each in pack.titles},
        "fates": FATES,
        "of_whom": DENOMINATORS,
        "stages": STAGES,
    }


@router.get("/tham-dinh/{key}/hinh-thuc", dependencies=[reads("vote")])
def formality(
    phase: ThePhase, session: Reading, visitor: Asking, sau: Cursor = None
) -> Response:
    """Show what looks as if it were there for form's sake; it decides nothing."""
    found = formality_routes.read(phase, session, _ON_A_PAGE, sau)
    return render(
        "appraisal/formality.html",
        visitor=visitor,
        phase=phase,
        findings=found.items,
        following=found.next,
    )
