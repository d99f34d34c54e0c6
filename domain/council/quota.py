"""How many may be awarded, and who comes first when more have passed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any

from domain.refusals import Refusal
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


def room(pack: RulePack, title_code: str, granted: Mapping[str, int]) -> int | None:
    """Give how many more of a title may be granted; None without a cap of ours.

    *granted* counts by title what stands already.
    """
    quota = pack.title(title_code).quota
    base = granted.get(quota.base or "", 0) if quota else 0
    most = cap(pack, title_code, base)
    return None if most is None else max(most - granted.get(title_code, 0), 0)


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


@dataclass(frozen=True)
class Candidate:
    """A line that has passed, with what ranks it among the others.

    *votes* is the share of the whole that agreed, since whoever steps out of a line
    leaves its whole too; *again* the share in the round that was held to break a
    tie. Either is None where nobody may know it, and *again* without such a round.
    *prior_years* counts the years in which the person has held the title before, and
    *chosen* is the chair's word on a tie that is left.
    """

    line: str
    votes: Fraction | None = None
    initiative_score: Fraction = Fraction(0)
    manager: bool = False
    prior_years: int = 0
    again: Fraction | None = None
    chosen: bool = False


@dataclass(frozen=True)
class Ranking:
    """Lines within the cap, tied for its last *seats*, and beyond it, best first."""

    within: tuple[str, ...]
    tied: tuple[str, ...]
    seats: int
    beyond: tuple[str, ...]


def rank_within_cap(candidates: Iterable[Candidate], most: int | None) -> Ranking:
    """Rank by votes, initiative, non-managers first, prior years (E6).

    All are within where *most* is None. A tie across the cut is reported, never
    broken here: it goes to a second round and then to the chair, and is ranked again
    with what they said.
    """
    ranks = _ranks(list(candidates))
    ordered = sorted(ranks, key=lambda line: (ranks[line], line))
    if most is None or len(ordered) <= most:
        return Ranking(tuple(ordered), (), 0, ())
    cut = ranks[ordered[most]]
    within = tuple(line for line in ordered if ranks[line] < cut)
    tied = tuple(line for line in ordered if ranks[line] == cut)
    beyond = tuple(line for line in ordered if ranks[line] > cut)
    seats = most - len(within)
    if seats == 0:
        return Ranking(within, (), 0, (*tied, *beyond))
    return Ranking(within, tied, seats, beyond)


def _ranks(candidates: Sequence[Candidate]) -> dict[str, int]:
    """Give each line its place, the best first; equal places are a tie."""
    votes = _if_all_known({one.line: one.votes for one in candidates})
    equals: dict[tuple[Any, ...], list[Candidate]] = defaultdict(list)
    for one in candidates:
        merit = (-one.initiative_score, one.manager, -one.prior_years)
        equals[-votes[one.line], *merit].append(one)
    ranks = {}
    for rank, group in equals.items():
        again = _if_all_known({one.line: one.again for one in group})
        for one in group:
            ranks[one.line] = (*rank, -again[one.line], not one.chosen)
    # Fractions are compared once, not each time that two lines are.
    places = {rank: place for place, rank in enumerate(sorted(set(ranks.values())))}
    return {line: places[rank] for line, rank in ranks.items()}


def _if_all_known(counts: Mapping[str, Fraction | None]) -> dict[str, Fraction]:
    """Give each line's count to rank by: 0 for all when one of them is unknown.

    A count is unknown that is masked, or was not held on every line that ties.
    """
    known = all(count is not None for count in counts.values())
    return {
        line: count if known and count else Fraction(0)
        for line, count in counts.items()
    }
