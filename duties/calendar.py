"""What is to come in a campaign: every deadline, and the reminders that hang on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import tuple_
from sqlmodel import Session, col, select

from domain import ids
from domain.acts import DEADLINES, rule_of
from domain.calendar import WorkingCalendar, due_day, local_day, start_of
from domain.deadlines import DeadlineKind
from domain.ladder import Addressee, Step
from domain.states import CampaignState
from duties.viewers import Viewer, concerns, which
from intake.plans import Plan
from intake.schedule import Scheduled, schedule_of
from store.calendars import office_calendar
from store.database import one_of
from store.knowing.decisions import known_decisions
from store.knowing.matters import about_readable
from store.plans import plan_of, steps_ahead
from store.tables import (
    Campaign,
    Deadline,
    Decision,
    LadderStep,
)

# Where a deadline stands in the order of time: due moment, owner, name.
Place = tuple[datetime, str, str]
_OVER = (CampaignState.CLOSED, CampaignState.CANCELLED)


@dataclass(frozen=True)
class Reminder:
    """A step still to go out, *left* working days before the due day (after: < 0)."""

    code: str
    at: datetime
    to: tuple[Addressee, ...]
    left: int


@dataclass(frozen=True)
class Entry:
    """A deadline that is to come, or that is past and whose matter is still open.

    *planned* is the plan's own day, None where the deadline follows from something
    else; *first* is when it was due before anybody moved it. What is not *running* is
    so far in the plan alone.
    """

    owner: str
    name: str
    opens_at: datetime | None
    due_at: datetime
    first: datetime
    planned: date | None
    running: bool
    reminders: tuple[Reminder, ...]
    # One more each time that it is moved; what is in the plan alone has none.
    version: int = 0

    @property
    def place(self) -> Place:
        """Where it stands in the order of time."""
        return self.due_at, self.owner, self.name


def of_plan(plan: Plan, calendar: WorkingCalendar) -> list[Entry]:
    """Give the calendar of a plan before anything has happened, in order of time."""
    entries = [_planned(plan, calendar, each) for each in schedule_of(plan, calendar)]
    return sorted(entries, key=lambda entry: entry.place)


def of_campaign(
    session: Session,
    campaign: Campaign,
    reader: str,
    viewer: Viewer | None,
    after: Place | None,
    most: int,
) -> list[Entry]:
    """Read at most so many entries *after* a place, in so many statements.

    What belongs to matters closed to the *reader* is left out; with a *viewer*, all
    that would not be written to them.
    """
    plan = plan_of(session, campaign.id)
    calendar = office_calendar(session)
    scheduled = list(schedule_of(plan, calendar))
    planned = {(each.owner, str(each.kind)): each for each in scheduled}
    where = which(session, campaign, plan, viewer)
    rows = _rows(session, campaign, reader, where, after, most)
    steps = _steps(session, rows)
    entries = [
        *(_running(row, planned, steps[row.owner, row.name], calendar) for row in rows),
        *(
            _planned(plan, calendar, each)
            for each in _not_yet(session, campaign, reader, scheduled)
            if viewer is None or concerns(plan, viewer, each.kind)
        ),
    ]
    entries.sort(key=lambda entry: entry.place)
    left = [each for each in entries if after is None or each.place > after][:most]
    return [_seen(each, viewer) for each in left]


def _running(
    row: Deadline,
    planned: Mapping[tuple[str, str], Scheduled],
    steps: Iterable[LadderStep],
    calendar: WorkingCalendar,
) -> Entry:
    own = planned.get((row.owner, row.name))
    return Entry(
        owner=row.owner,
        name=row.name,
        opens_at=row.opens_at,
        due_at=row.due_at,
        first=row.original_due_at,
        planned=own.day if own else None,
        running=True,
        version=row.version,
        reminders=tuple(
            _reminder(
                calendar,
                row.due_at,
                Step(step.code, step.at, tuple(map(Addressee, step.to))),
            )
            for step in steps
        ),
    )


def _planned(plan: Plan, calendar: WorkingCalendar, each: Scheduled) -> Entry:
    ladder = DEADLINES[each.kind].ladder
    rungs = plan.ladder(ladder) if ladder else ()
    deadline = Deadline(
        owner=each.owner,
        name=each.kind,
        campaign=plan.code,
        opens_at=each.opens_at,
        due_at=each.due_at,
        original_due_at=each.due_at,
        period_end=each.period_end,
    )
    steps = steps_ahead(deadline, rungs, calendar, start_of(date(plan.year - 1, 1, 1)))
    return Entry(
        owner=each.owner,
        name=each.kind,
        opens_at=each.opens_at,
        due_at=each.due_at,
        first=each.due_at,
        planned=each.day,
        running=False,
        reminders=tuple(_reminder(calendar, each.due_at, step) for step in steps),
    )


def _reminder(calendar: WorkingCalendar, due_at: datetime, step: Step) -> Reminder:
    left = calendar.working_days_between(local_day(step.at), due_day(due_at))
    return Reminder(step.code, step.at, step.to, left)


def _seen(entry: Entry, viewer: Viewer | None) -> Entry:
    """Keep the reminders that would be written to the viewer."""
    if viewer is None:
        return entry
    rule = rule_of(entry.name)
    theirs = tuple(
        each for each in entry.reminders if rule.written_to(each.to) & viewer.roles
    )
    return replace(entry, reminders=theirs)


def _not_yet(
    session: Session, campaign: Campaign, reader: str, scheduled: Sequence[Scheduled]
) -> list[Scheduled]:
    """Leave what the plan alone sets so far: nobody keeps it yet, nor has kept it.

    A decision keeps the plan's day only if the council has passed what it is on.
    """
    if campaign.state in _OVER:
        return []
    owners = {each.owner for each in scheduled}
    kept: set[tuple[str, str]] = set(
        session.exec(
            select(Deadline.owner, Deadline.name).where(
                one_of(col(Deadline.owner), owners)
            )
        )
    )
    known = known_decisions(session, reader)
    decided = session.exec(
        select(Decision.phase).where(
            Decision.campaign == campaign.id, col(Decision.session).is_not(None), known
        )
    )
    kept |= {(str(ids.phase(phase)), str(DeadlineKind.DECISION)) for phase in decided}
    return [each for each in scheduled if (each.owner, str(each.kind)) not in kept]


def _rows(
    session: Session,
    campaign: Campaign,
    reader: str,
    where: Any,
    after: Place | None,
    most: int,
) -> Sequence[Deadline]:
    place = tuple_(col(Deadline.due_at), col(Deadline.owner), col(Deadline.name))
    query = select(Deadline).where(
        Deadline.campaign == campaign.id,
        col(Deadline.closed_at).is_(None),
        about_readable(session, campaign.id, reader, col(Deadline.owner)),
        where,
    )
    if after is not None:
        query = query.where(place > after)
    return session.exec(query.order_by(*place).limit(most)).all()


def _steps(
    session: Session, rows: Sequence[Deadline]
) -> Mapping[tuple[str, str], list[LadderStep]]:
    found: dict[tuple[str, str], list[LadderStep]] = {
        (row.owner, row.name): [] for row in rows
    }
    whose = tuple_(col(LadderStep.owner), col(LadderStep.name))
    steps = session.exec(
        select(LadderStep)
        .where(whose.in_(list(found)), col(LadderStep.ended_at).is_(None))
        .order_by(col(LadderStep.at), LadderStep.code)
    )
    for step in steps:
        found[step.owner, step.name].append(step)
    return found
