"""Whether a person or a collective may get a title: facts in, verdict out."""

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain
from typing import assert_never

from domain.refusals import Refusal
from domain.rules.criteria import (
    AnyDistinction,
    Assessed,
    CertifiedDistinction,
    ConsecutiveYears,
    Criterion,
    ExcellentShare,
    MemberShare,
    ProvincialInitiative,
)
from domain.rules.dependency import asked_by
from domain.rules.facts import (
    MISSING_CONFIRMATION,
    MISSING_OPINION,
    MISSING_RATING,
    UNDER_VERIFICATION,
    CollectiveFacts,
    Facts,
    IndividualFacts,
    lacking,
)
from domain.rules.rulepack import RulePack
from domain.rules.subjects import is_for, wrong_subject
from domain.rules.titles import Cycle, Subject, Title
from domain.rules.unmet import unmet, years_running

# Who judges needs the facts too: both are had from here.
__all__ = [
    "CollectiveFacts",
    "IndividualFacts",
    "Stage",
    "Verdict",
    "cycle_refusal",
    "judge",
    "kept_out",
    "takes_part",
]

# These say "not yet": a line that meets nothing worse waits, it has not failed.
WAITING = frozenset(
    {MISSING_RATING, UNDER_VERIFICATION, MISSING_OPINION, MISSING_CONFIRMATION}
)

_TINY = 2  # members; below three, a share of them is everybody or nobody


class Stage(StrEnum):
    """How much is known: other lines and initiatives are decided before a ballot."""

    APPRAISAL = "appraisal"
    BALLOT = "ballot"


@dataclass(frozen=True)
class Verdict:
    """Everything against a line, and what the council should know besides."""

    refusals: tuple[Refusal, ...] = ()
    warnings: tuple[Refusal, ...] = ()

    @property
    def eligible(self) -> bool:
        """Say whether nothing stands against the line."""
        return not self.refusals

    @property
    def waiting(self) -> bool:
        """Say whether all that is missing may still come: a rating, an opinion."""
        return bool(self.refusals) and {r.code for r in self.refusals} <= WAITING


def judge(
    pack: RulePack,
    title_code: str,
    facts: Facts,
    stage: Stage,
    at_best: Facts | None = None,
) -> Verdict:
    """Judge a person or a collective for a title.

    At APPRAISAL what others still decide only warns, unless it refuses *at_best* too:
    were all granted that is nominated beside it. A prerequisite not yet decided is then
    judged by its own criteria, so that a person barred from the lower title hears it at
    once. Refused (`unknown_title`) for a code that the pack does not know.
    """
    return _judge(pack, pack.title(title_code), facts, stage, at_best)


def takes_part(pack: RulePack, facts: IndividualFacts) -> bool:
    """Say whether a person counts as a participant (the targets' denominator)."""
    return not kept_out(pack, facts)


def kept_out(pack: RulePack, facts: IndividualFacts) -> tuple[Refusal, ...]:
    """Say why a person takes no part in the movement, if so."""
    found = (unmet(rule, pack, facts) for rule in pack.met_by_participants)
    return tuple(filter(None, found))


def cycle_refusal(
    pack: RulePack, title_code: str, final_phase: bool, thematic: bool
) -> Refusal | None:
    """Refuse a yearly title outside the last phase of a regular campaign.

    *thematic* is a thematic campaign or an ad hoc case. Law: Luật TĐKT 2003 Điều
    23, 24, 27, 28; Luật TĐKT 2022 Điều 26-28; for the titles of its Điều 23 and 24
    the pack says why (*cycle_rule*).
    """
    title = pack.title(title_code)
    if _in_season(title.cycle, final_phase and not thematic, thematic):
        return None
    allowed = "giai đoạn cuối năm của phong trào thường xuyên"
    if title.cycle is Cycle.ANNUAL_OR_THEMATIC_OR_AD_HOC:
        allowed += ", phong trào chuyên đề hoặc thành tích đột xuất"
    detail = f"«{title.name_vi}» không xét ở giai đoạn này; chỉ xét ở {allowed}."
    return (title.cycle_rule or title).refusal(detail, "wrong_cycle")


def _in_season(cycle: Cycle, year_end: bool, thematic: bool) -> bool:
    match cycle:
        case Cycle.ANNUAL | Cycle.MULTI_YEAR:
            return year_end
        case Cycle.ANNUAL_OR_THEMATIC_OR_AD_HOC:
            return year_end or thematic
        case Cycle.PER_PHASE_OR_AD_HOC:
            return True
    assert_never(cycle)


def _judge(
    pack: RulePack, title: Title, facts: Facts, stage: Stage, at_best: Facts | None
) -> Verdict:
    if not is_for(title, _kind(facts)):
        return Verdict((wrong_subject(title),))
    verdict = _on_its_own(pack, title, facts, stage, at_best)
    if stage is Stage.APPRAISAL:
        for code in title.prerequisites:
            if code not in facts.titles:
                below = _judge(pack, pack.title(code), facts, stage, at_best)
                verdict = _joined(verdict, below)
    return verdict


def _on_its_own(
    pack: RulePack, title: Title, facts: Facts, stage: Stage, at_best: Facts | None
) -> Verdict:
    refusals: list[Refusal] = []
    warnings: list[Refusal] = []
    for criterion in (*pack.general_criteria, *title.criteria):
        if hopeless := at_best and _hopeless(criterion, pack, at_best):
            refusals.append(hopeless)
        elif refusal := unmet(criterion, pack, facts):
            only_said = _only_said(criterion, stage)
            (warnings if only_said else refusals).append(refusal)
        warnings += (*_tiny(criterion, facts), *_brought(criterion, pack, facts))
    if stage is Stage.APPRAISAL:  # papers are the appraisal's matter
        refusals += lacking(pack, facts)
    return _joined(Verdict(), Verdict(tuple(refusals), tuple(warnings)))


def _hopeless(criterion: Criterion, pack: RulePack, at_best: Facts) -> Refusal | None:
    """Refuse for want of a title that nobody has, or may get before the council."""
    refusal = unmet(criterion, pack, at_best) if asked_by(criterion) else None
    if refusal is None:
        return None
    said = refusal.detail[0].lower() + refusal.detail[1:]
    return replace(refusal, detail=f"Dù mọi đề nghị đang xét đều đạt: {said}")


def _joined(first: Verdict, second: Verdict) -> Verdict:
    """Join two verdicts; a refusal code that both have is taken from the first."""
    return Verdict(
        _once(first.refusals, second.refusals), _once(first.warnings, second.warnings)
    )


def _once(*groups: tuple[Refusal, ...]) -> tuple[Refusal, ...]:
    said: dict[str, Refusal] = {}
    for refusal in chain(*groups):
        said.setdefault(refusal.code, refusal)
    return tuple(said.values())


def _only_said(criterion: Criterion, stage: Stage) -> bool:
    """Say whether a criterion warns: nobody can tell, or nobody can tell yet."""
    if isinstance(criterion, Assessed | CertifiedDistinction | ExcellentShare):
        return True
    return stage is Stage.APPRAISAL and _awaits_others(criterion)


def _awaits_others(criterion: Criterion) -> bool:
    """Say whether a criterion rests on what is decided after the appraisal."""
    recognised = isinstance(criterion, AnyDistinction | ProvincialInitiative)
    return recognised or asked_by(criterion) is not None


def _kind(facts: Facts) -> Subject:
    individual = isinstance(facts, IndividualFacts)
    return Subject.INDIVIDUAL if individual else Subject.COLLECTIVE


def _tiny(criterion: Criterion, facts: Facts) -> tuple[Refusal, ...]:
    """Warn that a share of one or two people is everybody or nobody."""
    if not (isinstance(criterion, MemberShare) and isinstance(facts, CollectiveFacts)):
        return ()
    if facts.members > _TINY:
        return ()
    threshold = criterion.threshold
    detail = (
        f"Tập thể chỉ có {facts.members} người: {threshold.words} nghĩa là "
        f"{threshold.needed(facts.members)} người; Hội đồng cần cân nhắc."
    )
    return (criterion.refusal(detail, "tiny_collective"),)


def _brought(criterion: Criterion, pack: RulePack, facts: Facts) -> tuple[Refusal, ...]:
    """Warn of years that count by papers of before alone, which nobody decided here."""
    if not (
        isinstance(criterion, ConsecutiveYears) and isinstance(facts, IndividualFacts)
    ):
        return ()
    of = criterion.title
    years = [x for x in years_running(criterion, facts) if (x, of) in facts.brought]
    if not years:
        return ()
    told = ", ".join(map(str, years))
    detail = (
        f"«{pack.title(of).name_vi}» năm {told} tính theo hồ sơ nhập: quyết định có từ "
        "trước khi dùng hệ thống, chưa đối chiếu ở đây."
    )
    return (criterion.refusal(detail, "from_papers"),)
