"""Deadlines and their ladders: set, moved by a new version, closed with their task."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import tuple_
from sqlmodel import Session, col, select, update

from activities.deed import Deed
from domain import ids
from domain.acts import kind_of, owed_no_more, require_deadline, rule_of
from domain.calendar import end_of
from domain.deadlines import DeadlineKind
from domain.ids import Kind, WorkflowId
from domain.ladder import Rung, Step, at_short_notice, escalates
from domain.rules.limits import Sla
from intake.schedule import rolled
from store.calendars import office_calendar
from store.database import lock, one_of, update_all
from store.plans import plan_of, steps_ahead
from store.tables import Deadline, LadderStep


def set_deadline(
    deed: Deed,
    owner: str,
    name: str,
    due_at: datetime,
    opens_at: datetime | None = None,
    period_end: date | None = None,
) -> Deadline:
    """Give *owner* the deadline *name*, or a new version of it, and plan its ladder.

    A new version ends what the old one had planned and had not sent.
    """
    require_deadline(deed.kind, kind_of(name), ids.read(owner).kind)
    deed.dated.add((owner, name))
    known = lock(deed.session, Deadline, Deadline.owner == owner, Deadline.name == name)
    deadline = known[0] if known else _new(deed, owner, name, due_at)
    if known:
        _end_steps(deed, known)
        deadline.version += 1
    deadline.due_at, deadline.closed_at = due_at, None
    deadline.opens_at = opens_at or deadline.opens_at
    deadline.period_end = period_end or deadline.period_end
    deed.session.add(deadline)
    _plan_ladders(deed, [deadline], new=not known)
    return deadline


def move_deadlines(deed: Deed, moved: Sequence[tuple[Deadline, datetime]]) -> None:
    """Give deadlines that run, and are held locked, a new version each, all at once."""
    deadlines = [deadline for deadline, _ in moved]
    if not deadlines:
        return
    _end_steps(deed, deadlines)
    for deadline, due_at in moved:
        keeper = ids.read(deadline.owner).kind
        require_deadline(deed.kind, kind_of(deadline.name), keeper)
        deadline.version, deadline.due_at = deadline.version + 1, due_at
    update_all(deed.session, deadlines, "version", "due_at")
    _plan_ladders(deed, deadlines)


def _new(deed: Deed, owner: str, name: str, due_at: datetime) -> Deadline:
    return Deadline(
        owner=owner,
        name=name,
        campaign=deed.campaign,
        due_at=due_at,
        original_due_at=due_at,
    )


def _plan_ladders(
    deed: Deed, deadlines: Sequence[Deadline], *, new: bool = False
) -> None:
    deed.session.add_all(
        LadderStep(
            owner=deadline.owner,
            name=deadline.name,
            version=deadline.version,
            code=step.code,
            at=step.at,
            to=list(step.to),
            overdue=escalates(step, deadline.due_at),
        )
        for deadline, steps in steps_of(deed, deadlines, new=new)
        for step in steps
    )


def steps_of(
    deed: Deed, deadlines: Sequence[Deadline], *, new: bool = False
) -> Iterator[tuple[Deadline, tuple[Step, ...]]]:
    """Give the steps that are still ahead of each deadline, by the calendar of now."""
    calendar = office_calendar(deed.session)
    ladders = {name: _rungs(deed, name) for name in {each.name for each in deadlines}}
    for deadline in deadlines:
        rungs = ladders[deadline.name]
        steps = steps_ahead(deadline, rungs, calendar, deed.at, new=new)
        if kind_of(deadline.name) is DeadlineKind.MEETING:
            since = max(deed.at, deadline.opens_at or deed.at)
            steps = at_short_notice(steps, rungs, deadline.due_at, since)
        yield deadline, steps


def _end_steps(
    deed: Deed, deadlines: Sequence[Deadline], before: datetime | None = None
) -> None:
    """Pass over the steps of these versions that were not sent."""
    versions = [(each.owner, each.name, each.version) for each in deadlines]
    version = (col(LadderStep.owner), col(LadderStep.name), col(LadderStep.version))
    statement = update(LadderStep).where(
        tuple_(*version).in_(versions), col(LadderStep.ended_at).is_(None)
    )
    if before is not None:
        statement = statement.where(col(LadderStep.at) < before)
    deed.session.flush()
    deed.session.exec(statement.values(ended_at=deed.at))


def pass_over_reminders(deed: Deed, deadline: Deadline) -> None:
    """Drop the reminders that would come after the moment they remind of."""
    _end_steps(deed, [deadline], before=deadline.due_at)


def running(session: Session, owner: str) -> dict[str, Deadline]:
    """Find the deadlines that a workflow keeps now, by name."""
    rows = session.exec(
        select(Deadline).where(
            Deadline.owner == owner, col(Deadline.closed_at).is_(None)
        )
    )
    return {row.name: row for row in rows}


def close_deadlines(deed: Deed, owner: str, *names: str) -> None:
    """Close deadlines with their task: nothing more goes out for them.

    Raises ValueError for a name that no deadline has.
    """
    close_deadlines_of(deed, [owner], *names)


def close_own(deed: Deed, target: WorkflowId) -> None:
    """Close what an act ends of what was owed to its target, unless it set it anew."""
    owner, ended = str(target), owed_no_more(deed.kind)
    close_deadlines(deed, owner, *(x for x in ended if (owner, x) not in deed.dated))


def close_deadlines_of(deed: Deed, owners: Sequence[str], *names: str) -> None:
    """Close deadlines of the same names of many."""
    for name in names:
        kind_of(name)
    if names:
        _close(deed, one_of(col(Deadline.owner), owners), col(Deadline.name).in_(names))


def close_all_of_departments(deed: Deed, phase: str, *names: str) -> None:
    """Close what single departments of a phase have been given for themselves."""
    owners = [
        owner
        for owner in _owners(deed)
        if owner.kind is Kind.DEPARTMENT and ids.department_key(owner)[0] == phase
    ]
    close_deadlines_of(deed, list(map(str, owners)), *names)


def close_all_of_campaign(deed: Deed, *, but: Sequence[Kind] = ()) -> None:
    """Close every deadline of the campaign, save those of some kinds of workflow."""
    owners = [owner for owner in _owners(deed) if owner.kind not in but]
    _close(deed, one_of(col(Deadline.owner), map(str, owners)))


def _owners(deed: Deed) -> list[WorkflowId]:
    """List whose deadlines still run in the campaign."""
    rows = deed.session.exec(
        select(Deadline.owner)
        .where(Deadline.campaign == deed.campaign, col(Deadline.closed_at).is_(None))
        .distinct()
    )
    return [ids.read(owner) for owner in rows]


def _close(deed: Deed, *which: Any) -> None:
    deed.session.flush()
    deed.session.exec(
        update(Deadline)
        .where(col(Deadline.closed_at).is_(None), *which)
        .values(closed_at=deed.at)
    )
    theirs: Any = tuple_(col(LadderStep.owner), col(LadderStep.name))
    closed = select(Deadline.owner, Deadline.name).where(*which)
    deed.session.exec(
        update(LadderStep)
        .where(col(LadderStep.ended_at).is_(None), theirs.in_(closed))
        .values(ended_at=deed.at)
    )


def _rungs(deed: Deed, name: str) -> tuple[Rung, ...]:
    """Find the rungs of a deadline: the plan's, or the product's own."""
    ladder = rule_of(name).ladder
    return plan_of(deed.session, deed.campaign).ladder(ladder) if ladder else ()


def by_sla(deed: Deed, sla: Sla, since: date) -> datetime:
    """Give the end of a rule's time limit, counted from a day."""
    return end_of(sla.last_day(since, office_calendar(deed.session)))


def in_working_days(deed: Deed, days: int) -> datetime:
    """Give the end of the n-th working day from today."""
    return end_of(office_calendar(deed.session).shift(deed.day, days))


def by_plan(deed: Deed, day: date | None, days: int) -> datetime:
    """Give the end of the plan's own day while it is ahead, else of the n-th from now.

    *days* are working days.
    """
    if day is not None:
        calendar = office_calendar(deed.session)
        due_at = rolled(plan_of(deed.session, deed.campaign), calendar, day)
        if due_at > deed.at:
            return due_at
    return in_working_days(deed, days)
