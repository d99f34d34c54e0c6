"""Suspending a campaign, and resuming it with every deadline moved."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import col, select, update

from activities.deed import Deed
from activities.effects.registry import Answer, Call, effect
from activities.services.calendar.deadlines import move_deadlines
from activities.services.council.convening import move_meetings
from activities.services.progress.campaigns import phases_of, tell_all, wake_all
from activities.stages import reach
from domain import ids
from domain.acts import kind_of
from domain.calendar import resume_after
from domain.deadlines import DeadlineKind
from domain.states import CampaignState, SessionState
from intake.fields import Empty, Reason
from store.calendars import office_calendar
from store.database import lock
from store.tables import CouncilSession, Deadline, Phase, Window

_S = CampaignState


@effect("suspend")
def suspend(call: Call, body: Reason) -> Answer:
    """Suspend: no acts and no notices until it resumes."""
    campaign = call.campaign()
    campaign.suspended_at = call.deed.at
    reach(call.deed, campaign, _S.SUSPENDED)
    tell_all(call.deed, campaign, "suspended", at=call.deed.at, reason=body.reason)
    wake_all(call.deed)
    return {"state": campaign.state}


@effect("resume")
def resume(call: Call, _body: Empty) -> Answer:
    """Resume: every running deadline moves by the working time that was lost."""
    # Before their campaign, in the order in which a ballot holds them.
    meetings = _meetings(call.deed)
    campaign = call.campaign()
    since = campaign.suspended_at
    assert since is not None  # noqa: S101 - a CHECK of the table says so
    campaign.suspended_at = None
    reach(call.deed, campaign, _S.RUNNING)
    call.session.flush()
    _move_deadlines(call.deed, since, meetings)
    tell_all(call.deed, campaign, "resumed", at=call.deed.at)
    wake_all(call.deed)
    return {"state": campaign.state}


def _meetings(deed: Deed) -> dict[str, CouncilSession]:
    """Hold the meetings that are still to come, by the owners of their deadlines."""
    ahead = (
        CouncilSession.campaign == deed.campaign,
        CouncilSession.state == SessionState.CONVENED,
    )
    rows = lock(deed.session, CouncilSession, *ahead)
    return {str(ids.council(row.id)): row for row in rows}


def _move_deadlines(
    deed: Deed, since: datetime, meetings: Mapping[str, CouncilSession]
) -> None:
    calendar = office_calendar(deed.session)
    running = lock(
        deed.session,
        Deadline,
        Deadline.campaign == deed.campaign,
        col(Deadline.closed_at).is_(None),
    )
    moved = [
        (deadline, resume_after(calendar, deadline.due_at, since, deed.at))
        for deadline in running
        # A power ends on its day, whatever rests meanwhile.
        if kind_of(deadline.name) is not DeadlineKind.DELEGATION
    ]
    moved = [(each, due) for each, due in moved if due != each.due_at]
    move_deadlines(deed, moved)
    _move_windows(deed, since)
    later = [
        (meetings[each.owner], due)
        for each, due in moved
        if kind_of(each.name) is DeadlineKind.MEETING
    ]
    move_meetings(deed, later)


def _move_windows(deed: Deed, since: datetime) -> None:
    calendar = office_calendar(deed.session)
    phases_of(deed.session, deed.campaign)  # held, so that their windows stand
    ours = col(Window.phase).in_(
        select(Phase.id).where(Phase.campaign == deed.campaign)
    )
    ends = deed.session.exec(select(Window.due_at).where(ours).distinct()).all()
    # The last first: none may move to where another has still to move from.
    moved = [
        {"was": end, "will_be": resume_after(calendar, end, since, deed.at)}
        for end in sorted(ends, reverse=True)
    ]
    if moved:
        at_once = update(Window).where(ours, col(Window.due_at) == bindparam("was"))
        deed.session.connection().execute(
            at_once.values(due_at=bindparam("will_be")), moved
        )
