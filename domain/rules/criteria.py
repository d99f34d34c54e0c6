"""A rule with its law, and the kinds of criteria that titles are made of.

A criterion is a kind and its parameters; `eligibility` says what each kind means.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from domain.council.thresholds import Threshold
from domain.refusals import Certainty, Refusal


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Anything that a refusal may rest on: its id, its law, and how sure we are.

    The id is stable and its last part is the rule's code: VN2017.LDTT.service_months.
    *warning_vi* is its regime's, which stands once in a pack.
    """

    id: str
    source: str
    certainty: Certainty
    warning_vi: str | None = None

    @property
    def code(self) -> str:
        """Name the rule without its regime."""
        return self.id.rpartition(".")[2]

    def refusal(self, detail: str, code: str | None = None) -> Refusal:
        """Refuse on the ground of this rule; *detail* is Vietnamese, with numbers."""
        return Refusal(
            code or self.code,
            detail,
            self.id,
            self.source,
            self.certainty,
            self.warning_vi,
        )


class RatingLevel(StrEnum):
    """The yearly rating of a person or a collective; a pack orders them."""

    EXCELLENT = "EXCELLENT"
    GOOD_COMPLETION = "GOOD_COMPLETION"
    COMPLETED = "COMPLETED"
    NOT_COMPLETED = "NOT_COMPLETED"


class DisciplineLevel(StrEnum):
    """A disciplinary measure; a pack orders them."""

    REPRIMAND = "REPRIMAND"
    WARNING = "WARNING"
    SALARY_DOWNGRADE = "SALARY_DOWNGRADE"
    DEMOTION = "DEMOTION"
    REMOVAL = "REMOVAL"
    DISMISSAL = "DISMISSAL"


class CommendationType(StrEnum):
    """For what sort of achievement something is granted."""

    MERIT = "merit"
    AD_HOC = "ad_hoc"
    THEMATIC = "thematic"


class Distinction(StrEnum):
    """An achievement that a title may ask for beside a rating (`AnyDistinction`)."""

    INITIATIVE = "initiative"
    RESEARCH = "research"
    EXCELLENT_RATING = "excellent_rating"


@dataclass(frozen=True, kw_only=True)
class Registered(Rule):
    """Took part by registering, where the pack's policy asks for it."""

    kind: Literal["registered"] = "registered"


@dataclass(frozen=True, kw_only=True)
class RatingAtLeast(Rule):
    """The year's rating is this level or a better one, in the pack's order."""

    kind: Literal["rating_at_least"] = "rating_at_least"
    rating: RatingLevel


@dataclass(frozen=True, kw_only=True)
class ServedMonths(Rule):
    """Full months of service to the end of the period."""

    kind: Literal["served_months"] = "served_months"
    months: int


@dataclass(frozen=True, kw_only=True)
class NoDisciplineFrom(Rule):
    """No discipline of this level or a graver one; of any member, in a collective."""

    kind: Literal["no_discipline_from"] = "no_discipline_from"
    level: DisciplineLevel


@dataclass(frozen=True, kw_only=True)
class NotUnderVerification(Rule):
    """No discipline, inspection or complaint is being looked into."""

    kind: Literal["not_under_verification"] = "not_under_verification"


@dataclass(frozen=True, kw_only=True)
class NotDissolved(Rule):
    """The collective still exists."""

    kind: Literal["not_dissolved"] = "not_dissolved"


@dataclass(frozen=True, kw_only=True)
class MeritOnly(Rule):
    """Ad hoc and thematic results are no ground for a merit award."""

    kind: Literal["merit_only"] = "merit_only"


@dataclass(frozen=True, kw_only=True)
class HoldsTitle(Rule):
    """Another title of the same year, awarded or passing in the same session."""

    kind: Literal["holds_title"] = "holds_title"
    title: str


@dataclass(frozen=True, kw_only=True)
class AnyDistinction(Rule):
    """At least one of the distinctions."""

    kind: Literal["any_distinction"] = "any_distinction"
    accepts: tuple[Distinction, ...]


@dataclass(frozen=True, kw_only=True)
class CertifiedDistinction(Rule):
    """A paper for who rests on an initiative or research; said, refuses nobody.

    Whoever rests on an excellent rating has nothing to certify.
    """

    kind: Literal["certified_distinction"] = "certified_distinction"
    document: str


@dataclass(frozen=True, kw_only=True)
class ExcellentShare(Rule):
    """At most *ratio* excellent ratings to good ones; said, refuses nobody.

    Of ratings from *rated_from* on. The agency is counted whole: which duties are
    alike, and what is excepted, no machine can tell.
    """

    kind: Literal["excellent_share"] = "excellent_share"
    ratio: Fraction
    rated_from: int


@dataclass(frozen=True, kw_only=True)
class ConsecutiveYears(Rule):
    """A title held in so many years running."""

    kind: Literal["consecutive_years"] = "consecutive_years"
    title: str
    years: int


@dataclass(frozen=True, kw_only=True)
class ProvincialInitiative(Rule):
    """An initiative whose effect reaches the whole province."""

    kind: Literal["provincial_initiative"] = "provincial_initiative"


# Said where a title's code may stand: members rated COMPLETED or better.
COMPLETED = "COMPLETED"


@dataclass(frozen=True, kw_only=True)
class MemberShare(Rule):
    """A share of a collective's members: those who hold a title, or COMPLETED."""

    kind: Literal["member_share"] = "member_share"
    of: str
    threshold: Threshold


@dataclass(frozen=True, kw_only=True)
class MemberCount(Rule):
    """A number of a collective's members: who hold a title, or COMPLETED."""

    kind: Literal["member_count"] = "member_count"
    of: str
    minimum: int


@dataclass(frozen=True, kw_only=True)
class Assessed(Rule):
    """What no machine can tell: said to the council, refuses nobody."""

    kind: Literal["assessed"] = "assessed"
    text_vi: str


Criterion = (
    Registered
    | RatingAtLeast
    | ServedMonths
    | NoDisciplineFrom
    | NotUnderVerification
    | NotDissolved
    | MeritOnly
    | HoldsTitle
    | AnyDistinction
    | CertifiedDistinction
    | ExcellentShare
    | ConsecutiveYears
    | ProvincialInitiative
    | MemberShare
    | MemberCount
    | Assessed
)
