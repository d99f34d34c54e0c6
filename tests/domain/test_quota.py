"""The cap is never exceeded, and a tie across it is never broken silently."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.council.quota import (
    Candidate,
    Ranking,
    cap,
    over_cap,
    rank_within_cap,
)
from domain.refusals import Certainty, Refusal
from domain.rules.criteria import MemberShare
from domain.rules.rulepack import RulePack
from intake.rulepacks import load_packs

VN2017, VN2024, VN2025, VN2026 = load_packs()
FROM_2024 = (VN2024, VN2025, VN2026)  # no law caps the fighters at 15 % any more

BEST = Candidate("a", 9, Fraction(90), manager=False, prior_years=2)
CANDIDATES = st.lists(
    st.builds(
        Candidate,
        line=st.uuids().map(str),
        votes=st.integers(6, 9),
        initiative_score=st.fractions(0, 2, max_denominator=2),
        manager=st.booleans(),
        prior_years=st.integers(0, 1),
    ),
    unique_by=lambda candidate: candidate.line,
    max_size=12,
)


@pytest.mark.parametrize(
    ("ldtt", "most"), [(0, 0), (6, 0), (7, 1), (20, 3), (30, 4), (32, 4), (40, 6)]
)
def test_the_cap_is_rounded_down_over_the_whole_agency(ldtt: int, most: int) -> None:
    assert cap(VN2017, "CSTDCS", ldtt) == most


@given(st.integers(0, 100_000))
def test_the_cap_never_exceeds_fifteen_percent_and_wastes_no_whole_one(
    ldtt: int,
) -> None:
    most = cap(VN2017, "CSTDCS", ldtt)

    assert most is not None
    assert most * 100 <= 15 * ldtt < (most + 1) * 100


@pytest.mark.parametrize("title", ["LDTT", "TTLDTT", "TTLDXS", "GIAY_KHEN"])
def test_a_title_without_a_quota_of_ours_has_no_cap(title: str) -> None:
    assert cap(VN2017, title, 32) is None
    assert over_cap(VN2017, title, 1000, 32) is None


def test_a_list_over_the_cap_is_refused_with_its_numbers() -> None:
    assert over_cap(VN2017, "CSTDCS", 4, 32) is None
    assert [over_cap(pack, "CSTDCS", 32, 32) for pack in FROM_2024] == [None] * 3
    assert over_cap(VN2017, "CSTDCS", 5, 32) == Refusal(
        "quota",
        "Có 5 đề nghị «Chiến sĩ thi đua cơ sở» được thông qua; nhiều nhất 4 (không "
        "quá 15% tổng số cá nhân đạt danh hiệu Lao động tiên tiến; cơ sở tính: 32).",
        "VN2017.CSTDCS.quota",
        "NĐ 91/2017/NĐ-CP Điều 9 khoản 3",
        Certainty.VERIFIED,
    )


def needed_holders(pack: RulePack, title_code: str, of: str, members: int) -> int:
    """Give how many of *members* must hold the title *of*, or 0.

    The collective title *title_code* asks for a share of them; it is rounded up.
    """
    criteria = pack.title(title_code).criteria
    shares = [c for c in criteria if isinstance(c, MemberShare) and c.of == of]
    return max((share.threshold.needed(members) for share in shares), default=0)


@pytest.mark.parametrize(
    ("pack", "title", "needed"),
    [
        (VN2017, "TTLDTT", [5, 5, 6, 4]),
        (VN2017, "TTLDXS", [7, 6, 7, 5]),
        (VN2024, "TTLDTT", [7, 6, 7, 5]),
        (VN2025, "TTLDTT", [7, 6, 7, 5]),
        (VN2025, "TTLDXS", [7, 6, 7, 5]),
        (VN2017, "LDTT", [0, 0, 0, 0]),
    ],
)
def test_departments_of_nine_eight_ten_and_seven_need_so_many_ldtt(
    pack: RulePack, title: str, needed: list[int]
) -> None:
    assert [
        needed_holders(pack, title, "LDTT", members) for members in (9, 8, 10, 7)
    ] == needed


def test_votes_then_initiative_then_non_managers_then_prior_years_decide() -> None:
    order = [
        BEST,
        replace(BEST, line="b", prior_years=1),
        replace(BEST, line="c", manager=True),
        replace(BEST, line="d", initiative_score=Fraction(80)),
        replace(BEST, line="e", votes=8, initiative_score=Fraction(100)),
    ]

    ranking = rank_within_cap(reversed(order), 3)

    assert ranking == Ranking(("a", "b", "c"), (), 0, ("d", "e"))


def test_a_tie_across_the_cut_is_reported_with_the_seats_left() -> None:
    twins = [replace(BEST, line=line, votes=8) for line in ("d", "b", "c")]
    last = replace(BEST, line="e", votes=7)

    assert rank_within_cap([last, *twins, BEST], 2) == Ranking(
        ("a",), ("b", "c", "d"), 1, ("e",)
    )


def test_a_tie_on_one_side_of_the_cut_is_no_tie() -> None:
    twins = [replace(BEST, line=line) for line in ("a", "b")]
    others = [replace(BEST, line=line, votes=8) for line in ("c", "d")]

    assert rank_within_cap(twins + others, 2) == Ranking(("a", "b"), (), 0, ("c", "d"))


def test_a_cap_of_none_leaves_everybody_beyond() -> None:
    assert rank_within_cap([BEST], 0) == Ranking((), (), 0, ("a",))


@given(CANDIDATES, st.integers(0, 14))
def test_a_ranking_fills_the_cap_and_loses_nobody(
    candidates: list[Candidate], most: int
) -> None:
    ranking = rank_within_cap(candidates, most)

    placed = [*ranking.within, *ranking.tied, *ranking.beyond]
    assert sorted(placed) == sorted(candidate.line for candidate in candidates)
    assert len(ranking.within) + ranking.seats == min(most, len(candidates))
    assert ranking.seats == 0 or len(ranking.tied) > ranking.seats
