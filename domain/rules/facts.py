"""What is known of a subject, and whose word is still awaited."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.refusals import Refusal
from domain.rules.criteria import (
    COMPLETED,
    CommendationType,
    DisciplineLevel,
    RatingLevel,
)
from domain.rules.rulepack import RulePack

MISSING_RATING = "missing_rating"
UNDER_VERIFICATION = "under_verification"
OF_ANOTHER_UNIT = "of_another_unit"
MISSING_OPINION = "missing_opinion"
MISSING_CONFIRMATION = "missing_confirmation"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of any subject in the period judged.

    *rating* is None while none was given; *disciplines* fall in the achievement
    window (of any member, for a collective); *titles* are those of the same year,
    awarded or passing in the same session; *cited* are the sorts of earlier results
    that a merit nomination rests on.
    """

    registered: bool
    rating: RatingLevel | None
    disciplines: tuple[DisciplineLevel, ...] = ()
    held: bool = False
    titles: frozenset[str] = frozenset()
    cited: tuple[CommendationType, ...] = ()


@dataclass(frozen=True, kw_only=True)
class IndividualFacts(Facts):
    """What is known of a person. *service_months* comes from `domain.rules.service`.

    *unheard* names the units left in the year whose opinion is still missing; who
    was seconded is *unconfirmed* until the other unit has confirmed the time there;
    *elsewhere* names the unit of the period's last day, where another one nominates.
    *rated* counts the year's ratings in the whole agency; *documents* are the kinds of
    paper that came with the nomination. Of the *history* the record here holds all but
    what was *brought* in from papers of before.
    """

    year: int
    service_months: int
    initiative_recognised: bool = False
    provincial_initiative: bool = False
    research_accepted: bool = False
    history: tuple[tuple[int, str], ...] = ()
    brought: frozenset[tuple[int, str]] = frozenset()
    unheard: tuple[str, ...] = ()
    unconfirmed: bool = False
    elsewhere: str | None = None
    rated: Mapping[RatingLevel, int] = field(default_factory=dict)
    documents: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class CollectiveFacts(Facts):
    """What is known of a collective, in heads on the snapshot's date.

    *holding* counts, by title, the members who hold it; *completed* those rated
    COMPLETED or better.
    """

    members: int
    reviewable_members: int
    completed: int
    holding: Mapping[str, int] = field(default_factory=dict)
    dissolved: bool = False

    def holders(self, of: str) -> int:
        """Count the members who hold a title, or have completed their tasks."""
        return self.completed if of == COMPLETED else self.holding.get(of, 0)


def lacking(pack: RulePack, facts: Facts) -> tuple[Refusal, ...]:
    """Say which department should nominate instead, or whose opinion is missing."""
    if not isinstance(facts, IndividualFacts):
        return ()
    found, rule = [], pack.service.old_unit_opinion
    if facts.elsewhere:
        detail = f"Cuối kỳ xét thuộc {facts.elsewhere}; do nơi đó bình xét và đề nghị."
        return (rule.refusal(detail, OF_ANOTHER_UNIT),)
    if facts.unheard:
        detail = (
            f"Trong năm đã công tác từ {rule.months} tháng trở lên ở nơi khác, nên còn "
            f"phải chờ ý kiến bằng văn bản của: {'; '.join(facts.unheard)}."
        )
        found.append(rule.refusal(detail, MISSING_OPINION))
    if facts.unconfirmed and (seconded := pack.service.seconded_out):
        detail = "Được cử biệt phái trong năm, nên còn phải chờ xác nhận của nơi nhận."
        found.append(seconded.refusal(detail, MISSING_CONFIRMATION))
    return tuple(found)
