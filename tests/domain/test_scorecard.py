"""The office's own score, and what entitles it to be proposed for the flag."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.refusals import Certainty, Refusal, Refused
from domain.reports.scorecard import (
    BlocRank,
    DossierPaper,
    Score,
    Total,
    flag_dossier,
    require_sound,
    total,
)
from domain.rules.rulepack import RulePack
from intake.rulepacks import load_packs

PACKS = load_packs()
VN2017 = PACKS[0]
POINTS = st.decimals(0, 100, places=2)
WORK = Score("1", "Thực hiện nhiệm vụ", Decimal(60), Decimal("58.5"), Decimal(57))
MOVEMENT = Score("2", "Phong trào thi đua", Decimal(40), Decimal(39))
PAPERS = {
    "agency_submission": "Tờ trình 05/TTr-VP",
    "achievement_report": "Báo cáo 12/BC-VP",
    "bloc_minutes": "Biên bản 01/BB-KTĐ",
}
FIRST = BlocRank(1, 9)


def test_a_scorecard_is_added_up_to_the_digit_and_says_what_is_open() -> None:
    assert total([WORK, MOVEMENT]) == Total(
        max_points=Decimal(100),
        self_score=Decimal("97.5"),
        appraised_score=Decimal(57),
        open=("2",),
    )


@given(st.lists(st.tuples(POINTS, POINTS, POINTS), max_size=20))
def test_a_sound_scorecard_never_scores_more_than_its_most(
    points: list[tuple[Decimal, Decimal, Decimal]],
) -> None:
    scores = [
        Score(str(n), "Tiêu chí", max(each), *sorted(each)[:2])
        for n, each in enumerate(points)
    ]

    require_sound(scores)

    sums = total(scores)
    assert sums.self_score <= sums.appraised_score <= sums.max_points
    assert sums.open == ()


def test_a_score_above_the_most_and_a_code_used_twice_are_refused_together() -> None:
    with pytest.raises(Refused) as refused:
        require_sound([WORK, replace(WORK, self_score=Decimal("60.01"))])

    assert refused.value.refusals == (
        Refusal(
            "bad_document", "Bảng điểm chưa đúng: 1: mã dùng hai lần; 1: điểm quá 60."
        ),
    )


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: str(pack.code))
def test_who_leads_the_bloc_may_be_proposed_with_all_three_papers(
    pack: RulePack,
) -> None:
    dossier = flag_dossier(pack, PAPERS, FIRST, confirmed=True)

    assert (dossier.entitled, dossier.missing) == (True, ())


def test_a_paper_that_is_not_there_is_missing_and_does_not_change_the_right() -> None:
    known = {"achievement_report": "Báo cáo 12/BC-VP", "other": "Công văn 1"}

    dossier = flag_dossier(VN2017, known, FIRST, confirmed=True)

    assert dossier.entitled
    assert dossier.missing == (
        DossierPaper("agency_submission", "Tờ trình của cơ quan", None),
        DossierPaper("bloc_minutes", "Biên bản bình xét của Khối thi đua", None),
    )


def test_whoever_does_not_lead_is_refused_by_the_blocs_own_rule() -> None:
    dossier = flag_dossier(VN2017, PAPERS, BlocRank(2, 9), confirmed=True)

    assert dossier.refusals == (
        Refusal(
            "bloc_leader",
            "Xếp thứ 2/9 đơn vị trong Cụm, Khối thi đua; chỉ đơn vị dẫn đầu được đề "
            "nghị.",
            "VN2017.CO_TINH.bloc_leader",
            "Quy chế hoạt động của Cụm, Khối thi đua tỉnh",
            Certainty.RECALLED,
        ),
    )


def test_without_a_confirmed_score_and_a_result_nothing_is_said_of_the_right() -> None:
    dossier = flag_dossier(VN2017, {}, None, confirmed=False)

    assert [each.code for each in dossier.refusals] == [
        "not_confirmed",
        "no_bloc_result",
    ]
