"""How many may be awarded, and who comes first when more have passed."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from domain.refusals import Refusal
from domain.rules.criteria import MemberShare
from domain.rules.rulepack import RulePack


def cap(pack: RulePack, title_code: str, awarded_base: int) -> int | None:
    """Give the most that may be awarded, agency-wide; None without a cap of ours.

    *awarded_base* counts those awarded the quota's base (LDTT for CSTDCS). The cap
    is rounded down, so no ratio is ever exceeded. Law: NĐ 91/2017/NĐ-CP Điều 9(3).
    """
    quota = pack.title(title_code).quota
    if quota is None or quota.ratio is None:
        return None
    return floor(quota.ratio * awarded_base)


def over_cap(
    pack: RulePack, title_code: str, passing: int, awarded_base: int
) -> Refusal | None:
    """Refuse a list with more *passing* than the cap, before it is frozen."""
    title = pack.title(title_code)
    most = cap(pack, title_code, awarded_base)
    if most is None or title.quota is None or passing <= most:
        return None
    return title.quota.refusal(
        f"Có {passing} đề nghị «{title.name_vi}» được thông qua; nhiều nhất "
        f"{most} ({title.quota.text_vi}; cơ sở tính: {awarded_base})."
    )


def needed_ldtt(pack: RulePack, title_code: str, members: int) -> int:
    """Give how many of *members* must be LDTT for a collective title; 0 if none."""
    criteria = pack.title(title_code).criteria
    shares = [c for c in criteria if isinstance(c, MemberShare) and c.of == "LDTT"]
    return max((share.threshold.needed(members) for share in shares), default=0)


@dataclass(frozen=True)
class Candidate:
    """A line that has passed, with what ranks it among the others.

    *votes* is the share of the whole that agreed, since whoever steps out of a line
    leaves its whole too; *again* the share in the round that was held to break a
    tie. *prior_years* counts the years in which the person has held the title
    before, and *chosen* is the chair's word on a tie that is left.
    """

    line: str
    votes: Fraction
    initiative_score: Fraction
    manager: bool
    prior_years: int
    again: Fraction = Fraction(0)
    chosen: bool = False

    @property
    def rank(self) -> tuple[Fraction, Fraction, bool, int, Fraction, bool]:
        """Give the key that sorts the best first; equal keys are a tie."""
        return (
            -self.votes,
            -self.initiative_score,
            self.manager,
            -self.prior_years,
            -self.again,
            not self.chosen,
        )


@dataclass(frozen=True)
class Ranking:
    """Lines within the cap, tied for its last *seats*, and beyond it, best first."""

    within: tuple[str, ...]
    tied: tuple[str, ...]
    seats: int
    beyond: tuple[str, ...]


def rank_within_cap(candidates: Iterable[Candidate], most: int) -> Ranking:
    """Rank by votes, initiative, non-managers first, prior years (E6).

    A tie across the cut is reported, never broken here: it goes to a second round
    and then to the chair, and is ranked again with what they said.
    """
    ordered = sorted(candidates, key=lambda one: (one.rank, one.line))
    if len(ordered) <= most:
        return Ranking(_lines(ordered), (), 0, ())
    cut = ordered[most].rank
    within = [one for one in ordered if one.rank < cut]
    tied = [one for one in ordered if one.rank == cut]
    beyond = [one for one in ordered if one.rank > cut]
    seats = most - len(within)
    if seats == 0:
        return Ranking(_lines(within), (), 0, _lines([*tied, *beyond]))
    return Ranking(_lines(within), _lines(tied), seats, _lines(beyond))


def _lines(candidates: Iterable[Candidate]) -> tuple[str, ...]:
    return tuple(candidate.line for candidate in candidates)
