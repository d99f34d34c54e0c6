"""Suspending a campaign, and resuming it with every deadline moved."""

from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import col, select, update

from activities.deed import Deed
from activities.effects.registry import Answer, Call, effect
from activities.services.calendar.deadlines import move_deadlines
from activities.services.progress.campaigns import phases_of, tell_all, wake_all
from activities.stages import reach
from domain.calendar import resume_after
from domain.deadlines import DeadlineKind, kind_of
from domain.states import CampaignState
from intake.fields import Empty, Reason
from store.calendars import office_calendar
from store.database import lock
from store.tables import Deadline, Phase, Window

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
    campaign = call.campaign()
    since = campaign.suspended_at
    assert since is not None  # noqa: S101 - a CHECK of the table says so
    campaign.suspended_at = None
    reach(call.deed, campaign, _S.RUNNING)
    call.session.flush()
    _move_deadlines(call.deed, since)
    tell_all(call.deed, campaign, "resumed", at=call.deed.at)
    wake_all(call.deed)
    return {"state": campaign.state}


def _move_deadlines(deed: Deed, since: datetime) -> None:
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
    move_deadlines(deed, [(each, due) for each, due in moved if due != each.due_at])
    _move_windows(deed, since)


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
