"""Working days and instants in Vietnam: when a day counts, begins and ends."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

ONE_DAY = timedelta(days=1)
SATURDAY = 5  # as date.weekday() counts


class RollPolicy(StrEnum):
    """Where a deadline goes that falls on a day when nobody works."""

    FORWARD = "forward"  # Civil Code Art. 148(5): to the end of the next working day
    BACKWARD = "backward"  # so that the papers exist before the period closes
    NONE = "none"


@dataclass(frozen=True)
class WorkingCalendar:
    """The days an office works, in every year: nobody does on a weekend.

    Its holidays are known from *first* to *last*. Beyond that none is guessed, and
    whoever names a day there is warned (`knows`).
    """

    days_off: frozenset[date]
    worked_weekends: frozenset[date]
    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"A calendar cannot run from {self.first} to {self.last}")
        if both := self.days_off & self.worked_weekends:
            raise ValueError(f"{min(both)} cannot be both a day off and a worked day")

    def knows(self, day: date) -> bool:
        """Say whether the holidays around a day are known."""
        return self.first <= day <= self.last

    def is_working(self, day: date) -> bool:
        """Monday to Friday without the days off, and the make-up Saturdays."""
        if day in self.worked_weekends:
            return True
        return day.weekday() < SATURDAY and day not in self.days_off

    def next_working(self, day: date) -> date:
        """Return the day itself if it works, or the first one after it that does."""
        return self._seek(day, ONE_DAY)

    def previous_working(self, day: date) -> date:
        """Return the day itself if it works, or the last one before it that does."""
        return self._seek(day, -ONE_DAY)

    def shift(self, day: date, working_days: int) -> date:
        """Count working days from a day, which is not counted (Civil Code Art. 147)."""
        step = ONE_DAY if working_days > 0 else -ONE_DAY
        for _ in range(abs(working_days)):
            day = self._seek(day + step, step)
        return day

    def roll(self, day: date, policy: RollPolicy) -> date:
        """Move a deadline's day off a day when nobody works, as the policy says."""
        match policy:
            case RollPolicy.FORWARD:
                return self.next_working(day)
            case RollPolicy.BACKWARD:
                return self.previous_working(day)
            case RollPolicy.NONE:
                return day

    def working_days_between(self, start: date, end: date) -> int:
        """Count as `shift` does: *end* counts, *start* does not; negative backwards."""
        if end < start:
            return -sum(map(self.is_working, days(end, start)))
        return sum(map(self.is_working, days(start + ONE_DAY, end + ONE_DAY)))

    def _seek(self, day: date, step: timedelta) -> date:
        while not self.is_working(day):
            day += step
        return day


def days(first: date, end: date) -> Iterator[date]:
    """Yield the days from *first* up to *end*, which is left out."""
    return (first + timedelta(days=n) for n in range((end - first).days))


def add_months(day: date, months: int) -> date:
    """Move by whole months, to the month's last day where the day is lacking.

    Law: BLDS 2015 Điều 148 khoản 3.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def start_of(day: date) -> datetime:
    """Return the instant at which a day begins in Vietnam, in UTC."""
    return moment(day, time.min)


def end_of(day: date) -> datetime:
    """Return the first instant that no longer belongs to a day, in UTC."""
    return start_of(day + ONE_DAY)


def moment(day: date, at: time) -> datetime:
    """Return the instant at which Vietnamese clocks show this day and time, in UTC."""
    return datetime.combine(day, at, VIETNAM).astimezone(UTC)


def local_day(instant: datetime) -> date:
    """Return the day that Vietnamese calendars show at an instant."""
    require_aware(instant)
    return instant.astimezone(VIETNAM).date()


def day_vi(day: date) -> str:
    """Write a day as offices do: 30/6/2022, but 03/01/2023 (Decree 30/2020)."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{day.day:02}/{month}/{day.year}"


def due_day(due_at: datetime) -> date:
    """Return the last day on which an act is still in time; *due_at* is exclusive."""
    return local_day(due_at - timedelta.resolution)


def require_aware(instant: datetime) -> None:
    """Refuse an instant without a zone: it would be read as the machine's own."""
    if instant.utcoffset() is None:
        raise ValueError(f"{instant} has no time zone")


def working_time(
    calendar: WorkingCalendar, start: datetime, end: datetime
) -> timedelta:
    """Return how much of the working days, 24 hours each, lies between two instants."""
    if start > end:
        raise ValueError(f"{start} comes after {end}")
    touched = days(local_day(start), local_day(end) + ONE_DAY)
    return sum(
        (
            min(end, end_of(day)) - max(start, start_of(day))
            for day in touched
            if calendar.is_working(day)
        ),
        timedelta(),
    )


def resume_after(
    calendar: WorkingCalendar,
    deadline: datetime,
    suspended_at: datetime,
    resumed_at: datetime,
) -> datetime:
    """Move a deadline by the working time lost in a suspension, in whole days.

    The lost time is what the suspension took of the working days, rounded up, so
    that nobody has less time left than before; weekends and holidays take nothing.
    The due day (rolled forward if nobody works on it) moves that many working days
    on, and the time of day stays: Monday 10:00 to Tuesday 10:00 costs one day,
    Friday 10:00 to Monday 10:00 too, a weekend none. A deadline that had passed
    before the suspension stays passed.
    """
    lost = working_time(calendar, suspended_at, resumed_at)
    if deadline <= suspended_at or not lost:
        return deadline
    day = due_day(deadline)
    lost_days = -(-lost // ONE_DAY)  # rounded up
    moved = calendar.shift(calendar.next_working(day), lost_days)
    return start_of(moved) + (deadline - start_of(day))
