"""The money that goes with an award: a multiple of the base salary.

Law: NĐ 98/2023/NĐ-CP Điều 54, as reported, before it NĐ 91/2017/NĐ-CP Điều 69; a rate
that is *read* stands in a published text, and what no text gives has no rate.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TypeVar

Awarded = TypeVar("Awarded", bound=Hashable)


@dataclass(frozen=True)
class Rate:
    """How many times the base salary a title brings; *collective* for a group."""

    alone: Fraction
    collective: Fraction
    read: bool


def _rate(alone: str, collective: str, *, read: bool = True) -> Rate:
    return Rate(Fraction(alone), Fraction(collective), read)


RATES: Mapping[str, Rate] = {
    "LDTT": _rate("0.3", "0.3"),
    "CSTDCS": _rate("1", "1"),
    "TTLDTT": _rate("0.8", "0.8"),
    "GIAY_KHEN": _rate("0.3", "0.6", read=False),
}

# In đồng a month, from a day on.
_BASE_SALARY: Sequence[tuple[date, int]] = (
    (date(2019, 7, 1), 1_490_000),
    (date(2023, 7, 1), 1_800_000),
    (date(2024, 7, 1), 2_340_000),
    (date(2026, 7, 1), 2_530_000),
)
# The one amount that was published (TTLĐTT at 1,490,000: 1,190,000) is the nearest.
_ROUNDED_TO = 10_000


def base_salary(day: date) -> int | None:
    """Give the base salary (lương cơ sở) of a day, in đồng; None before it is known."""
    known = [salary for since, salary in _BASE_SALARY if since <= day]
    return known[-1] if known else None


def reward(title: str, day: date, *, collective: bool) -> int | None:
    """Say what a title brings that is granted on a day, in đồng; None for no rate."""
    rate, salary = RATES.get(title), base_salary(day)
    if rate is None or salary is None:
        return None
    times = rate.collective if collective else rate.alone
    return int(times * salary / _ROUNDED_TO + Fraction(1, 2)) * _ROUNDED_TO


def paid(
    awards: Iterable[tuple[Awarded, Hashable, int | None]],
) -> Mapping[Awarded, int | None]:
    """Say what each award is paid: of several to one subject the highest alone.

    An award is given with whom it is for and what it would bring by itself.
    """
    given = list(awards)
    highest: dict[Hashable, Awarded] = {}
    for award, subject, amount in sorted(given, key=lambda each: -(each[2] or 0)):
        if amount is not None:
            highest.setdefault(subject, award)
    return {
        award: amount if amount is None or highest[subject] == award else 0
        for award, subject, amount in given
    }
