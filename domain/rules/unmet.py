"""What each kind of criterion finds lacking in a subject."""

from collections.abc import Collection
from functools import singledispatch
from typing import get_type_hints

from domain.council.thresholds import percent
from domain.refusals import Refusal
from domain.rules.criteria import (
    COMPLETED,
    AnyDistinction,
    Assessed,
    CertifiedDistinction,
    CommendationType,
    ConsecutiveYears,
    Distinction,
    ExcellentShare,
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
from domain.rules.facts import (
    MISSING_RATING,
    UNDER_VERIFICATION,
    CollectiveFacts,
    Facts,
    IndividualFacts,
)
from domain.rules.rulepack import RulePack


@singledispatch
def unmet(criterion: Rule, pack: RulePack, facts: Facts) -> Refusal | None:
    """Say why a criterion is not met, with what is allowed; None when it is met.

    One function a kind of criterion; the kinds for one sort of subject stand only
    in titles for that sort, which the reader of rule packs sees to.
    """
    raise TypeError(f"{type(criterion).__name__} is no criterion of {pack.code}")


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
    if _shown(facts) & set(criterion.accepts):
        return None
    wanted = ", hoặc ".join(_DISTINCTIONS[one] for one in criterion.accepts)
    return criterion.refusal(f"Chưa có thành tích nổi trội; cần có {wanted}.")


def _shown(facts: IndividualFacts) -> set[Distinction]:
    shown = {
        Distinction.INITIATIVE: facts.initiative_recognised,
        Distinction.RESEARCH: facts.research_accepted,
        Distinction.EXCELLENT_RATING: facts.rating is RatingLevel.EXCELLENT,
    }
    return {distinction for distinction, there in shown.items() if there}


@unmet.register
def _certified_distinction(
    criterion: CertifiedDistinction, pack: RulePack, facts: IndividualFacts
) -> Refusal | None:
    rated = Distinction.EXCELLENT_RATING in _shown(facts)
    if rated or criterion.document in facts.documents:
        return None
    paper = next(k for k in pack.document_kinds if k.code == criterion.document)
    return criterion.refusal(
        f"Xét theo sáng kiến hoặc đề tài thì hồ sơ kèm «{paper.name_vi}»; chưa thấy."
    )


@unmet.register
def _excellent_share(
    criterion: ExcellentShare, pack: RulePack, facts: IndividualFacts
) -> Refusal | None:
    if _shown(facts) != {Distinction.EXCELLENT_RATING}:
        return None
    excellent = facts.rated.get(RatingLevel.EXCELLENT, 0)
    good = facts.rated.get(RatingLevel.GOOD_COMPLETION, 0)
    most = int(criterion.ratio * good)
    if facts.year < criterion.rated_from or excellent <= most:
        return None
    names = {name.code: name.name_vi for name in pack.ratings}
    return criterion.refusal(
        f"Đề nghị dựa vào xếp loại «{names[RatingLevel.EXCELLENT]}»; cả cơ quan có "
        f"{excellent} người xếp loại này và {good} người xếp loại "
        f"«{names[RatingLevel.GOOD_COMPLETION]}», nên nhiều nhất {most} "
        f"({percent(criterion.ratio)}) trong cơ quan và từng nhóm nhiệm vụ tương "
        "đồng, trừ trường hợp ngoại lệ; Hội đồng cần xem lại."
    )


@unmet.register
def _consecutive_years(
    criterion: ConsecutiveYears, pack: RulePack, facts: IndividualFacts
) -> Refusal | None:
    running = len(years_running(criterion, facts))
    if running >= criterion.years:
        return None
    return criterion.refusal(
        f"Có {running} năm liên tục đạt «{pack.title(criterion.title).name_vi}» "
        f"tính đến năm {facts.year}; cần ít nhất {criterion.years} năm."
    )


def years_running(criterion: ConsecutiveYears, facts: IndividualFacts) -> range:
    """Give the years that follow one another in which somebody has held a title."""
    held = {year for year, title in facts.history if title == criterion.title}
    if criterion.title in facts.titles:
        held.add(facts.year)
    last = facts.year if facts.year in held else facts.year - 1
    return range(last - run_until(held, last) + 1, last + 1)


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
