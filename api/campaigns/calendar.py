"""What is to come: every deadline of a campaign, and each reminder, day by day."""

from datetime import date, datetime
from typing import Annotated

from fastapi import Query

from api.admission import reads
from api.answers import Answer
from api.deps import Reading, TheCampaign
from api.headers import Router
from api.identity import Asking
from api.paging import Cursor, Limit, Page, page, read_cursor
from domain.acts import ACTS, rule_of
from domain.calendar import due_day, local_day
from domain.ladder import Addressee
from domain.postponing import how_moved
from domain.roles import Role, own_words
from duties.calendar import (
    Entry,
    Reminder,
    of_campaign,
)
from duties.subjects import subjects_in
from duties.viewers import viewer_of
from intake.fields import Code
from papers import calendar as words
from papers.wording import due
from store.plans import head_of

router = Router(prefix="/api/v1/campaigns/{code}/calendar", tags=["campaign"])


class ReminderOut(Answer):
    """A reminder still to come, if the thing is then still owed."""

    code: str
    at: datetime
    day: date
    weekday: str
    text: str
    to: list[Addressee]
    who: str


class EntryOut(Answer):
    """A deadline to come: what it is about, until when, why then, and what ends it.

    *day* is the last one on which the act is in time. One that is not *running* is in
    the plan alone so far. *moved_by* is the act that gives it another day, done by
    *movable_by*; *movable* says it in words, or why nobody moves it.
    """

    owner: str
    deadline: str
    name: str
    about: str
    opens_at: datetime | None
    due_at: datetime
    day: date
    weekday: str
    until: str
    why: str
    ended_by: str | None
    ends: str
    owed_by: list[Role]
    running: bool
    moved_by: str | None
    movable_by: list[Role]
    movable: str
    reminders: list[ReminderOut]


@router.get(
    "",
    summary="Lịch của phong trào: hạn nào, nhắc ai, ngày nào",
    dependencies=[reads("calendar")],
)
def calendar(
    campaign: TheCampaign,
    session: Reading,
    reader: Asking,
    department: Annotated[
        Code | None, Query(description="Chỉ những gì phòng này còn phải làm.")
    ] = None,
    person: Annotated[
        Code | None, Query(description="Chỉ những gì sẽ nhắc đến người này.")
    ] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[EntryOut]:
    """List every deadline to come with its reminders, in the order of time."""
    viewer = viewer_of(session, person, department)
    after = read_cursor(cursor, datetime, str, str)
    found = of_campaign(session, campaign, reader.id, viewer, after, limit + 1)
    about = subjects_in(session, campaign, [entry.owner for entry in found])
    head = head_of(campaign.plan)
    return page(
        found,
        limit,
        lambda entry: entry.place,
        lambda entry: _entry(entry, about[entry.owner], head),
    )


def _entry(entry: Entry, about: str, head: str) -> EntryOut:
    rule, day = rule_of(entry.name), due_day(entry.due_at)
    moving = how_moved(entry.name, running=entry.running)
    by = ACTS[moving.act] if moving.act else None
    return EntryOut(
        owner=entry.owner,
        deadline=entry.name,
        name=rule.name_vi,
        about=about,
        opens_at=entry.opens_at,
        due_at=entry.due_at,
        day=day,
        weekday=words.weekday(day),
        until=due(entry.due_at),
        why=words.why(entry.planned, entry.first, entry.due_at),
        ended_by=rule.ended_by,
        ends=own_words(words.ending(entry.name), head),
        owed_by=sorted(rule.debtors),
        running=entry.running,
        moved_by=moving.act,
        movable_by=sorted(moving.who or (by.who if by else ())),
        movable=own_words(words.movable(moving), head),
        reminders=[_reminder(entry, each, head) for each in entry.reminders],
    )


def _reminder(entry: Entry, one: Reminder, head: str) -> ReminderOut:
    day = local_day(one.at)
    return ReminderOut(
        code=one.code,
        at=one.at,
        day=day,
        weekday=words.weekday(day),
        text=words.which(one.code, one.at, one.left, entry.due_at),
        to=list(one.to),
        who=own_words(words.reached(entry.name, one.to), head),
    )
