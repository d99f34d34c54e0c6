"""How many it takes: exact shares of a whole, and whether a vote has passed."""

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor

ALLOWED = "dấu > hoặc >= rồi một phân số từ 0 đến 1 (ví dụ >= 70/100)"
_WRITTEN = re.compile(r"(>=?) ?(\d{1,9}/0*[1-9]\d{0,8})")


class Ballot(StrEnum):
    """How the council votes."""

    OPEN = "open"
    SECRET = "secret"  # noqa: S105 -- a ballot, not a password


def percent(share: Fraction) -> str:
    """Write a share, never rounded: 7/10 is "70%", 1/8 "12,5%", 1/3 "1/3"."""
    tenths = share * 1000
    if tenths.denominator != 1:
        return str(share)
    whole, part = divmod(int(tenths), 10)
    return f"{whole},{part}%" if part else f"{whole}%"


@dataclass(frozen=True)
class Threshold:
    """A share of a whole to reach or, when *strict*, to exceed.

    Written ">= 70/100" or "> 1/2"; *ratio* lies between 0 and 1, and a strict one
    below 1, or nothing could exceed it.
    """

    ratio: Fraction
    strict: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.ratio <= 1 or (self.strict and self.ratio == 1):
            raise ValueError(ALLOWED)

    @classmethod
    @lru_cache(maxsize=256)  # a few, each on every line of a session
    def parse(cls, text: str) -> "Threshold":
        """Read what `str` writes; a ValueError says what is allowed."""
        written = _WRITTEN.fullmatch(text)
        if written is None:
            raise ValueError(ALLOWED)
        return cls(Fraction(written[2]), strict=written[1] == ">")

    def __str__(self) -> str:
        ratio = f"{self.ratio.numerator}/{self.ratio.denominator}"
        return f"> {ratio}" if self.strict else f">= {ratio}"

    @property
    def words(self) -> str:
        """Say it in Vietnamese: "trên 50%", "từ 70% trở lên", "đủ 100%"."""
        if self.ratio == 1:
            return "đủ 100%"
        share = percent(self.ratio)
        return f"trên {share}" if self.strict else f"từ {share} trở lên"

    def needed(self, total: int) -> int:
        """Give the least whole number that is enough of *total*."""
        exact = self.ratio * total
        return floor(exact) + 1 if self.strict else ceil(exact)

    def reached(self, part: int, total: int) -> bool:
        """Say whether *part* of *total* is enough; nothing is enough of nothing."""
        return total > 0 and part >= self.needed(total)


MAJORITY = Threshold(Fraction(1, 2), strict=True)


def passes(
    yes: int,
    total: int,
    threshold: Threshold,
    ballot: Ballot,
    chair_yes: bool | None = None,
) -> bool:
    """Say whether *yes* votes of *total* members carry a line.

    Absent members stay in *total*, so silence counts as not agreeing. An open vote
    by majority that stands at exactly half goes to the chair's side (*chair_yes*;
    None when the chair has none, or no casting vote). A secret tie never passes:
    whose side the chair took may not be known.
    """
    if not 0 <= yes <= total:
        raise ValueError(f"{yes} votes of {total} members")
    if threshold.reached(yes, total):
        return True
    tied = threshold == MAJORITY and 0 < total == 2 * yes
    return tied and ballot is Ballot.OPEN and chair_yes is True
