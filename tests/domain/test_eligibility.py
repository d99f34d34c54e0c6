"""Who may get which title, and what is said to whoever may not."""

from dataclasses import replace

import pytest

from domain.refusals import Certainty, Refusal, Refused, in_words
from domain.rules.criteria import CommendationType, DisciplineLevel, RatingLevel
from domain.rules.dependency import asked_by
from domain.rules.eligibility import (
    Stage,
    Verdict,
    cycle_refusal,
    judge,
    takes_part,
)
from domain.rules.facts import CollectiveFacts, IndividualFacts
from domain.rules.rulepack import RulePack
from domain.rules.titles import Subject
from intake.rulepacks import load_packs

PACKS = load_packs()
VN2017, VN2024, VN2025, VN2026 = PACKS
NĐ91 = "NĐ 91/2017/NĐ-CP Điều 10"

PERSON = IndividualFacts(
    registered=True, rating=RatingLevel.GOOD_COMPLETION, year=2022, service_months=12
)
FIGHTER = replace(
    PERSON,
    titles=frozenset({"LDTT"}),
    initiative_recognised=True,
    documents=frozenset({"initiative_certificate"}),
)
DEPARTMENT = CollectiveFacts(
    registered=True,
    rating=RatingLevel.EXCELLENT,
    titles=frozenset({"TTLDTT"}),
    members=9,
    reviewable_members=9,
    completed=9,
    holding={"LDTT": 7, "CSTDCS": 1},
)


def ballot(pack: RulePack, title: str, facts: IndividualFacts) -> Verdict:
    return judge(pack, title, facts, Stage.BALLOT)


def ballot_of(pack: RulePack, title: str, facts: CollectiveFacts) -> Verdict:
    return judge(pack, title, facts, Stage.BALLOT)


def codes(refusals: tuple[Refusal, ...]) -> list[str]:
    return [refusal.code for refusal in refusals]


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: str(pack.code))
def test_whoever_meets_everything_is_eligible(pack: RulePack) -> None:
    verdicts = [
        ballot(pack, "LDTT", PERSON),
        ballot(pack, "CSTDCS", FIGHTER),
        ballot_of(pack, "TTLDTT", DEPARTMENT),
        ballot_of(pack, "TTLDXS", DEPARTMENT),
    ]

    assert verdicts == [Verdict()] * 4


@pytest.mark.parametrize(
    ("pack", "months", "eligible"),
    [
        (VN2017, 9, False),
        (VN2017, 10, True),
        (VN2024, 5, False),
        (VN2024, 6, True),
        (VN2025, 5, False),
        (VN2025, 6, True),
    ],
)
def test_a_new_recruit_waits_as_long_as_the_regime_says(
    pack: RulePack, months: int, eligible: bool
) -> None:
    recruit = replace(PERSON, service_months=months)

    assert ballot(pack, "LDTT", recruit).eligible is eligible


def test_a_refusal_says_what_is_wrong_what_is_allowed_and_by_which_law() -> None:
    recruit = replace(PERSON, service_months=3)

    assert ballot(VN2017, "LDTT", recruit).refusals == (
        Refusal(
            "service_months",
            "Thời gian công tác được tính là 3 tháng; cần ít nhất 10 tháng.",
            "VN2017.LDTT.service_months",
            NĐ91,
            Certainty.VERIFIED,
        ),
    )


def test_everything_against_a_person_is_said_at_once() -> None:
    facts = replace(
        PERSON,
        registered=False,
        rating=RatingLevel.COMPLETED,
        service_months=3,
        disciplines=(DisciplineLevel.REPRIMAND,),
        held=True,
    )

    assert [r.detail for r in ballot(VN2017, "LDTT", facts).refusals] == [
        "Đang được xem xét kỷ luật, thanh tra, kiểm tra hoặc xác minh đơn thư; "
        "chỉ xét khi đã có kết luận.",
        "Chưa đăng ký thi đua; chỉ xét khi đã đăng ký.",
        "Xếp loại «Hoàn thành nhiệm vụ»; cần «Hoàn thành tốt nhiệm vụ» trở lên.",
        "Thời gian công tác được tính là 3 tháng; cần ít nhất 10 tháng.",
        "Bị kỷ luật «Khiển trách» trong thời gian tính thành tích; "
        "chỉ xét khi không có kỷ luật từ «Khiển trách» trở lên.",
    ]


def test_a_missing_rating_blocks_and_is_no_failure() -> None:
    verdict = ballot(VN2017, "LDTT", replace(PERSON, rating=None))

    assert (codes(verdict.refusals), verdict.eligible, verdict.waiting) == (
        ["missing_rating"],
        False,
        True,
    )


def test_a_missing_rating_beside_a_real_failure_is_not_waited_for() -> None:
    facts = replace(PERSON, rating=None, service_months=1)

    assert not ballot(VN2017, "LDTT", facts).waiting


def test_whoever_is_under_verification_waits() -> None:
    verdict = ballot(VN2024, "LDTT", replace(PERSON, held=True))

    assert (codes(verdict.refusals), verdict.waiting) == (["under_verification"], True)


def test_registration_is_asked_for_by_policy() -> None:
    policies = replace(VN2024.policies, require_registration=False)
    relaxed = replace(VN2024, policies=policies)
    stranger = replace(PERSON, registered=False)

    verdicts = [ballot(pack, "LDTT", stranger) for pack in (VN2024, relaxed)]

    assert [codes(verdict.refusals) for verdict in verdicts] == [["registered"], []]


@pytest.mark.parametrize(
    ("pack", "refused"), [(VN2017, ["distinction"]), (VN2024, []), (VN2025, [])]
)
def test_an_excellent_rating_replaces_an_initiative_from_2024(
    pack: RulePack, refused: list[str]
) -> None:
    facts = replace(FIGHTER, rating=RatingLevel.EXCELLENT, initiative_recognised=False)

    assert codes(ballot(pack, "CSTDCS", facts).refusals) == refused


def test_accepted_research_replaces_an_initiative() -> None:
    facts = replace(FIGHTER, initiative_recognised=False, research_accepted=True)

    assert ballot(VN2017, "CSTDCS", facts).eligible


def test_a_fighter_is_an_advanced_worker_first() -> None:
    verdict = ballot(VN2017, "CSTDCS", replace(FIGHTER, titles=frozenset()))

    assert [r.detail for r in verdict.refusals] == [
        "Chưa đạt «Lao động tiên tiến» cùng năm; chỉ xét khi danh hiệu đó đã được "
        "tặng hoặc được thông qua trong cùng phiên họp."
    ]


def test_at_appraisal_what_others_still_decide_only_warns() -> None:
    verdict = judge(VN2017, "CSTDCS", PERSON, Stage.APPRAISAL)

    assert (verdict.refusals, codes(verdict.warnings)) == (
        (),
        ["holds_ldtt", "distinction"],
    )


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: str(pack.code))
def test_at_appraisal_what_rests_on_titles_that_cannot_come_is_refused(
    pack: RulePack,
) -> None:
    nothing = replace(DEPARTMENT, titles=frozenset(), holding={})
    everything = frozenset(title.code for title in pack.titles)
    history = tuple((year, "CSTDCS") for year in (2019, 2020, 2021))
    hoping = replace(PERSON, titles=everything, history=history)
    asking = [title for title in pack.titles if any(map(asked_by, title.criteria))]

    found = {}
    for title in asking:
        if title.subject is Subject.COLLECTIVE:
            pairs = [(nothing, nothing), (nothing, DEPARTMENT)]
        else:
            pairs = [(PERSON, PERSON), (PERSON, hoping)]
        asked = {c.code for c in title.criteria if asked_by(c)}
        found[title.code] = [
            asked
            & set(codes(judge(pack, title.code, now, Stage.APPRAISAL, best).refusals))
            for now, best in pairs
        ]

    assert set(found) == {"CSTDCS", "TTLDTT", "TTLDXS", "CSTDT"}
    assert all(out and not hoped for out, hoped in found.values())


def test_at_appraisal_who_was_never_a_fighter_is_none_of_the_province() -> None:
    best = replace(PERSON, titles=frozenset({"LDTT", "CSTDCS"}))

    verdict = judge(VN2017, "CSTDT", PERSON, Stage.APPRAISAL, best)

    assert [(r.rule, r.detail) for r in verdict.refusals] == [
        (
            "VN2017.CSTDT.cstdcs_years",
            "Dù mọi đề nghị đang xét đều đạt: có 1 năm liên tục đạt «Chiến sĩ thi đua "
            "cơ sở» tính đến năm 2022; cần ít nhất 3 năm.",
        )
    ]
    assert codes(verdict.warnings) == ["provincial_initiative"]


def test_at_appraisal_whoever_cannot_get_the_lower_title_hears_it() -> None:
    recruit = replace(PERSON, service_months=3)

    verdict = judge(VN2017, "CSTDCS", recruit, Stage.APPRAISAL)

    assert [r.rule for r in verdict.refusals] == ["VN2017.LDTT.service_months"]


def test_at_appraisal_a_department_hears_what_its_people_still_have_to_reach() -> None:
    facts = replace(DEPARTMENT, titles=frozenset(), holding={}, completed=8)

    verdict = judge(VN2017, "TTLDXS", facts, Stage.APPRAISAL)

    assert (codes(verdict.refusals), codes(verdict.warnings)) == (
        ["members_completed"],
        ["holds_ttldtt", "ldtt_share", "cstdcs_count"],
    )


@pytest.mark.parametrize(
    ("pack", "members", "enough"),
    [
        (VN2017, 8, 5),
        (VN2017, 10, 6),
        (VN2024, 8, 6),
        (VN2024, 10, 7),
        (VN2025, 9, 7),
        (VN2026, 7, 5),
    ],
)
def test_more_than_half_until_2023_seven_in_ten_from_2024(
    pack: RulePack, members: int, enough: int
) -> None:
    facts = replace(DEPARTMENT, members=members, completed=members)

    verdicts = [
        ballot_of(pack, "TTLDTT", replace(facts, holding={"LDTT": ldtt}))
        for ldtt in (enough - 1, enough)
    ]

    assert [codes(verdict.refusals) for verdict in verdicts] == [["ldtt_share"], []]


def test_a_share_is_said_of_all_members_and_of_those_under_review() -> None:
    facts = replace(DEPARTMENT, members=10, reviewable_members=9, holding={"LDTT": 5})

    assert [r.detail for r in ballot_of(VN2017, "TTLDTT", facts).refusals] == [
        "Có 5/10 người đạt «Lao động tiên tiến» (5/9 nếu tính trên người thuộc diện "
        "xét); cần ít nhất 6 (trên 50%)."
    ]


def test_by_policy_only_those_under_review_count() -> None:
    policies = replace(VN2017.policies, exclude_non_reviewable=True)
    facts = replace(DEPARTMENT, members=10, reviewable_members=9, holding={"LDTT": 5})

    assert ballot_of(replace(VN2017, policies=policies), "TTLDTT", facts).eligible


def test_one_member_short_of_completing_or_without_a_fighter_is_not_excellent() -> None:
    facts = replace(DEPARTMENT, completed=8, holding={"LDTT": 7})

    assert [r.detail for r in ballot_of(VN2017, "TTLDXS", facts).refusals] == [
        "Có 8/9 người hoàn thành nhiệm vụ trở lên; cần ít nhất 9 (đủ 100%).",
        "Có 0 người đạt «Chiến sĩ thi đua cơ sở»; cần ít nhất 1.",
    ]


@pytest.mark.parametrize(
    ("level", "refused"),
    [
        (DisciplineLevel.REPRIMAND, []),
        (DisciplineLevel.WARNING, ["member_discipline"]),
        (DisciplineLevel.DISMISSAL, ["member_discipline"]),
    ],
)
def test_a_member_disciplined_from_a_warning_up_bars_the_department(
    level: DisciplineLevel, refused: list[str]
) -> None:
    facts = replace(DEPARTMENT, disciplines=(level,))

    assert codes(ballot_of(VN2017, "TTLDTT", facts).refusals) == refused


def test_a_department_of_two_needs_both_and_the_council_is_warned() -> None:
    pair = replace(
        DEPARTMENT, members=2, reviewable_members=2, holding={"LDTT": 1}, completed=2
    )

    verdict = ballot_of(VN2017, "TTLDTT", pair)

    assert (codes(verdict.refusals), [w.detail for w in verdict.warnings]) == (
        ["ldtt_share"],
        ["Tập thể chỉ có 2 người: trên 50% nghĩa là 2 người; Hội đồng cần cân nhắc."],
    )


def test_a_department_of_nobody_reaches_nothing() -> None:
    empty = replace(
        DEPARTMENT,
        members=0,
        reviewable_members=0,
        completed=0,
        holding={"CSTDCS": 1},
    )

    verdict = ballot_of(VN2024, "TTLDXS", empty)

    assert codes(verdict.refusals) == ["members_completed", "ldtt_share"]


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: str(pack.code))
def test_a_missing_word_of_another_unit_waits_at_the_appraisal_and_only_there(
    pack: RulePack,
) -> None:
    moved = replace(PERSON, unheard=("Sở Nội vụ",), unconfirmed=True)

    appraised = judge(pack, "LDTT", moved, Stage.APPRAISAL)

    assert codes(appraised.refusals) == ["missing_opinion", "missing_confirmation"]
    assert "Sở Nội vụ" in appraised.refusals[0].detail
    assert appraised.waiting
    assert ballot(pack, "LDTT", moved) == Verdict()


def test_who_belongs_elsewhere_at_the_end_does_not_wait_here() -> None:
    moved = replace(PERSON, elsewhere="Phòng Công tác Quốc hội")

    verdict = judge(VN2017, "LDTT", moved, Stage.APPRAISAL)

    assert (codes(verdict.refusals), verdict.waiting) == (["of_another_unit"], False)


@pytest.mark.parametrize(
    ("pack", "refused"),
    [(VN2017, []), (VN2024, []), (VN2025, ["dissolved"]), (VN2026, ["dissolved"])],
)
def test_a_dissolved_unit_gets_nothing_from_2025(
    pack: RulePack, refused: list[str]
) -> None:
    facts = replace(DEPARTMENT, dissolved=True)

    assert codes(ballot_of(pack, "TTLDTT", facts).refusals) == refused


@pytest.mark.parametrize("cited", [CommendationType.AD_HOC, CommendationType.THEMATIC])
def test_ad_hoc_and_thematic_results_support_no_merit_award(
    cited: CommendationType,
) -> None:
    facts = replace(PERSON, cited=(CommendationType.MERIT, cited))

    verdict = ballot(VN2024, "BANG_KHEN_TINH", facts)

    assert codes(verdict.refusals) == ["merit_only"]


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: str(pack.code))
def test_they_bar_no_title_and_no_award_of_the_offices_own(pack: RulePack) -> None:
    cited = (CommendationType.AD_HOC, CommendationType.THEMATIC)
    facts = replace(PERSON, cited=cited)

    verdicts = [ballot(pack, title, facts) for title in ("LDTT", "GIAY_KHEN")]

    assert [codes(verdict.refusals) for verdict in verdicts] == [[], []]


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: str(pack.code))
def test_the_best_collectives_need_the_lower_title_until_2023(pack: RulePack) -> None:
    facts = replace(DEPARTMENT, titles=frozenset())

    needed = [] if pack is not VN2017 else ["holds_ttldtt"]
    assert codes(ballot_of(pack, "TTLDXS", facts).refusals) == needed


def test_what_no_machine_can_tell_is_left_to_the_council() -> None:
    verdict = ballot(VN2017, "GIAY_KHEN", PERSON)

    assert (verdict.eligible, [w.detail for w in verdict.warnings]) == (
        True,
        [
            "Hội đồng tự xem xét tiêu chuẩn: đạt tiêu chuẩn giấy khen do tỉnh "
            "hoặc cơ quan quy định."
        ],
    )


@pytest.mark.parametrize(
    ("years", "this_year", "running"),
    [
        ((2020, 2021), True, None),
        ((2019, 2020, 2021), False, None),
        ((2019, 2021), True, 2),
        ((2017, 2018, 2019), False, 0),
    ],
)
def test_a_provincial_fighter_was_one_at_the_base_three_years_running(
    years: tuple[int, ...], this_year: bool, running: int | None
) -> None:
    facts = replace(
        FIGHTER,
        history=tuple((year, "CSTDCS") for year in years),
        titles=frozenset({"CSTDCS"} if this_year else ()),
        provincial_initiative=True,
    )
    said = [
        f"Có {running} năm liên tục đạt «Chiến sĩ thi đua cơ sở» tính đến năm 2022; "
        "cần ít nhất 3 năm."
    ]

    refusals = ballot(VN2017, "CSTDT", facts).refusals

    assert [r.detail for r in refusals] == (said if running is not None else [])


def test_years_that_only_papers_of_before_tell_count_and_are_said_to() -> None:
    history = ((2019, "CSTDCS"), (2020, "CSTDCS"), (2021, "CSTDCS"))
    papers = frozenset({(2015, "CSTDCS"), (2019, "CSTDCS"), (2020, "CSTDCS")})
    facts = replace(
        FIGHTER,
        history=((2015, "CSTDCS"), *history),
        brought=papers,
        provincial_initiative=True,
    )

    verdict = ballot(VN2017, "CSTDT", facts)

    assert verdict.eligible
    assert [(each.code, each.detail) for each in verdict.warnings] == [
        (
            "from_papers",
            "«Chiến sĩ thi đua cơ sở» năm 2019, 2020 tính theo hồ sơ nhập: quyết định "
            "có từ trước khi dùng hệ thống, chưa đối chiếu ở đây.",
        )
    ]


def test_a_title_for_collectives_is_not_for_a_person() -> None:
    assert ballot(VN2017, "TTLDTT", PERSON).refusals == (
        Refusal(
            "wrong_subject",
            "«Tập thể lao động tiên tiến» chỉ xét cho tập thể.",
            "VN2017.TTLDTT",
            "Luật TĐKT 2003 Điều 28, Điều 80",
            Certainty.VERIFIED,
        ),
    )


def test_an_unknown_title_is_refused() -> None:
    with pytest.raises(Refused):
        ballot(VN2017, "AHLD", PERSON)


@pytest.mark.parametrize(
    ("final_phase", "thematic", "titles"),
    [
        (False, False, {"GIAY_KHEN"}),
        (False, True, {"GIAY_KHEN", "BANG_KHEN_TINH"}),
        (True, True, {"GIAY_KHEN", "BANG_KHEN_TINH"}),
        (True, False, {title.code for title in VN2017.titles}),
    ],
)
def test_yearly_titles_belong_to_the_years_last_phase(
    final_phase: bool, thematic: bool, titles: set[str]
) -> None:
    allowed = {
        title.code
        for title in VN2017.titles
        if not cycle_refusal(VN2017, title.code, final_phase, thematic)
    }

    assert allowed == titles


def test_a_yearly_title_at_midyear_is_refused_with_its_season() -> None:
    assert cycle_refusal(VN2017, "LDTT", final_phase=False, thematic=False) == Refusal(
        "wrong_cycle",
        "«Lao động tiên tiến» không xét ở giai đoạn này; chỉ xét ở giai đoạn cuối "
        "năm của phong trào thường xuyên.",
        "VN2017.LDTT",
        "Luật TĐKT 2003 Điều 24, Điều 80",
        Certainty.VERIFIED,
    )


def test_why_a_title_is_yearly_is_said_by_what_makes_it_so() -> None:
    refusals = [
        cycle_refusal(VN2024, title, final_phase=False, thematic=False)
        for title in ("LDTT", "CSTDCS", "TTLDTT")
    ]

    assert [(r.rule, r.certainty) for r in refusals if r] == [
        ("VN2024.LDTT.cycle", Certainty.PROPOSED),
        ("VN2024.CSTDCS.cycle", Certainty.PROPOSED),
        ("VN2024.TTLDTT", Certainty.VERIFIED),
    ]


def test_each_refusal_of_a_regime_that_could_not_be_read_warns_of_it() -> None:
    facts = replace(PERSON, registered=False, rating=None, service_months=1, held=True)
    refusals = ballot(VN2026, "CSTDCS", facts).refusals

    assert len(refusals) > 3
    assert {refusal.warning for refusal in refusals} == {VN2026.warning_vi}
    assert in_words(refusals).count(str(VN2026.warning_vi)) == 1
    assert in_words(refusals).endswith(str(VN2026.warning_vi))
    assert {r.warning for r in ballot(VN2025, "CSTDCS", facts).refusals} == {None}


def test_new_recruits_and_the_disciplined_are_no_participants() -> None:
    people = [
        PERSON,
        replace(PERSON, rating=None, registered=False),
        replace(PERSON, service_months=3),
        replace(PERSON, disciplines=(DisciplineLevel.REPRIMAND,)),
    ]

    assert [takes_part(VN2017, person) for person in people] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("pack", PACKS[1:], ids=lambda pack: str(pack.code))
def test_who_rests_on_an_initiative_brings_its_certificate_and_who_is_rated_does_not(
    pack: RulePack,
) -> None:
    bare = replace(FIGHTER, documents=frozenset())
    excellent = replace(bare, rating=RatingLevel.EXCELLENT)

    found = [ballot(pack, "CSTDCS", facts) for facts in (bare, FIGHTER, excellent)]

    assert all(verdict.eligible for verdict in found)
    assert [codes(verdict.warnings) for verdict in found] == [["certificate"], [], []]
    [warning] = found[0].warnings
    assert "Điều 84 khoản 1 điểm d" in (warning.source or "")


def test_too_many_excellent_ratings_are_said_of_whoever_rests_on_one() -> None:
    rated = replace(
        FIGHTER,
        year=2026,
        rating=RatingLevel.EXCELLENT,
        initiative_recognised=False,
        rated={RatingLevel.EXCELLENT: 5, RatingLevel.GOOD_COMPLETION: 24},
    )
    cases = {
        "too many": rated,
        "as many as may be": replace(
            rated, rated={RatingLevel.EXCELLENT: 4, RatingLevel.GOOD_COMPLETION: 24}
        ),
        "of a year before": replace(rated, year=2025),
        "with an initiative": replace(rated, initiative_recognised=True),
    }

    for pack in (VN2025, VN2026):
        found = {name: ballot(pack, "CSTDCS", facts) for name, facts in cases.items()}

        assert all(verdict.eligible for verdict in found.values())
        assert {n: codes(v.warnings) for n, v in found.items() if v.warnings} == {
            "too many": ["excellent_share"]
        }
        [warning] = found["too many"].warnings
        assert warning.certainty is Certainty.RECALLED
        assert (
            "có 5 người xếp loại này và 24 người xếp loại «Hoàn thành tốt nhiệm vụ», "
            "nên nhiều nhất 4 (20%)" in warning.detail
        )
