"""*Tổng quan*: a campaign at one look."""

from typing import Annotated

from fastapi import Query, Response
from sqlmodel import Session, col, select

from api.admission import open_to, reads
from api.campaigns import campaigns as campaign_routes
from api.campaigns import targets as target_routes
from api.deps import Reading, TheCampaign
from api.identity import Asking
from api.web.visiting import pages
from api.web.words import gettext
from api.web.year.course import PhaseCourse, YearCourse, course_of
from api.web.year.current import current_campaign, no_campaign, other_campaigns
from api.web.year.departments import departments_of
from api.web.year.drawing import draw
from api.web.year.goals import STAGES, goals
from api.web.year.showing import show
from papers.four_words import ListWord
from papers.terms import CAMPAIGN_STATES
from store.plans import plan_of, titles_of
from store.tables import Campaign, Person, Phase

router = pages()

Further = Annotated[str | None, Query(max_length=500)]


@router.get("/tong-quan", dependencies=[reads("campaigns")])
def current(session: Reading, visitor: Asking, sau: Further = None) -> Response:
    """Show the campaign that goes on now."""
    found = current_campaign(session)
    if found is None:
        return no_campaign(visitor, gettext("Tổng quan"))
    return _page(session, visitor, found, sau)


@router.get("/tong-quan/{code}", dependencies=[reads("campaigns")])
def one(
    campaign: TheCampaign, session: Reading, visitor: Asking, sau: Further = None
) -> Response:
    """Show one campaign."""
    return _page(session, visitor, campaign, sau)


def _page(
    session: Session, visitor: Person, campaign: Campaign, cursor: str | None
) -> Response:
    course = course_of(session, campaign)
    of_office = open_to(session, visitor.id, "departments_in_phase")
    keys = [each.key for each in course.phases if each.key]
    return show(
        session,
        visitor,
        campaign,
        "year/overview.html",
        state=CAMPAIGN_STATES[campaign.state],
        course=course,
        now=_now(course),
        line=draw(course),
        others=other_campaigns(session, campaign),
        table=departments_of(session, keys, cursor) if of_office and keys else None,
        words=list(ListWord),
        **_targets(session, visitor, campaign, of_office=of_office),
    )


def _now(course: YearCourse) -> list[PhaseCourse]:
    """List the phases in which something goes on."""
    found = (
        phase
        for phase in course.phases
        if any(step.standing in ("now", "late") for step in phase.steps)
    )
    return list(found)


def _targets(
    session: Session, visitor: Person, campaign: Campaign, *, of_office: bool
) -> dict[str, object]:
    """Measure the targets; those who are of the office see each stage, and of whom."""
    plan = plan_of(session, campaign.id)
    facts: dict[str, object] = {"plan": plan, "stages": STAGES, "wholes": []}
    last = session.exec(
        select(Phase)
        .where(Phase.campaign == campaign.id)
        .order_by(col(Phase.number).desc())
    ).first()
    if last is None:
        return facts | {"goals": []}
    measured = campaign_routes.progress(campaign, session, visitor)
    ledger = target_routes.read(last, session, visitor) if of_office else None
    names = {title.code: title.name_vi for title in titles_of(campaign)}
    if ledger:
        facts |= {"wholes": ledger.wholes}
    return facts | {"goals": goals(plan, names, measured, ledger)}
