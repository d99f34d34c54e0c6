"""The money that goes with an award: a multiple of the base salary.

Law: NĐ 98/2023/NĐ-CP Điều 54, before it NĐ 91/2017/NĐ-CP Điều 69 and after it NĐ
152/2025/NĐ-CP, all as reported. What no text gives has no rate.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TypeVar

from domain.refusals import Certainty
from domain.rules.salaries import base_salary

Awarded = TypeVar("Awarded", bound=Hashable)


@dataclass(frozen=True)
class Rate:
    """How many times the base salary a title brings; *collective* for a group."""

    alone: Fraction
    collective: Fraction


@dataclass(frozen=True)
class RewardDecree:
    """A decree that holds from a day on, and the titles whose rate was *read* in it.

    Others were not found in what is published of it.
    """

    since: date
    name: str
    read: frozenset[str]


def _rate(alone: str, collective: str) -> Rate:
    return Rate(Fraction(alone), Fraction(collective))


RATES: Mapping[str, Rate] = {
    "LDTT": _rate("0.3", "0.3"),
    "CSTDCS": _rate("1", "1"),
    "TTLDTT": _rate("0.8", "0.8"),
    "GIAY_KHEN": _rate("0.3", "0.6"),
}
DECREES = (
    RewardDecree(
        date(2017, 10, 1), "NĐ 91/2017/NĐ-CP Điều 69", frozenset({"LDTT", "TTLDTT"})
    ),
    RewardDecree(
        date(2024, 1, 1),
        "NĐ 98/2023/NĐ-CP Điều 54",
        frozenset({"LDTT", "CSTDCS", "TTLDTT"}),
    ),
    RewardDecree(date(2025, 7, 1), "NĐ 152/2025/NĐ-CP", frozenset()),
)
# The one amount that was published (TTLĐTT at 1,490,000: 1,190,000) is the nearest.
_ROUNDED_TO = 10_000


def source_of(title: str, day: date) -> tuple[str, Certainty] | None:
    """Say by which decree a title has its rate on a day, and how sure that is."""
    held = (each for each in reversed(DECREES) if each.since <= day)
    decree = next(held, None)
    if decree is None or title not in RATES:
        return None
    sure = title in decree.read
    return decree.name, Certainty.VERIFIED if sure else Certainty.RECALLED


def times(title: str, *, collective: bool) -> Fraction:
    """Say how many times the base salary a title brings. Raises KeyError."""
    rate = RATES[title]
    return rate.collective if collective else rate.alone


def reward(title: str, day: date, *, collective: bool) -> int | None:
    """Say what a title brings that is granted on a day, in đồng; None for no rate."""
    salary = base_salary(day)
    if title not in RATES or salary is None:
        return None
    exact = times(title, collective=collective) * salary
    return int(exact / _ROUNDED_TO + Fraction(1, 2)) * _ROUNDED_TO


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
