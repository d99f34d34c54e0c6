"""Deadlines and their ladders: set, moved by a new version, closed with their task."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlmodel import col, select, update

from activities.deed import Deed
from domain.ladder import Rung, climb
from store.database import lock
from store.plans import calendar_of
from store.tables import Deadline, LadderStep


def set_deadline(
    deed: Deed,
    owner: str,
    name: str,
    due_at: datetime,
    rungs: Iterable[Rung] = (),
    opens_at: datetime | None = None,
    period_end: date | None = None,
) -> Deadline:
    """Give *owner* the deadline *name*, or a new version of it, and plan its ladder.

    A new version ends what the old one had planned and had not sent.
    """
    known = lock(deed.session, Deadline, Deadline.owner == owner, Deadline.name == name)
    deadline = known[0] if known else _new(deed, owner, name, due_at)
    if known:
        _end_steps(deed, deadline)
        deadline.version += 1
    deadline.due_at, deadline.closed_at = due_at, None
    deadline.opens_at = opens_at or deadline.opens_at
    deed.session.add(deadline)
    _plan_ladder(deed, deadline, rungs, period_end)
    return deadline


def _new(deed: Deed, owner: str, name: str, due_at: datetime) -> Deadline:
    return Deadline(
        owner=owner,
        name=name,
        campaign=deed.campaign,
        due_at=due_at,
        original_due_at=due_at,
    )


def _plan_ladder(
    deed: Deed, deadline: Deadline, rungs: Iterable[Rung], period_end: date | None
) -> None:
    begins = max(deed.at, deadline.opens_at or deed.at)
    steps = climb(
        rungs,
        deadline.due_at,
        calendar_of(deed.session, deed.campaign),
        not_before=begins,
        period_end=period_end,
    )
    deed.session.add_all(
        LadderStep(
            owner=deadline.owner,
            name=deadline.name,
            version=deadline.version,
            code=step.code,
            at=step.at,
            to=list(step.to),
        )
        for step in steps
    )


def _end_steps(deed: Deed, deadline: Deadline, before: datetime | None = None) -> None:
    """Pass over the steps of a version that were not sent."""
    statement = update(LadderStep).where(
        col(LadderStep.owner) == deadline.owner,
        col(LadderStep.name) == deadline.name,
        col(LadderStep.version) == deadline.version,
        col(LadderStep.ended_at).is_(None),
    )
    if before is not None:
        statement = statement.where(col(LadderStep.at) < before)
    deed.session.flush()
    deed.session.exec(statement.values(ended_at=deed.at))


def pass_over_reminders(deed: Deed, deadline: Deadline) -> None:
    """Drop the reminders that would come after the moment they remind of."""
    _end_steps(deed, deadline, before=deadline.due_at)


def close_deadlines(deed: Deed, owner: str, *names: str) -> None:
    """Close deadlines with their task: nothing more goes out for them."""
    running = lock(
        deed.session,
        Deadline,
        Deadline.owner == owner,
        col(Deadline.name).in_(names),
        col(Deadline.closed_at).is_(None),
    )
    for deadline in running:
        _end_steps(deed, deadline)
        deadline.closed_at = deed.at
        deed.session.add(deadline)


def close_all_of_campaign(deed: Deed) -> None:
    """Close every deadline of the campaign."""
    running = select(Deadline.owner, Deadline.name).where(
        Deadline.campaign == deed.campaign, col(Deadline.closed_at).is_(None)
    )
    for owner, name in deed.session.exec(running).all():
        close_deadlines(deed, owner, name)
