"""What is known of a subject, and what each kind of criterion finds lacking in it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import singledispatch
from typing import get_type_hints

from domain.refusals import Refusal
from domain.rules.criteria import (
    COMPLETED,
    AnyDistinction,
    Assessed,
    CommendationType,
    ConsecutiveYears,
    DisciplineLevel,
    Distinction,
    HoldsTitle,
    MemberCount,
    MemberShare,
    MeritOnly,
    NoDisciplineFrom,
    NotDissolved,
    NotUnderVerification,
    ProvincialInitiative,
    RatingAtLeast,
    RatingLevel,
    Registered,
    Rule,
    ServedMonths,
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
    """

    year: int
    service_months: int
    initiative_recognised: bool = False
    provincial_initiative: bool = False
    research_accepted: bool = False
    history: tuple[tuple[int, str], ...] = ()
    unheard: tuple[str, ...] = ()
    unconfirmed: bool = False
    elsewhere: str | None = None


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


@singledispatch
def unmet(criterion: Rule, pack: RulePack, facts: Facts) -> Refusal | None:
    """Say why a criterion is not met, with what is allowed; None when it is met.

    One function a kind of criterion; the kinds for one sort of subject stand only
    in titles for that sort, which the reader of rule packs sees to.
    """
    raise TypeError(f"{type(criterion).__name__} is no criterion of {pack.code}")


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


def judged_on(criterion: type[Rule]) -> type[Facts]:
    """Say whether a kind of criterion judges a person's facts or a collective's."""
    facts: type[Facts] = get_type_hints(unmet.dispatch(criterion))["facts"]
    return facts


@unmet.register
def _registered(criterion: Registered, pack: RulePack, facts: Facts) -> Refusal | None:
    if facts.registered or not pack.policies.require_registration:
        return None
    return criterion.refusal("Chưa đăng ký thi đua; chỉ xét khi đã đăng ký.")


@unmet.register
def _rating_at_least(
    criterion: RatingAtLeast, pack: RulePack, facts: Facts
) -> Refusal | None:
    order = [name.code for name in pack.ratings]
    names = {name.code: name.name_vi for name in pack.ratings}
    wanted = f"cần «{names[criterion.rating]}»"
    if criterion.rating != order[-1]:
        wanted += " trở lên"
    if facts.rating is None:
        detail = f"Chưa có xếp loại chất lượng của năm, nên còn phải chờ; {wanted}."
        return criterion.refusal(detail, MISSING_RATING)
    if order.index(facts.rating) >= order.index(criterion.rating):
        return None
    return criterion.refusal(f"Xếp loại «{names[facts.rating]}»; {wanted}.")


@unmet.register
def _served_months(
    criterion: ServedMonths, pack: RulePack, facts: IndividualFacts
) -> Refusal | None:
    if facts.service_months >= criterion.months:
        return None
    return criterion.refusal(
        f"Thời gian công tác được tính là {facts.service_months} tháng; "
        f"cần ít nhất {criterion.months} tháng."
    )


@unmet.register
def _no_discipline_from(
    criterion: NoDisciplineFrom, pack: RulePack, facts: Facts
) -> Refusal | None:
    order = [name.code for name in pack.disciplines]
    names = {name.code: name.name_vi for name in pack.disciplines}
    worst = max(facts.disciplines, key=order.index, default=None)
    if worst is None or order.index(worst) < order.index(criterion.level):
        return None
    who = "Có thành viên bị" if isinstance(facts, CollectiveFacts) else "Bị"
    return criterion.refusal(
        f"{who} kỷ luật «{names[worst]}» trong thời gian tính thành tích; "
        f"chỉ xét khi không có kỷ luật từ «{names[criterion.level]}» trở lên."
    )


@unmet.register
def _not_under_verification(
    criterion: NotUnderVerification, pack: RulePack, facts: Facts
) -> Refusal | None:
    if not facts.held:
        return None
    detail = (
        "Đang được xem xét kỷ luật, thanh tra, kiểm tra hoặc xác minh đơn thư; "
        "chỉ xét khi đã có kết luận."
    )
    return criterion.refusal(detail, UNDER_VERIFICATION)


@unmet.register
def _not_dissolved(
    criterion: NotDissolved, pack: RulePack, facts: Facts
) -> Refusal | None:
    if not (isinstance(facts, CollectiveFacts) and facts.dissolved):
        return None
    return criterion.refusal(
        "Tập thể đã giải thể do sắp xếp tổ chức; chỉ xét tập thể đang hoạt động."
    )


@unmet.register
def _merit_only(criterion: MeritOnly, pack: RulePack, facts: Facts) -> Refusal | None:
    if all(cited is CommendationType.MERIT for cited in facts.cited):
        return None
    return criterion.refusal(
        "Đề nghị dựa vào kết quả khen thưởng đột xuất hoặc chuyên đề; "
        "khen thưởng công trạng chỉ dựa vào thành tích công trạng."
    )


@unmet.register
def _holds_title(criterion: HoldsTitle, pack: RulePack, facts: Facts) -> Refusal | None:
    if criterion.title in facts.titles:
        return None
    name = pack.title(criterion.title).name_vi
    return criterion.refusal(
        f"Chưa đạt «{name}» cùng năm; chỉ xét khi danh hiệu đó đã được tặng "
        "hoặc được thông qua trong cùng phiên họp."
    )


_DISTINCTIONS = {
    Distinction.INITIATIVE: "sáng kiến được cơ sở công nhận",
    Distinction.RESEARCH: "đề tài nghiên cứu đã nghiệm thu được áp dụng",
    Distinction.EXCELLENT_RATING: "xếp loại hoàn thành xuất sắc nhiệm vụ",
}


@unmet.register
def _any_distinction(
    criterion: AnyDistinction, pack: RulePack, facts: IndividualFacts
) -> Refusal | None:
    shown = {
        Distinction.INITIATIVE: facts.initiative_recognised,
        Distinction.RESEARCH: facts.research_accepted,
        Distinction.EXCELLENT_RATING: facts.rating is RatingLevel.EXCELLENT,
    }
    if any(shown[distinction] for distinction in criterion.accepts):
        return None
    wanted = ", hoặc ".join(_DISTINCTIONS[one] for one in criterion.accepts)
    return criterion.refusal(f"Chưa có thành tích nổi trội; cần có {wanted}.")


@unmet.register
def _consecutive_years(
    criterion: ConsecutiveYears, pack: RulePack, facts: IndividualFacts
) -> Refusal | None:
    held = {year for year, title in facts.history if title == criterion.title}
    if criterion.title in facts.titles:
        held.add(facts.year)
    running = run_until(held, facts.year if facts.year in held else facts.year - 1)
    if running >= criterion.years:
        return None
    return criterion.refusal(
        f"Có {running} năm liên tục đạt «{pack.title(criterion.title).name_vi}» "
        f"tính đến năm {facts.year}; cần ít nhất {criterion.years} năm."
    )


def run_until(years: Collection[int], last: int) -> int:
    """Count the years that follow one another up to the *last* one."""
    run = 0
    while last - run in years:
        run += 1
    return run


@unmet.register
def _provincial_initiative(
    criterion: ProvincialInitiative, pack: RulePack, facts: IndividualFacts
) -> Refusal | None:
    if facts.provincial_initiative:
        return None
    return criterion.refusal(
        "Chưa có sáng kiến được công nhận có phạm vi ảnh hưởng trong toàn tỉnh; "
        "cần ít nhất 1."
    )


@unmet.register
def _member_share(
    criterion: MemberShare, pack: RulePack, facts: CollectiveFacts
) -> Refusal | None:
    whole, other = facts.members, facts.reviewable_members
    also = "người thuộc diện xét"
    if pack.policies.exclude_non_reviewable:
        whole, other, also = other, whole, "toàn bộ thành viên"
    part = facts.holders(criterion.of)
    if criterion.threshold.reached(part, whole):
        return None
    beside = f" ({part}/{other} nếu tính trên {also})" if other != whole else ""
    return criterion.refusal(
        f"Có {part}/{whole} người {_reached(pack, criterion.of)}{beside}; cần ít nhất "
        f"{max(criterion.threshold.needed(whole), 1)} ({criterion.threshold.words})."
    )


@unmet.register
def _member_count(
    criterion: MemberCount, pack: RulePack, facts: CollectiveFacts
) -> Refusal | None:
    count = facts.holders(criterion.of)
    if count >= criterion.minimum:
        return None
    return criterion.refusal(
        f"Có {count} người {_reached(pack, criterion.of)}; "
        f"cần ít nhất {criterion.minimum}."
    )


def _reached(pack: RulePack, of: str) -> str:
    if of == COMPLETED:
        return "hoàn thành nhiệm vụ trở lên"
    return f"đạt «{pack.title(of).name_vi}»"


@unmet.register
def _assessed(criterion: Assessed, pack: RulePack, facts: Facts) -> Refusal:
    return criterion.refusal(f"Hội đồng tự xem xét tiêu chuẩn: {criterion.text_vi}.")
