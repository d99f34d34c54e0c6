"""A title that rests on another is judged, voted on and reviewed after it."""

import pytest

from domain.rules.dependency import dependants, in_dependency_order
from domain.rules.rulepack import RulePack
from intake.rulepacks import load_packs

PACKS = load_packs()
VN2017, VN2024, VN2025, VN2026 = PACKS


def test_lines_follow_the_dependency_order_and_keep_their_own() -> None:
    lines = ["TTLDXS:1", "GIAY_KHEN:1", "LDTT:2", "CSTDCS:1", "LDTT:1", "TTLDTT:1"]

    ordered = in_dependency_order(VN2017, lines, lambda line: line.split(":")[0])

    assert ordered == [
        "LDTT:2",
        "LDTT:1",
        "CSTDCS:1",
        "TTLDTT:1",
        "TTLDXS:1",
        "GIAY_KHEN:1",
    ]


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: str(pack.code))
@pytest.mark.parametrize(
    ("title", "resting"),
    [
        ("LDTT", ("CSTDCS", "TTLDTT", "TTLDXS", "CSTDT")),
        ("CSTDCS", ("TTLDXS", "CSTDT")),
        ("TTLDXS", ()),
        ("GIAY_KHEN", ()),
    ],
)
def test_an_award_that_falls_away_names_all_that_rests_on_it(
    pack: RulePack, title: str, resting: tuple[str, ...]
) -> None:
    assert dependants(pack, title) == resting


@pytest.mark.parametrize(
    ("pack", "resting"),
    [(VN2017, ("TTLDXS",)), (VN2024, ()), (VN2025, ()), (VN2026, ())],
)
def test_the_best_collectives_rest_on_the_lower_title_until_2023(
    pack: RulePack, resting: tuple[str, ...]
) -> None:
    assert dependants(pack, "TTLDTT") == resting
