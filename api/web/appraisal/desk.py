"""The desk of the secretariat: the lists of a phase, and those that wait for it."""

from collections import Counter
from collections.abc import Iterator
from uuid import uuid4

from fastapi import Response
from sqlmodel import Session, col, select

from api.admission import open_to, reads
from api.campaigns.phases import departments
from api.deps import Reading, ThePhase
from api.identity import Asking
from api.paging import Cursor, Order, page
from api.web.naming import called
from api.web.offered import Offer, offered
from api.web.rendering import render
from api.web.visiting import pages
from domain import ids
from domain.acts import ACTS
from domain.states import CampaignState, LineState, PhaseState, SubmissionState
from papers.four_words import WORD_OF
from store.database import count_by
from store.knowing.lines import readable
from store.office.standing import Standing, standing_of
from store.tables import Campaign, Nomination, Phase, Submission

router = pages()

_MANY, _LISTS = 50, 100
_LATEST = Order(Phase, ("period_end", "id"), last_first=True)
# What is done for many lists at once, and the act that does it for one.
_DECIDED = (PhaseState.DIRECTOR_REVIEW, PhaseState.DECIDED, PhaseState.CLOSED)
_AT_ONCE = (("receive_lists", "receive"), ("appraise_lists", "appraise"))


@router.get("/tham-dinh", dependencies=[reads("departments_in_phase")])
def phases(session: Reading, visitor: Asking, sau: Cursor = None) -> Response:
    """List the phases of campaigns that run, the latest first."""
    running = select(Campaign.id).where(Campaign.state == CampaignState.RUNNING)
    query = select(Phase).where(
        col(Phase.campaign).in_(running), Phase.state != PhaseState.CANCELLED
    )
    rows = _LATEST.rows(session, query, _MANY, sau)
    read = page(rows, _MANY, _LATEST.place, lambda row: row.id)
    return render(
        "appraisal/phases.html",
        visitor=visitor,
        phases=rows[:_MANY],
        following=read.next,
    )


@router.get("/tham-dinh/{key}", dependencies=[reads("departments_in_phase")])
def desk(
    phase: ThePhase, session: Reading, visitor: Asking, sau: Cursor = None
) -> Response:
    """Show how each list of a phase stands, and what many of them wait for."""
    found = departments(phase, session, visitor, _LISTS, sau)
    standing = standing_of(session, visitor.id)
    target, back = ids.phase(phase.id), f"/tham-dinh/{phase.id}"
    acts = offered(standing, target, phase.campaign, phase.state, back)
    offers = {x.kind: x for x in acts}
    waiting = [*_waiting(session, phase, offers)]
    codes = [each.department for each in found.items]
    listed = {code for _, _, theirs in waiting for code in theirs}
    return render(
        "appraisal/desk.html",
        visitor=visitor,
        phase=phase,
        lists=[(each, WORD_OF[each.state]) for each in found.items],
        names=called(session, {*codes, *listed}),
        many=_many(session, phase, standing, codes),
        waiting=waiting,
        offers=[*offers.values()],
        foresees=open_to(session, visitor.id, "vote"),
        decided=phase.state in _DECIDED,
        following=found.next,
    )


def _waiting(
    session: Session, phase: Phase, offers: dict[str, Offer]
) -> Iterator[tuple[Offer, str, list[str]]]:
    """Give each act on many lists that the visitor may do, with those that wait."""
    for many, one in _AT_ONCE:
        offer, states = offers.pop(many, None), ACTS[one].allowed(SubmissionState)
        if offer is None or not states:
            continue
        codes = session.exec(
            select(Submission.department)
            .where(Submission.phase == phase.id, col(Submission.state).in_(states))
            .order_by(Submission.department)
            .limit(_LISTS)
        ).all()
        if codes:
            yield offer, uuid4().hex, [*codes]


def _many(
    session: Session, phase: Phase, standing: Standing, codes: list[str]
) -> Counter[str]:
    """Count the lines of departments that the visitor may read, without withdrawn."""
    return count_by(
        session,
        Nomination.department,
        Nomination.phase == phase.id,
        col(Nomination.department).in_(codes),
        Nomination.state != LineState.WITHDRAWN,
        readable(session, standing.person),
    )
