"""How many full months of service a person has, in the twelve that matter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.calendar import add_months
from domain.rules.rulepack import Absence, OldUnitOpinion, ServiceRules

_ONE_DAY = timedelta(days=1)
_DAYS_A_MONTH = 30  # of pieces that do not join: Bộ luật Dân sự 2015 Điều 146


@dataclass(frozen=True)
class Span:
    """Days from *start* to *end*, both included; without an end it still runs."""

    start: date
    end: date | None = None

    def days(self, first: date, last: date) -> set[int]:
        """Give the span's days between *first* and *last*, as ordinals."""
        start, end = max(self.start, first), min(self.end or last, last)
        return set(range(start.toordinal(), end.toordinal() + 1))

    def months(self, last: date) -> int:
        """Count the span's full months, as if it ended on *last* at the latest."""
        return full_months(self.start, min(self.end or last, last) + _ONE_DAY)


@dataclass(frozen=True)
class Away:
    """A time in service but not at work; *good_result* speaks of a training's end."""

    span: Span
    why: Absence
    good_result: bool = False


@dataclass(frozen=True)
class Post:
    """A time at one unit: a department of *ours* by its code, or another agency."""

    unit: str
    ours: bool
    span: Span


def full_months(start: date, stop: date) -> int:
    """Count the full months from *start* to before *stop*, never below zero."""
    months = (stop.year - start.year) * 12 + stop.month - start.month
    return max(months - (stop.day < start.day), 0)


def service_months(
    rules: ServiceRules,
    employed: Iterable[Span],
    until: date,
    away: Iterable[Away] = (),
) -> int:
    """Count full months of service in the twelve months that end on *until*: 0 to 12.

    No rule asks for more, and what lies further back could hide a year away on
    training that does not count. *employed* includes service at a previous agency;
    *until* is the last day, or the day a person left. Hired on 01/3/2022 makes 10
    months to 31/12/2022, on 02/3 makes 9. Law: NĐ 91/2017/NĐ-CP Điều 10, TT
    01/2024/TT-BNV.
    """
    first = add_months(until + _ONE_DAY, -12)
    served: set[int] = set()
    for span in employed:
        served |= span.days(first, until)
    for absence in away:
        if not counts(rules, absence, until):
            served -= absence.span.days(first, until)
    return _months_in(served)


def counts(rules: ServiceRules, absence: Away, until: date) -> bool:
    """Say whether an absence counts as service.

    Training counts while short; long training by the regime's own rule.
    """
    if absence.why is not Absence.TRAINING:
        return absence.why in rules.absences.counted
    rule = rules.long_training
    short = absence.span.months(until) < rule.months
    return short or absence.good_result or not rule.needs_good_result


def home(posts: Iterable[Post], day: date) -> Post | None:
    """Find where somebody serves on *day*, or else served last before it."""
    begun = [post for post in posts if post.span.start <= day]
    return max(begun, key=lambda post: post.span.start, default=None)


def left_behind(
    rule: OldUnitOpinion, posts: Sequence[Post], until: date
) -> tuple[Post, ...]:
    """Find the units left in the year of *until* after so many months of it.

    One post stands for each unit. Law: NĐ 90/2020/NĐ-CP Điều 20, until 2025.
    """
    if rule.asked_until and until > rule.asked_until:
        return ()
    here, first = home(posts, until), date(until.year, 1, 1)
    units = {post.unit: post for post in posts if here and post.unit != here.unit}
    served: dict[str, set[int]] = {unit: set() for unit in units}
    for post in posts:
        served.get(post.unit, set()).update(post.span.days(first, until))
    return tuple(
        post for unit, post in units.items() if _months_in(served[unit]) >= rule.months
    )


def _months_in(days: set[int]) -> int:
    """Add up full months of the unbroken runs; days left over join across a gap."""
    runs = _runs(days)
    whole = [full_months(start, stop) for start, stop in runs]
    left = sum(
        (stop - add_months(start, months)).days
        for (start, stop), months in zip(runs, whole, strict=True)
    )
    return sum(whole) + (left // _DAYS_A_MONTH if len(runs) > 1 else 0)


def _runs(days: set[int]) -> list[tuple[date, date]]:
    """Split days into unbroken runs, each from its first day to the day after."""
    starts = sorted(day for day in days if day - 1 not in days)
    stops = sorted(day + 1 for day in days if day + 1 not in days)
    return [
        (date.fromordinal(start), date.fromordinal(stop))
        for start, stop in zip(starts, stops, strict=True)
    ]
