"""A day of the office's own calendar: what it would move, and taking it back."""

from datetime import datetime
from typing import Annotated

from fastapi import Path, Query
from sqlmodel import Session

from api.admission import does, reads
from api.answers import Answer
from api.deps import Reading
from api.headers import Router
from api.identity import Asking
from api.office.acting import dumped
from api.office.master import edits
from api.paging import Limit
from api.versions import IfMatch, require_version
from domain.acts import rule_of
from duties.office_deed import OfficeDeed
from intake.fields import Day, Paper
from store.findings.rerolls import Reroll, is_of_a_matter, supposed
from store.knowing.matters import closed_among
from store.office.holidays import (
    ask_to_roll,
    campaigns_that_run,
    require_entered,
    take_back,
)
from store.tables import Campaign, Person

router = Router(prefix="/api/v1/calendar-overrides/{day}", tags=["office"])

TheDay = Annotated[Day, Path()]


class RerollOut(Answer):
    """A deadline that would end on another day."""

    campaign: str
    owner: str
    deadline: str
    name: str
    due_at: datetime
    would_be: datetime


@router.get(
    "/what-if",
    summary="Nếu ngày này nghỉ, hoặc làm việc",
    dependencies=[reads("days_what_if")],
)
def look(
    day: TheDay,
    session: Reading,
    person: Asking,
    working: Annotated[
        bool | None,
        Query(description="true: làm việc; false: nghỉ; bỏ trống: theo lịch chung."),
    ] = None,
    limit: Limit = 500,
) -> list[RerollOut]:
    """List the running deadlines that would move, before the day is entered.

    At most so many, by campaign and in the order of time; the act moves them all.
    """
    moving = [
        (campaign, each)
        for campaign in campaigns_that_run(session)
        for each in supposed(session, campaign, day, working)
        if not is_of_a_matter(each.deadline)
    ]
    owners = (each.deadline.owner for _, each in moving)
    closed = closed_among(session, owners, person.id)
    told = [(of, each) for of, each in moving if each.deadline.owner not in closed]
    return [_reroll(campaign, each) for campaign, each in told[:limit]]


def _reroll(campaign: Campaign, each: Reroll) -> RerollOut:
    return RerollOut(
        campaign=campaign.id,
        owner=each.deadline.owner,
        deadline=each.deadline.name,
        name=rule_of(each.deadline.name).name_vi,
        due_at=each.deadline.due_at,
        would_be=each.due_at,
    )


@router.delete(
    "",
    status_code=204,
    summary="Trả một ngày về lịch chung",
    dependencies=[does("master_data")],
)
@edits
def delete_override(
    day: TheDay,
    reason: Annotated[Paper, Query(description="Vì sao, hoặc theo văn bản nào.")],
    session: Session,
    person: Person,
    if_match: IfMatch = None,
) -> None:
    """Let a day be again what the published calendar says; what rolls follows."""
    deed = OfficeDeed.begin(session, person.id)
    entered = require_entered(session, day)
    require_version(entered.version, if_match)
    old = dumped(entered)
    take_back(session, entered)
    deed.close("void_calendar_override", {"old": old, "new": None, "reason": reason})
    ask_to_roll(session, person.id, reason)
