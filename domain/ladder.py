"""The reminders and escalations that hang on a deadline, and when each goes out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from operator import attrgetter

from domain.calendar import (
    ONE_DAY,
    WorkingCalendar,
    due_day,
    local_day,
    moment,
    require_aware,
)
from domain.roles import DESK, Role

MORNING = time(8)
LAST_CALL = timedelta(hours=1)


class Addressee(StrEnum):
    """Who a step is written to, as a relation to the object that is due."""

    DEPARTMENT = "department"
    DEPARTMENT_HEAD = "department_head"
    SECRETARIAT = "secretariat"
    DEPUTY_DIRECTOR = "deputy_director"
    DIRECTOR = "director"
    UNION = "union"
    COUNCIL_MEMBER = "council_member"
    COUNCIL_CHAIR = "council_chair"
    COUNCIL_SECRETARY = "council_secretary"


class Ladder(StrEnum):
    """For whom a ladder is written; a plan may write the first four anew."""

    DEPARTMENT = "department"
    SECRETARIAT = "secretariat"
    DIRECTOR = "director"
    COUNCIL = "council"
    BOTH_SIDES = "both_sides"
    DELEGATION = "delegation"


@dataclass(frozen=True)
class Rung:
    """A step before it has a date: *days* working days after the due day.

    Negative days come before the due day and zero is the day itself.
    """

    code: str
    days: int
    to: tuple[Addressee, ...]
    at: time = MORNING


@dataclass(frozen=True)
class Step:
    """A rung with its moment. The code is part of a notice's key: keep it stable."""

    code: str
    at: datetime
    to: tuple[Addressee, ...]


def climb(
    rungs: Iterable[Rung],
    due_at: datetime,
    calendar: WorkingCalendar,
    not_before: datetime | None = None,
    period_end: date | None = None,
    *,
    invites: datetime | None = None,
) -> tuple[Step, ...]:
    """Plan a deadline's steps in order of time, at most one a moment.

    *due_at* is exclusive. Steps before *not_before* (the window's opening) are left
    out. With *period_end*, those who owe are also written to on that very date and
    on the last working day before it, whatever day the deadline has rolled to. With
    *invites*, they are invited on the first working morning from that moment on, and
    not reminded before the day after.
    """
    ordered = sorted(rungs, key=attrgetter("days"))
    steps = _merged(
        [
            *_around(period_end, ordered, calendar),
            *(Step(r.code, _moment_of(r, due_at, calendar), r.to) for r in ordered),
        ]
    )
    if invites is not None:
        steps = list(_inviting(steps, invites, due_at, calendar))
    return tuple(s for s in steps if not_before is None or s.at >= not_before)


def _inviting(
    steps: Iterable[Step],
    invites: datetime,
    due_at: datetime,
    calendar: WorkingCalendar,
) -> Iterator[Step]:
    """Put the invitation before all that does not come on its day, or sooner."""
    day = calendar.next_working(local_day(invites))
    if moment(day, MORNING) < invites:
        day = calendar.next_working(day + ONE_DAY)
    at = moment(day, MORNING)
    if at < due_at:
        yield Step(INVITATION, at, (Addressee.DEPARTMENT,))
    yield from (s for s in steps if s.at >= due_at or local_day(s.at) > day)


def at_short_notice(
    steps: Sequence[Step], rungs: Iterable[Rung], due_at: datetime, not_before: datetime
) -> tuple[Step, ...]:
    """Remind an hour before a meeting that every other reminder would come too late."""
    last, first = due_at - LAST_CALL, min(rungs, key=attrgetter("days"))
    if last < not_before or any(step.at < due_at for step in steps):
        return tuple(steps)
    return Step(BEFORE_A_MEETING, last, first.to), *steps


def escalates(step: Step, due_at: datetime) -> bool:
    """Say whether a step tells somebody that what was due at *due_at* is late.

    The end of a delegation is written to nobody who owes: it ends, and is not late.
    """
    return bool(step.to) and step.at >= due_at


def latest_overdue(
    steps: Iterable[Step], now: datetime
) -> tuple[Step | None, tuple[Step, ...]]:
    """Split the unsent steps whose moment has come: the latest to send, and the rest.

    After an outage the older ones say nothing that the latest does not.
    """
    require_aware(now)
    overdue = sorted((s for s in steps if s.at <= now), key=attrgetter("at"))
    if not overdue:
        return None, ()
    return overdue[-1], tuple(overdue[:-1])


def _moment_of(rung: Rung, due_at: datetime, calendar: WorkingCalendar) -> datetime:
    day = calendar.shift(due_day(due_at), rung.days)
    if rung.days != 0:
        return moment(day, rung.at)
    # The last reminder must find people at work, and come before the deadline does.
    day = calendar.previous_working(day)
    if moment(day, rung.at) >= due_at:
        day = calendar.previous_working(day - ONE_DAY)
    return moment(day, rung.at)


# The product's own steps; a rung of a plan has another code.
INVITATION = "invitation"
OF_THE_PERIOD = ("before_period_end", "period_end")
BEFORE_A_MEETING = "last_call"
OUR_OWN = (INVITATION, *OF_THE_PERIOD, BEFORE_A_MEETING)


def _around(
    period_end: date | None, ordered: Sequence[Rung], calendar: WorkingCalendar
) -> Iterator[Step]:
    """Remind on the period's end, even a Sunday, and on the last working day before.

    The first rung knows who owes; the later ones also tell others.
    """
    if period_end is None or not ordered:
        return
    owing = ordered[0].to
    eve = calendar.previous_working(period_end - ONE_DAY)
    for code, day in zip(OF_THE_PERIOD, (eve, period_end), strict=True):
        yield Step(code, moment(day, MORNING), owing)


def _merged(steps: Iterable[Step]) -> list[Step]:
    """Join steps of one moment under the more urgent code, which comes later.

    Nobody is left out by it and nobody is written to twice.
    """
    merged: dict[datetime, Step] = {}
    for step in steps:
        milder = merged[step.at].to if step.at in merged else ()
        merged[step.at] = replace(step, to=tuple(dict.fromkeys((*step.to, *milder))))
    return sorted(merged.values(), key=attrgetter("at"))


def _before(days: int, *to: Addressee) -> Rung:
    return Rung(f"before_{days}", -days, to)


def _on_the_day(*to: Addressee) -> Rung:
    return Rung("due_day", 0, to)


def _overdue(days: int, *to: Addressee) -> Rung:
    return Rung(f"overdue_{days}", days, to)


OWED_BY_DEPARTMENT = (
    _before(30, Addressee.DEPARTMENT),
    _before(15, Addressee.DEPARTMENT),
    _before(7, Addressee.DEPARTMENT),
    _before(3, Addressee.DEPARTMENT),
    _before(1, Addressee.DEPARTMENT),
    _on_the_day(Addressee.DEPARTMENT, Addressee.DEPARTMENT_HEAD),
    _overdue(1, Addressee.DEPARTMENT_HEAD),
    _overdue(2, Addressee.SECRETARIAT),
    _overdue(3, Addressee.DEPUTY_DIRECTOR),
    _overdue(5, Addressee.DIRECTOR),
)

OWED_BY_SECRETARIAT = (
    _before(3, Addressee.SECRETARIAT),
    _before(1, Addressee.SECRETARIAT),
    _on_the_day(Addressee.SECRETARIAT),
    _overdue(1, Addressee.DEPUTY_DIRECTOR),
    _overdue(3, Addressee.DIRECTOR),
)

# Nobody stands above the director here, so an overdue decision goes sideways.
OWED_BY_DIRECTOR = (
    _before(2, Addressee.DIRECTOR),
    _before(1, Addressee.DIRECTOR),
    _on_the_day(Addressee.DIRECTOR),
    _overdue(1, Addressee.DEPUTY_DIRECTOR),
    _overdue(2, Addressee.SECRETARIAT),
    _overdue(3, Addressee.UNION),
)

# The pact has two sides, and either may be the one that keeps it waiting.
OWED_BY_BOTH_SIDES = (
    _before(1, Addressee.DIRECTOR, Addressee.UNION),
    _on_the_day(Addressee.DIRECTOR, Addressee.UNION),
    _overdue(1, Addressee.DEPUTY_DIRECTOR),
    _overdue(2, Addressee.SECRETARIAT),
)

OWED_BY_COUNCIL = (
    _before(3, Addressee.COUNCIL_MEMBER),
    _before(1, Addressee.COUNCIL_MEMBER),
    _on_the_day(Addressee.COUNCIL_MEMBER),
    _overdue(1, Addressee.COUNCIL_CHAIR),
    _overdue(2, Addressee.DIRECTOR),
)

# Whom a delegation concerns stands in its own row.
OF_A_DELEGATION = (Rung("before_1", -1, ()), Rung("ended", 1, ()))

LADDERS: Mapping[Ladder, tuple[Rung, ...]] = {
    Ladder.DEPARTMENT: OWED_BY_DEPARTMENT,
    Ladder.SECRETARIAT: OWED_BY_SECRETARIAT,
    Ladder.DIRECTOR: OWED_BY_DIRECTOR,
    Ladder.COUNCIL: OWED_BY_COUNCIL,
    Ladder.BOTH_SIDES: OWED_BY_BOTH_SIDES,
    Ladder.DELEGATION: OF_A_DELEGATION,
}

# Whom a ladder means by whoever owes: who that is, each deadline says itself. All
# others that it names stand above them, or beside.
REMINDED: Mapping[Ladder, frozenset[Addressee]] = {
    Ladder.DEPARTMENT: frozenset({Addressee.DEPARTMENT}),
    Ladder.SECRETARIAT: frozenset({Addressee.SECRETARIAT}),
    Ladder.DIRECTOR: frozenset({Addressee.DIRECTOR}),
    Ladder.COUNCIL: frozenset({Addressee.COUNCIL_MEMBER}),
    Ladder.BOTH_SIDES: frozenset({Addressee.DIRECTOR, Addressee.UNION}),
    Ladder.DELEGATION: frozenset(),
}

# Who each of those is that stand above or beside.
HELD_BY: Mapping[Addressee, frozenset[Role]] = {
    Addressee.DEPARTMENT: DESK,
    Addressee.DEPARTMENT_HEAD: frozenset({Role.DEPARTMENT_HEAD}),
    Addressee.SECRETARIAT: frozenset({Role.SECRETARIAT}),
    Addressee.DEPUTY_DIRECTOR: frozenset({Role.DEPUTY_DIRECTOR}),
    Addressee.DIRECTOR: frozenset({Role.DIRECTOR}),
    Addressee.UNION: frozenset({Role.UNION_CHAIR}),
    Addressee.COUNCIL_MEMBER: frozenset({Role.COUNCIL_MEMBER}),
    Addressee.COUNCIL_CHAIR: frozenset({Role.COUNCIL_CHAIR}),
    Addressee.COUNCIL_SECRETARY: frozenset({Role.COUNCIL_SECRETARY}),
}
