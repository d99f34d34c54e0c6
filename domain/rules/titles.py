"""The titles of a rule pack: who may get each, when, and by which vote."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from domain.council.thresholds import Ballot, Threshold
from domain.refusals import Refusal
from domain.rules.criteria import (
    AnyDistinction,
    Criterion,
    HoldsTitle,
    ProvincialInitiative,
    Rule,
)


class TitleKind(StrEnum):
    """Danh hiệu thi đua, or hình thức khen thưởng."""

    EMULATION_TITLE = "emulation_title"
    COMMENDATION = "commendation"


class Subject(StrEnum):
    """Who a title is for."""

    INDIVIDUAL = "individual"
    COLLECTIVE = "collective"
    BOTH = "both"


class Cycle(StrEnum):
    """When a title may be granted."""

    ANNUAL = "annual"
    MULTI_YEAR = "multi_year"
    PER_PHASE_OR_AD_HOC = "per_phase_or_ad_hoc"
    ANNUAL_OR_THEMATIC_OR_AD_HOC = "annual_or_thematic_or_ad_hoc"


@dataclass(frozen=True, kw_only=True)
class Vote(Rule):
    """How a line is voted on; the whole is all members, present or not.

    Without *nominee_votes*, a member who is the nominee leaves both the vote and
    the whole.
    """

    ballot: Ballot
    threshold: Threshold
    of: Literal["total_members"]
    nominee_votes: bool


@dataclass(frozen=True, kw_only=True)
class Quota(Rule):
    """At most *ratio* of those awarded *base*, rounded down, over the whole agency.

    Without a ratio the limit is another body's to set: *text_vi* says whose.
    """

    ratio: Fraction | None
    base: str | None
    text_vi: str


@dataclass(frozen=True, kw_only=True)
class Title(Rule):
    """A title: who may get it, when, by whose decision and on what conditions.

    *cycle_rule* says why in that cycle, where the title's own law does not.
    """

    name_vi: str
    kind: TitleKind
    subject: Subject
    cycle: Cycle
    authority: str
    council_required: bool
    dossier: tuple[str, ...]
    vote: Vote
    quota: Quota | None
    criteria: tuple[Criterion, ...]
    cycle_rule: Rule | None = None

    @property
    def prerequisites(self) -> tuple[str, ...]:
        """List the titles of the same year that must come first."""
        return tuple(c.title for c in self.criteria if isinstance(c, HoldsTitle))

    def distinction_after_ballot(self, subject: str, year: int) -> Refusal | None:
        """Refuse a distinction, where it counts, once the year's ballot was opened."""
        detail = (
            f"Hội đồng đã mở bỏ phiếu «{self.name_vi}» năm {year} cho {subject}; công "
            f"nhận sau đó không dùng để xét năm {year}, hãy ghi cho năm {year + 1}."
        )
        for rule in self.criteria:
            if isinstance(rule, AnyDistinction | ProvincialInitiative):
                return rule.refusal(detail, "certificate_after_ballot")
        return None
