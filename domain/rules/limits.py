"""The time limits of a rule pack: how long each is, and on which day it ends."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from domain.calendar import WorkingCalendar, add_months
from domain.rules.criteria import Rule


@dataclass(frozen=True, kw_only=True)
class Sla(Rule):
    """A time limit in days or in months, where the plan itself sets no date."""

    days: int = 0
    unit: Literal["working", "calendar"] = "calendar"
    months: int = 0

    @property
    def words(self) -> str:
        """Say how long it is."""
        if self.months:
            return f"{self.months} tháng"
        return f"{self.days} ngày{' làm việc' if self.unit == 'working' else ''}"

    def last_day(self, since: date, calendar: WorkingCalendar) -> date:
        """Give the last day of the limit, counted from a day that does not count.

        Months end on the day of the same number, and what ends when nobody works ends
        on the next working day. Law: BLDS 2015 Điều 147, Điều 148 khoản 3-5.
        """
        if self.unit == "working":
            return calendar.shift(since, self.days)
        last = add_months(since, self.months) + timedelta(days=self.days)
        return calendar.next_working(last)


@dataclass(frozen=True, kw_only=True)
class Publication(Rule):
    """Results are posted in the agency, and stay on view for so many days on end.

    It binds whatever is decided from *decided_from* on, whenever the period was.
    """

    working_days: int
    days_on_view: int
    decided_from: date

    def binds(self, decided: date) -> bool:
        """Say whether what was decided on a day has to be posted."""
        return self.decided_from <= decided

    def on_view_until(self, posted: date) -> date:
        """Give the last day on which what was *posted* must still hang.

        The first day does not count: BLDS 2015 Điều 147.
        """
        return posted + timedelta(days=self.days_on_view)


@dataclass(frozen=True, kw_only=True)
class YearlyDate(Rule):
    """A date of every year."""

    month: int
    day: int
