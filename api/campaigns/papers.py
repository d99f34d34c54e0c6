"""Official papers of a campaign, drawn from its rows when they are asked for."""

from collections.abc import Iterator
from enum import StrEnum
from functools import partial
from typing import Annotated
from urllib.parse import quote

from fastapi import Path, Request, Response
from sqlmodel import Session, select

from api.admission import reads
from api.deps import DatabaseDep, find
from api.headers import Router
from domain.calendar import local_day
from domain.delegation import CAPACITIES
from domain.roles import ROLE_NAMES, own_words
from domain.states import DecisionKind
from intake.fields import Key
from papers.archive.campaign import DrawnPaper
from papers.official.decisions import AwardedLine, DecisionFacts, decision_paper
from papers.official.paper import day_in_full, numbered
from papers.official.pdf import as_pdf
from papers.official.word import as_word
from papers.terms import AD_HOC
from store.clock import now
from store.findings.decided import decided_lines
from store.plans import head_of, plan_of, warnings_of
from store.tables import Campaign, Decision, Person, Phase

router = Router(prefix="/api/v1", tags=["reading"])

_PLACE = "…………"  # offices write where they are; the draft leaves room


class PaperForm(StrEnum):
    """What a paper comes as."""

    PDF = "pdf"
    WORD = "docx"


_MEDIA = {
    PaperForm.PDF: "application/pdf",
    PaperForm.WORD: "application/vnd.openxmlformats-officedocument"
    ".wordprocessingml.document",
}


@router.get(
    "/decisions/{key}/paper/{form}",
    dependencies=[reads("decisions")],
    response_class=Response,
    responses={200: {"content": {media: {} for media in _MEDIA.values()}}},
)
def decision(
    key: Annotated[Key, Path(max_length=80)],
    form: PaperForm,
    database: DatabaseDep,
    request: Request,
) -> Response:
    """Draw a decision with its list: a draft until it is signed.

    What is drawn holds for the moment at which it is asked for, which stands on it.
    """
    with database.read() as session:
        facts = _facts(session, find(session, Decision, "decision", key))
    paper = decision_paper(facts)
    if form is PaperForm.WORD:
        drawn = as_word(paper)
    else:
        drawn = as_pdf(paper, str(request.base_url.replace(path=f"/quyet-dinh/{key}")))
    name = quote(f"{key}.{form}")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(drawn, media_type=_MEDIA[form], headers=headers)


def drawn_papers(session: Session, campaign: str, base: str) -> Iterator[DrawnPaper]:
    """Draw every decision of a campaign, each when it is asked for."""
    rows = select(Decision).where(Decision.campaign == campaign).order_by(Decision.id)
    for row in session.exec(rows).all():
        paper = decision_paper(_facts(session, row))
        address = f"{base.rstrip('/')}/quyet-dinh/{row.id}"
        draw = partial(as_pdf, paper, address if base else "")
        yield DrawnPaper(f"{row.id}.pdf", f"{paper.kind} {paper.number}", draw)


def _facts(session: Session, row: Decision) -> DecisionFacts:
    phase = session.get_one(Phase, row.phase)
    campaign = session.get_one(Campaign, row.campaign)
    plan, head = plan_of(session, campaign.id), head_of(campaign.plan)
    signer = session.get_one(Person, row.decided_by) if row.decided_by else None
    occasion = AD_HOC if row.session is None else phase.name
    return DecisionFacts(
        key=row.id,
        kind=row.kind,
        issuer=plan.issuer,
        head=head,
        place=_PLACE,
        occasion=f"{occasion[0].lower()}{occasion[1:]} năm {plan.year}",
        pack=phase.pack,
        number=row.number,
        series=row.series,
        signed_on=local_day(row.decided_at) if row.decided_at else None,
        signer=signer.name if signer else None,
        signer_post=_post(row, head),
        capacity=row.capacity,
        by_council=row.session is not None,
        recipients=plan.recipients,
        lines=tuple(
            AwardedLine(**each._asdict()) for each in decided_lines(session, phase, row)
        ),
        amends=_amended(session, row),
        content=row.content or {},
        warning=next(iter(warnings_of(campaign, phase.pack)), None),
        head_digest=row.head_digest,
        made_at=now(session),
    )


def _post(row: Decision, head: str) -> str | None:
    if row.capacity is None:
        return None
    return own_words(ROLE_NAMES[CAPACITIES[row.capacity].held_by], head)


def _amended(session: Session, row: Decision) -> str | None:
    if row.kind is DecisionKind.AWARD or row.amends is None:
        return None
    amended = session.get_one(Decision, row.amends)
    number = numbered(amended.number, amended.series or "")
    day = day_in_full(local_day(amended.decided_at)) if amended.decided_at else ""
    return f"Quyết định số {number} {day}"
