"""What a later end of one deadline would change: read from the rows only."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from domain import ids
from domain.acts import kind_of, rule_of
from domain.ids import Kind
from domain.ladder import Addressee, Step
from domain.postponing import unknown_deadline
from domain.precedence import Overtaking, overtakings
from store.calendars import office_calendar
from store.clock import now
from store.plans import ends_in, plan_of, steps_ahead
from store.tables import Deadline, LadderStep


@dataclass(frozen=True)
class Shift:
    """The reminders that fall away and come, and whatever would be overtaken."""

    dropped: tuple[Step, ...]
    added: tuple[Step, ...]
    overtaken: tuple[Overtaking[datetime], ...]


def running_deadline(
    session: Session, campaign: str, owner: str, name: str
) -> Deadline:
    """Find what runs in a campaign. Refused (`unknown_deadline`)."""
    found = session.get(Deadline, (owner, name))
    if found is None or found.campaign != campaign or found.closed_at is not None:
        raise unknown_deadline()
    return found


def phase_of(owner: str) -> str | None:
    """Name the phase that a deadline stands in the order of, if it does in one's."""
    target = ids.read(owner)
    if target.kind is Kind.DEPARTMENT:
        return ids.department_key(target)[0]
    return target.key if target.kind is Kind.PHASE else None


def shift(session: Session, deadline: Deadline, would_be: datetime) -> Shift:
    """Plan a deadline's ladder as its moving would: from now on, for the new moment."""
    moved = Deadline.model_validate(
        {**deadline.model_dump(), "version": deadline.version + 1, "due_at": would_be}
    )
    ladder = rule_of(deadline.name).ladder
    rungs = plan_of(session, deadline.campaign).ladder(ladder) if ladder else ()
    planned = steps_ahead(moved, rungs, office_calendar(session), now(session))
    coming = _coming(session, deadline)
    return Shift(
        dropped=tuple(step for step in coming if step not in planned),
        added=tuple(step for step in planned if step not in coming),
        overtaken=_overtaken(session, deadline, would_be),
    )


def _coming(session: Session, deadline: Deadline) -> list[Step]:
    """List the steps that have still to go out as things stand."""
    rows = session.exec(
        select(LadderStep)
        .where(
            LadderStep.owner == deadline.owner,
            LadderStep.name == deadline.name,
            LadderStep.version == deadline.version,
            col(LadderStep.ended_at).is_(None),
        )
        .order_by(col(LadderStep.at))
    )
    return [Step(row.code, row.at, tuple(map(Addressee, row.to))) for row in rows]


def _overtaken(
    session: Session, deadline: Deadline, would_be: datetime
) -> tuple[Overtaking[datetime], ...]:
    """Find what the moving would overtake: it is refused then."""
    phase = phase_of(deadline.owner)
    ends = ends_in(session, phase) if phase else {}
    latest = {kind_of(deadline.name): would_be}
    return tuple(overtakings(latest, ends, now(session)))
