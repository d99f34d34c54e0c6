"""The base salary (lương cơ sở), of which reward money is a multiple."""

from dataclasses import dataclass
from datetime import date

from domain.refusals import Certainty


@dataclass(frozen=True)
class BaseSalary:
    """The base salary (lương cơ sở) from a day on, in đồng a month, and its decree."""

    since: date
    amount: int
    decree: str
    certainty: Certainty = Certainty.RECALLED


_SALARIES = (
    BaseSalary(date(2019, 7, 1), 1_490_000, "NĐ 38/2019/NĐ-CP"),
    BaseSalary(date(2023, 7, 1), 1_800_000, "NĐ 24/2023/NĐ-CP"),
    BaseSalary(date(2024, 7, 1), 2_340_000, "NĐ 73/2024/NĐ-CP"),
    BaseSalary(date(2026, 7, 1), 2_530_000, "NĐ 161/2026/NĐ-CP"),
)


def salary_on(day: date) -> BaseSalary | None:
    """Find the base salary of a day; None before it is known."""
    return next((each for each in reversed(_SALARIES) if each.since <= day), None)


def base_salary(day: date) -> int | None:
    """Give the base salary of a day, in đồng; None before it is known."""
    found = salary_on(day)
    return found.amount if found else None
