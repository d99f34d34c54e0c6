"""What moving a deadline would change, shown before anybody does it."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Query, Response
from pydantic import ValidationError
from sqlmodel import Session

from api.admission import reads
from api.campaigns import whatif
from api.campaigns.whatif import ShiftOut, StepOut
from api.deps import Reading, TheCampaign, find
from api.identity import Asking
from api.statuses import status_of
from api.web.acting.paths import page_of
from api.web.visiting import pages
from api.web.words import gettext
from api.web.year.calendar import EXTEND, target_of_moving
from api.web.year.showing import show
from domain import ids
from domain.acts import ACTS, kind_of, rule_of
from domain.acts.moving import MOVE, moving_of
from domain.calendar import due_day, local_day
from domain.ladder import Addressee
from domain.postponing import unknown_deadline
from domain.refusals import Refused, in_words
from domain.roles import own_words
from duties.subjects import subjects_in
from intake.acts.campaign import NewDue
from intake.acts.phase import NewEnd
from papers import calendar as words
from store.calendars import office_calendar
from store.findings.shifts import running_deadline
from store.knowing.matters import closed_among
from store.office.standing import roles_today
from store.plans import head_of, titles_of
from store.tables import Campaign, Deadline, Person, Phase

router = pages()

_NO_DAY = gettext("Hãy chọn ngày mới.")


@router.get("/lich/{code}/thu-doi", dependencies=[reads("deadline_what_if")])
def try_it(
    campaign: TheCampaign,
    session: Reading,
    visitor: Asking,
    owner: Annotated[str, Query(max_length=150)],
    deadline: Annotated[str, Query(max_length=40)],
    until: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """Ask for another day, and show as a difference what it would change."""
    row = _running(session, visitor, campaign, owner, deadline)
    head = head_of(campaign.plan)
    facts: dict[str, Any] = {"found": None, "said": None, "act": None, "reminders": []}
    status = HTTPStatus.OK
    if until:
        try:
            due = NewDue(owner=row.owner, deadline=row.name, until=until)
            found = _difference(session, visitor, campaign, due)
            facts["found"], facts["reminders"] = found, _reminders(session, found, head)
            facts["act"] = _act(session, visitor, campaign, due)
        except ValidationError:
            facts["said"], status = _NO_DAY, HTTPStatus.UNPROCESSABLE_ENTITY
        except Refused as refused:
            facts["said"] = in_words(refused.refusals)
            status = status_of(refused.refusals)
    return show(
        session,
        visitor,
        campaign,
        "year/moving.html",
        status,
        row=row,
        name=rule_of(row.name).name_vi,
        about=subjects_in(session, campaign, [row.owner])[row.owner],
        movable=own_words(words.movable(moving_of(kind_of(row.name))), head),
        until=until,
        titles={each.code: each.name_vi for each in titles_of(campaign)},
        **facts,
    )


def _running(
    session: Session, visitor: Person, campaign: Campaign, owner: str, name: str
) -> Deadline:
    """Find what runs. Refused (`unknown_deadline`), for what few may know of too."""
    try:
        closed = closed_among(session, [owner], visitor.id)
    except ValueError:  # no id of ours
        raise unknown_deadline() from None
    if closed:
        raise unknown_deadline()
    return running_deadline(session, campaign.id, owner, name)


def _difference(
    session: Session, visitor: Person, campaign: Campaign, due: NewDue
) -> ShiftOut:
    """Ask as the API is asked: of a window for everybody, or of one deadline."""
    if moving_of(kind_of(due.deadline)).act != EXTEND:
        return whatif.look_at_one(campaign, due, session, visitor)
    phase = find(session, Phase, "phase", ids.read(due.owner).key)
    said = {"deadline": due.deadline, "until": due.until}
    return whatif.look(phase, NewEnd.model_validate(said), session, visitor)


@dataclass(frozen=True)
class ReminderShift:
    """A reminder that comes or falls away: when, which it is, and to whom."""

    comes: bool
    on: str
    which: str
    who: str


def _reminders(session: Session, found: ShiftOut, head: str) -> list[ReminderShift]:
    """List what comes and what falls away, in the order of time."""
    calendar = office_calendar(session)

    def said(step: StepOut, *, comes: bool) -> ReminderShift:
        due_at = found.would_be if comes else found.due_at
        day = local_day(step.at)
        left = calendar.working_days_between(day, due_day(due_at))
        to = tuple(Addressee(each) for each in step.to)
        return ReminderShift(
            comes,
            words.on(day),
            words.which(step.code, step.at, left, due_at),
            own_words(words.reached(found.deadline, to), head),
        )

    steps = [(step.at, False, step) for step in found.dropped]
    steps += [(step.at, True, step) for step in found.added]
    steps.sort(key=lambda each: each[:2])
    return [said(step, comes=comes) for _, comes, step in steps]


def _act(
    session: Session, visitor: Person, campaign: Campaign, due: NewDue
) -> str | None:
    """Say where the visitor moves it, if they may: the form is filled in."""
    moving = moving_of(kind_of(due.deadline))
    target = target_of_moving(campaign, moving.act, due.owner)
    if moving.act is None or target is None:
        return None
    who = moving.who or ACTS[moving.act].who
    if not who & roles_today(session, visitor.id):
        return None
    said = due.model_dump(mode="json")
    if moving.act != MOVE:
        del said["owner"]
    return page_of(moving.act, target, f"/lich/{campaign.id}", **said)
