"""The numbers of decisions: once in a year and a series, without a leap unawares."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from domain.refusals import Refusal

# Before the symbol of an office, in the numbers of its decisions.
_DECISIONS = "QĐ-"
_BLANK = "\u00a0" * 8
# The register of an office numbers its other decisions too, so numbers are left out.
# By more than so many is likelier a slip of the pen.
GAP = 100


def against_year(year: int, signed: date, today: date) -> Refusal | None:
    """Object to a year in which the decision was neither signed nor is numbered.

    Law: NĐ 30/2020/NĐ-CP Điều 15: documents are numbered within the year.
    """
    allowed = sorted({signed.year, today.year})
    if year in allowed:
        return None
    years = " hoặc ".join(map(str, allowed))
    detail = f"Số của năm {year} không dùng được: quyết định ký năm {signed.year}; chỉ "
    return Refusal("number_year", f"{detail}lấy số của năm {years}.")


def against_leap(number: int, last: int) -> Refusal | None:
    """Object to a number that leaves out too many after the *last*; 0 before any."""
    if number <= last + GAP:
        return None
    before = f"số lớn nhất đã dùng là {last:02}" if last else "chưa có số nào"
    return Refusal(
        "number_leap",
        f"Số {number} vượt quá {GAP} số so với sổ ({before}). Nếu đúng thì nêu lý do.",
    )


def holes(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Find what was left out between the numbers that were given: from and to."""
    for before, after in pairwise([0, *sorted(numbers)]):
        if after - before > 1:
            yield before + 1, after - 1


def numbered(number: int | None, series: str) -> str:
    """Write a number with its series: 05/QĐ-VP; room for it while there is none.

    Law: NĐ 30/2020/NĐ-CP Phụ lục I: a number below ten has a nought before it.
    """
    return f"{_BLANK if number is None else format(number, '02')}/{series}"


def decision_series(symbol: str) -> str:
    """Give the series in which an office of a symbol numbers its decisions: QĐ-VP."""
    return f"{_DECISIONS}{symbol}"


def symbol_of(series: str) -> str:
    """Give the symbol of the office that numbers decisions in a series."""
    return series.removeprefix(_DECISIONS)
