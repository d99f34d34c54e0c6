"""What a changed calendar moves in a campaign: read from the rows only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from domain import ids
from domain.acts import kind_of
from domain.calendar import WorkingCalendar, due_day, local_day, start_of
from domain.deadlines import DeadlineKind
from domain.ids import Kind
from domain.rerolling import rerolled
from intake.schedule import schedule_of
from store.calendars import calendar_with, own_days
from store.clock import now
from store.plans import plan_of
from store.tables import Campaign, Deadline, Decision

# The plan's days of a campaign, a phase or a decision: by whose deadline, of what kind.
Days = Mapping[tuple[str, str], date]
_DECISION = DeadlineKind.DECISION


@dataclass(frozen=True)
class Reroll:
    """A deadline, and when it ends by another calendar."""

    deadline: Deadline
    due_at: datetime

    @property
    def moves(self) -> bool:
        """Say whether it ends on another day."""
        return self.due_at != self.deadline.due_at


def running_in(session: Session, campaign: str) -> list[Deadline]:
    """List what runs in a campaign."""
    query = select(Deadline).where(
        Deadline.campaign == campaign, col(Deadline.closed_at).is_(None)
    )
    return list(session.exec(query.order_by(col(Deadline.due_at), Deadline.owner)))


def supposed(
    session: Session, campaign: Campaign, day: date, working: bool | None
) -> list[Reroll]:
    """Find what moves if a day works, or not; None: as the published calendar says."""
    days = {**own_days(session), day.isoformat(): working}
    entered = {name: works for name, works in days.items() if works is not None}
    after = calendar_with(entered)
    rows = running_in(session, campaign.id)
    return [each for each in rerolls(session, campaign, rows, after) if each.moves]


def rerolls(
    session: Session,
    campaign: Campaign,
    rows: Sequence[Deadline],
    after: WorkingCalendar,
) -> list[Reroll]:
    """Find where each deadline goes, from the days that it was last rolled by."""
    before = calendar_with(campaign.own_days)
    policy = plan_of(session, campaign.id).roll
    planned, today = _planned(session, campaign.id, after), local_day(now(session))
    found = []
    for row in rows:
        kind, day = kind_of(row.name), due_day(row.due_at)
        by_plan = planned.get((row.owner, kind))
        to = rerolled(kind, day, today, before, after, by_plan, policy)
        found.append(Reroll(row, start_of(to) + (row.due_at - start_of(day))))
    return found


def _planned(session: Session, campaign: str, calendar: WorkingCalendar) -> Days:
    plan = plan_of(session, campaign)
    schedule = schedule_of(plan, calendar)
    days: dict[tuple[str, str], date] = {(x.owner, x.kind): x.day for x in schedule}
    decided = session.exec(
        select(Decision.id, Decision.phase).where(Decision.campaign == campaign)
    )
    for key, phase in decided:
        if day := days.get((str(ids.phase(phase)), _DECISION)):
            days[str(ids.decision(key)), _DECISION] = day
    return days


def is_of_a_matter(row: Deadline) -> bool:
    """Say whether a deadline is that of a matter, which not everybody may know of."""
    return ids.read(row.owner).kind is Kind.CASE
