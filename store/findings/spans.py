"""How far the days of a process may lie, as its campaign stands."""

from datetime import date

from sqlmodel import Session, col, func, select

from domain import ids
from domain.calendar import due_day
from domain.deadlines import DeadlineKind
from domain.spans import DaySpan, days_of_process
from intake.fields import EARLIEST, LATEST
from store.office.master import today
from store.tables import Campaign, Deadline


def span_of_process(
    session: Session, campaign: str, phase: str | None, day: date
) -> DaySpan:
    """Bound the days that an act of *day* may name: in a phase, or in a campaign."""
    owner = [Deadline.owner == str(ids.phase(phase))] if phase else []
    year, ends = session.exec(
        select(Campaign.year, func.max(col(Deadline.due_at)))
        .outerjoin(
            Deadline,
            (col(Deadline.campaign) == col(Campaign.id))
            # Moved by what a suspension took, as the period's own end is not.
            & (col(Deadline.name) == DeadlineKind.PHASE),
        )
        .where(Campaign.id == campaign, *owner)
        .group_by(col(Campaign.id))
    ).one()
    return days_of_process(year, due_day(ends) if ends else date(year, 12, 31), day)


def span_of_office(session: Session) -> DaySpan:
    """Bound the days of people's lives: what has happened has by today."""
    return DaySpan(EARLIEST, today(session), LATEST)
