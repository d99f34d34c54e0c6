"""*Lịch*: every deadline to come, each reminder, and where a deadline is moved."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import Query, Response
from sqlmodel import Session

from api.admission import open_to, reads
from api.campaigns import calendar as calendar_routes
from api.campaigns.calendar import EntryOut
from api.deps import Reading, TheCampaign
from api.identity import Asking
from api.web.acting.paths import page_of
from api.web.visiting import pages
from api.web.words import gettext
from api.web.year.current import current_campaign, no_campaign, other_campaigns
from api.web.year.showing import show
from domain import ids
from domain.acts import ACTS
from domain.acts.moving import MOVE
from domain.ids import Kind, WorkflowId
from store.calendars import office_calendar
from store.office.master import today
from store.office.standing import roles_today
from store.tables import Campaign, Person

router = pages()

EXTEND = "extend_deadline"
_MANY = 50
Whose = Annotated[Literal["toi"] | None, Query()]
Further = Annotated[str | None, Query(max_length=500)]


@dataclass(frozen=True)
class Dated:
    """An entry: working days left, or past; where it is tried to move it, or done."""

    entry: EntryOut
    left: int
    tried_at: str | None
    moved_at: str | None


@router.get("/lich", dependencies=[reads("calendar")])
def current(
    session: Reading, visitor: Asking, cua: Whose = None, sau: Further = None
) -> Response:
    """Show what is to come in the campaign that goes on now."""
    found = current_campaign(session)
    if found is None:
        return no_campaign(visitor, gettext("Lịch"))
    return _page(session, visitor, found, cua, sau)


@router.get("/lich/{code}", dependencies=[reads("calendar")])
def one(
    campaign: TheCampaign,
    session: Reading,
    visitor: Asking,
    cua: Whose = None,
    sau: Further = None,
) -> Response:
    """Show what is to come in one campaign."""
    return _page(session, visitor, campaign, cua, sau)


def _page(
    session: Session,
    visitor: Person,
    campaign: Campaign,
    whose: str | None,
    cursor: str | None,
) -> Response:
    mine = visitor.id if whose else None
    found = calendar_routes.calendar(
        campaign, session, visitor, person=mine, limit=_MANY, cursor=cursor
    )
    return show(
        session,
        visitor,
        campaign,
        "year/calendar.html",
        mine=bool(mine),
        dated=list(_dated(session, visitor, campaign, found.items)),
        today=today(session),
        following=found.next,
        others=other_campaigns(session, campaign),
    )


def _dated(
    session: Session, visitor: Person, campaign: Campaign, entries: Iterable[EntryOut]
) -> Iterator[Dated]:
    on, calendar = today(session), office_calendar(session)
    roles = roles_today(session, visitor.id)
    may_try = open_to(session, visitor.id, "deadline_what_if")
    for entry in entries:
        moves = not roles.isdisjoint(entry.movable_by)
        yield Dated(
            entry,
            calendar.working_days_between(on, entry.day),
            _trial(campaign, entry) if may_try else None,
            _act(campaign, entry) if moves else None,
        )


def _trial(campaign: Campaign, entry: EntryOut) -> str | None:
    """Say where moving is tried: of what one act moves, for everybody at once."""
    common = ids.read(entry.owner).kind is Kind.PHASE
    if entry.moved_by == MOVE or (entry.moved_by == EXTEND and common):
        asked = urlencode({"owner": entry.owner, "deadline": entry.deadline})
        return f"/lich/{campaign.id}/thu-doi?{asked}"
    return None


def _act(campaign: Campaign, entry: EntryOut) -> str | None:
    target = target_of_moving(campaign, entry.moved_by, entry.owner)
    if target is None or entry.moved_by is None:
        return None
    said = {"deadline": entry.deadline}
    if entry.moved_by == MOVE:
        said |= {"owner": entry.owner}
    elif ids.read(entry.owner).kind is Kind.DEPARTMENT:
        said |= {"department": ids.department_key(ids.read(entry.owner))[1]}
    return f"{page_of(entry.moved_by, target)}?{urlencode(said)}"


def target_of_moving(
    campaign: Campaign, act: str | None, owner: str
) -> WorkflowId | None:
    """Say at what an act is aimed that moves an owner's deadline; None: no one knows.

    What is kept by a meeting or a decision is moved by an act on the campaign, or by
    calling another meeting.
    """
    keeper = ids.read(owner)
    match Kind(ACTS[act].target) if act else None:
        case Kind.CAMPAIGN:
            return ids.campaign(campaign.id)
        case Kind.PHASE if keeper.kind is Kind.PHASE:
            return keeper
        case Kind.PHASE if keeper.kind is Kind.DEPARTMENT:
            return ids.phase(ids.department_key(keeper)[0])
        case Kind.CASE if keeper.kind is Kind.CASE:
            return keeper
    return None
