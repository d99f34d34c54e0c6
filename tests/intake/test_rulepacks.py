"""A wrong rule pack is refused whole; a right one is kept and read back equal."""

import ast
import json
from dataclasses import fields
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from domain.cases.procedures import OF_LEADERS
from domain.delegation import LAW
from domain.refusals import Certainty
from domain.rules.citing import names_article
from domain.rules.criteria import MemberShare, Rule
from domain.rules.rewards import DECREES
from domain.rules.rulepack import RulePack
from intake.faults import BadDocument, Problem
from intake.rulepacks import RULES, from_data, load_packs, read_pack, to_data
from tests.sources import dotted, imports, modules, packages

PACKS = load_packs()
# What campaigns launched in the product's first weeks have kept.
KEPT = Path(__file__).parent / "kept"
# Whose entries have got fields since then.
GROWN = ("titles", "service", "slas")
UNREAD = "văn bản có năm và số điều, đã đọc được; chưa có thì ghi recalled"
OF_EVERYBODY = [
    "VN2017.CSTDCS.registered",
    "VN2017.LDTT.discipline",
    "VN2017.LDTT.rating",
    "VN2017.LDTT.registered",
    "VN2017.LDTT.service_months",
]
GOOD = (RULES / "vn2017.yaml").read_text(encoding="utf-8")


def line_of(part: str, text: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def problems(text: str) -> list[Problem]:
    with pytest.raises(BadDocument) as bad:
        read_pack(text, "vn2017.yaml")
    return list(bad.value.problems)


def rules_of(value: object) -> list[Rule]:
    parts = () if isinstance(value, tuple) else fields(value)
    inside = (
        value if isinstance(value, tuple) else [getattr(value, x.name) for x in parts]
    )
    nested = [
        rule
        for item in inside
        if isinstance(item, tuple) or hasattr(item, "__dataclass_fields__")
        for rule in rules_of(item)
    ]
    return [value, *nested] if isinstance(value, Rule) else nested


def test_the_shipped_packs_cover_the_years_without_gap_or_overlap() -> None:
    spans = [(pack.code, pack.valid_from, pack.valid_to) for pack in PACKS]
    ends = [
        (earlier.valid_to, later.valid_from - timedelta(1))
        for earlier, later in pairwise(PACKS)
    ]

    assert [code for code, _, _ in spans] == ["VN2017", "VN2024", "VN2025", "VN2026"]
    assert all(end == expected for end, expected in ends)
    assert PACKS[-1].valid_to is None


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: str(pack.code))
def test_every_shipped_rule_has_an_id_of_its_own_and_a_source(pack: RulePack) -> None:
    rules = rules_of(pack)
    ids = [rule.id for rule in rules]

    assert len(rules) > 60
    assert len(set(ids)) == len(ids)
    assert all(rule.source.strip() for rule in rules)


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: str(pack.code))
def test_what_is_verified_names_its_article(pack: RulePack) -> None:
    verified = [r for r in rules_of(pack) if r.certainty is Certainty.VERIFIED]

    assert verified
    assert [r.id for r in verified if not names_article(r.source)] == []


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("Luật TĐKT 2022 Điều 24 khoản 1 điểm a", True),
        ("NĐ 91/2017/NĐ-CP Điều 9 khoản 3", True),
        ("Luật TĐKT 2022 Điều 75 khoản 2; quy định của tỉnh", True),
        ("", False),
        ("Điều 24", False),
        ("Luật TĐKT 2022", False),
        ("Luật TĐKT Điều 24", False),
        ("Luật TĐKT 2022 Điều khoản chung", False),
        ("Luật TĐKT 2022 Điều 0", False),
        ("Điều 24 của quy chế năm 2022", False),
        ("Luật TĐKT 2022; Điều 24", False),
        ("NĐ 152/2025/NĐ-CP (chưa đối chiếu được số điều)", False),
        ("Luật TĐKT 2022 Điều 24 (chưa đối chiếu được)", False),
        ("Tạm giữ theo Luật TĐKT 2022 Điều 24", False),
        ("Mặc định của cơ quan (theo NĐ 98/2023/NĐ-CP Điều 47)", False),
        ("Quy chế của Hội đồng (theo mẫu NĐ 91/2017/NĐ-CP Điều 45)", False),
    ],
)
def test_a_source_names_its_article_with_its_law_and_without_a_doubt(
    source: str, named: bool
) -> None:
    assert names_article(source) is named


def test_what_the_code_itself_calls_verified_names_its_article() -> None:
    verified = [OF_LEADERS.source, LAW, *(x.name for x in DECREES if x.read)]

    assert [s for s in verified if not (s and names_article(s))] == []
    # Whoever writes another one enters it above.
    writers = {
        path
        for path, tree in modules(*packages())
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "VERIFIED"
        and dotted(node.value, imports(tree)) == "domain.refusals.Certainty"
    }
    assert writers == {
        "domain/cases/procedures.py",
        "domain/delegation.py",
        "domain/rules/rewards.py",
        "intake/rulepacks.py",
        "papers/terms.py",
    }


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: str(pack.code))
def test_what_a_pack_warns_of_stands_on_each_of_its_rules(pack: RulePack) -> None:
    assert {rule.warning_vi for rule in rules_of(pack)} == {pack.warning_vi}
    assert (pack.warning_vi is not None) == (pack.code == "VN2026")


def test_no_rule_that_the_new_law_may_have_changed_is_verified() -> None:
    verified = [r for r in rules_of(PACKS[-1]) if r.certainty is Certainty.VERIFIED]

    assert {r.source for r in verified if "TĐKT" in r.source} == set()


def test_a_pack_of_2017_is_read_as_it_is_written() -> None:
    title = PACKS[0].title("CSTDCS")

    assert (
        title.name_vi,
        title.prerequisites,
        str(title.vote.threshold),
        title.dossier,
    ) == (
        "Chiến sĩ thi đua cơ sở",
        ("LDTT",),
        ">= 7/10",
        (
            "department_submission",
            "department_minutes",
            "achievement_report",
            "initiative_certificate",
            "council_minutes",
        ),
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "ratio: 15/100",
            "ratio: 0.15",
            (
                "titles.1.quota.ratio",
                "0.15",
                "tỷ lệ dạng TỬ SỐ/MẪU SỐ, mẫu số khác 0 (ví dụ 15/100)",
            ),
        ),
        (
            'threshold: "> 50/100"',
            'threshold: "50%"',
            (
                "titles.0.vote.threshold",
                "50%",
                "dấu > hoặc >= rồi một phân số từ 0 đến 1 (ví dụ >= 70/100)",
            ),
        ),
        (
            "certainty: recalled",
            "certainty: sure",
            (
                "certainty",
                "sure",
                "một trong: verified, recalled, proposed",
            ),
        ),
        (
            "authority: PROVINCE_CHAIR",
            "authority: PROVINCE",
            (
                "titles.3.authority",
                "PROVINCE",
                "một trong: AGENCY_HEAD, PROVINCE_CHAIR",
            ),
        ),
        (
            "id: VN2017.LDTT.vote",
            "id: VN2024.LDTT.vote",
            ("titles.0.vote.id", "VN2024.LDTT.vote", "mã bắt đầu bằng VN2017."),
        ),
        (
            "id: VN2017.CSTDCS.vote",
            "id: VN2017.LDTT.vote",
            ("titles.1.vote.id", "VN2017.LDTT.vote", "mỗi mã chỉ dùng một lần"),
        ),
        (
            "valid_to: 2023-12-31",
            "valid_to: 2017-09-30",
            ("valid_to", "2017-09-30", "từ 2017-10-01 trở đi (theo `valid_from`)"),
        ),
        (
            "months: 12, source",
            "source",
            ("slas.19", "một nhóm mục", "một trong hai: `days` hoặc `months`"),
        ),
        (
            "source: Luật TĐKT 2003 Điều 28, Điều 80",
            "source: Luật TĐKT 2003",
            ("titles.2.source", "Luật TĐKT 2003", UNREAD),
        ),
        (
            "source: NĐ 91/2017/NĐ-CP Điều 10\n",
            "source: Điều 10\n",
            ("titles.0.criteria.2.source", "Điều 10", UNREAD),
        ),
        (
            "participants_meet: [VN2017.LDTT.service_months,",
            "participants_meet: [VN2017.CSTDCS.distinction,",
            (
                "policies.participants_meet.0",
                "VN2017.CSTDCS.distinction",
                f"một trong: {', '.join(OF_EVERYBODY)}",
            ),
        ),
        (
            "dependency_order: [LDTT, CSTDCS,",
            "dependency_order: [CSTDCS, LDTT,",
            ("dependency_order", "một danh sách", "có LDTT trước CSTDCS"),
        ),
    ],
)
def test_a_wrong_pack_says_line_field_what_was_found_and_what_is_allowed(
    old: str, new: str, expected: tuple[str, str, str]
) -> None:
    text = GOOD.replace(old, new, 1)

    assert problems(text) == [Problem(line_of(old, GOOD), *expected)]


def test_a_rating_left_out_of_the_scale_is_missed() -> None:
    text = GOOD.replace("  - {code: COMPLETED, name_vi: Hoàn thành nhiệm vụ}\n", "", 1)

    assert problems(text) == [
        Problem(
            line_of("ratings:", GOOD),
            "ratings",
            "một danh sách",
            "từ thấp đến cao, đủ và mỗi mã một lần: "
            "EXCELLENT, GOOD_COMPLETION, COMPLETED, NOT_COMPLETED",
        )
    ]


def test_a_criterion_that_needs_other_facts_than_the_subjects_is_refused() -> None:
    text = GOOD.replace(
        "kind: served_months\n        months",
        "kind: member_count\n        of: COMPLETED\n        minimum",
        1,
    )

    misplaced, unasked = problems(text)

    assert (misplaced.line, misplaced.field, misplaced.found) == (
        line_of("kind: member_count", text),
        "titles.0.criteria.2.kind",
        "member_count",
    )
    assert unasked.field == "policies.participants_meet.0"


def test_a_wrong_field_hides_no_wrong_reference() -> None:
    text = (
        GOOD.replace("months: 10", "months: ten", 1)
        .replace("authority: PROVINCE_CHAIR", "authority: PROVINCE", 1)
        .replace("cycle: annual", "cycle: yearly", 1)
        .replace("title: LDTT", "title: LDTX", 1)
    )

    assert [problem.field for problem in problems(text)] == [
        "titles.0.cycle",
        "titles.0.criteria.2.months",
        "titles.1.criteria.1.title",
        "titles.3.authority",
        "dependency_order",
    ]


@pytest.mark.parametrize("text", ["[]", "x", "titles: 3", "titles: [3]", "a: [", ""])
def test_what_is_no_pack_at_all_is_refused_too(text: str) -> None:
    assert problems(text)


def test_packs_are_read_oldest_first_from_any_folder(tmp_path: Path) -> None:
    for place, name in enumerate(("vn2025.yaml", "vn2017.yaml")):
        text = (RULES / name).read_text(encoding="utf-8")
        (tmp_path / f"{place}.yaml").write_text(text, encoding="utf-8")

    assert load_packs(tmp_path) == (PACKS[0], PACKS[2])


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: str(pack.code))
def test_a_pack_is_kept_and_read_back_equal(pack: RulePack) -> None:
    assert from_data(json.loads(json.dumps(to_data(pack)))) == pack


@pytest.mark.parametrize(
    ("name", "share", "cap"),
    [
        ("vn2017", "> 1/2", Fraction(15, 100)),
        ("vn2024", ">= 1/2", Fraction(15, 100)),
        ("vn2025", ">= 1/2", Fraction(15, 100)),
    ],
)
def test_a_pack_that_a_campaign_has_kept_stays_as_it_was(
    name: str, share: str, cap: Fraction
) -> None:
    kept = json.loads((KEPT / f"{name}.json").read_bytes())

    pack = from_data(kept)

    shares = [c for c in pack.title("TTLDTT").criteria if isinstance(c, MemberShare)]
    quota = pack.title("CSTDCS").quota
    assert [str(c.threshold) for c in shares] == [share]
    assert quota is not None
    assert quota.ratio == cap
    assert (pack.sla("initiative_filing").days, pack.publication) == (365, None)
    # It knows no limit of its own for the issue.
    assert pack.sla("issue", before="notify").days == 3
    assert {key: to_data(pack)[key] for key in kept if key not in GROWN} == {
        key: kept[key] for key in kept if key not in GROWN
    }


def test_a_kept_pack_has_exact_fractions_and_the_whole_as_one() -> None:
    whole = GOOD.replace("ratio: 15/100", "ratio: 100/100", 1)
    kept = json.loads(json.dumps(to_data(read_pack(whole, "vn2017.yaml"))))

    quota = from_data(kept).title("CSTDCS").quota

    assert kept["titles"][1]["quota"]["ratio"] == "1"
    assert kept["titles"][1]["vote"]["threshold"] == ">= 7/10"
    assert quota is not None
    assert quota.ratio == Fraction(1)
