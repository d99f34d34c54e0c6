"""A plan is read whole, and its checks see how its parts fit together."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from domain.calendar import RollPolicy
from domain.ladder import OWED_BY_DEPARTMENT, OWED_BY_DIRECTOR, Addressee, Rung
from domain.reports.targets import Denominator, Target
from intake.faults import BadDocument, Problem
from intake.phases import PlannedPhase
from intake.plan_schema import published_schema
from intake.plans import FollowUp, Plan, read_plan
from intake.rulepacks import load_packs

PLANS = Path(__file__).parents[2] / "plans"
REGULAR = (PLANS / "2022.yaml").read_text("utf-8")
THEMATIC = (PLANS / "chuyen-de-2022.yaml").read_text("utf-8")


def plan(text: str) -> Plan:
    return read_plan(text, "plan.yaml", load_packs())


def changed(text: str, *changes: tuple[str, str]) -> str:
    """Replace the first occurrence of each old line; each must be there."""
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def problems(text: str, *changes: tuple[str, str]) -> list[Problem]:
    with pytest.raises(BadDocument) as refused:
        plan(changed(text, *changes))
    return refused.value.problems


def line(text: str, of: str) -> int:
    """Find the line of the first occurrence, which is what `changed` replaces."""
    return text[: text.index(of)].count("\n") + 1


def group_line(text: str, of: str) -> int:
    """Find where the list item around it begins: what is missing is told there."""
    return text[: text.rindex("\n  - ", 0, text.index(of))].count("\n") + 2


PHASE_1 = PlannedPhase(
    number=1,
    name="Giai đoạn 1",
    text=(
        "Từ đầu năm 2022 đến ngày 30/6/2022, thi đua lập thành tích xuất sắc chào mừng "
        "các ngày lễ lớn, phấn đấu thực hiện tốt các nhiệm vụ, chỉ tiêu kế hoạch "
        "6 tháng đầu năm 2022."
    ),
    period_start=date(2022, 1, 1),
    period_end=date(2022, 6, 30),
    registration_opens=date(2022, 1, 10),
    registration_due=date(2022, 2, 28),
    submission_opens=date(2022, 6, 15),
    submission_due=date(2022, 6, 30),
    peer_review_opens=date(2022, 6, 15),
    appraisal_due=date(2022, 7, 14),
    public_notice_working_days=5,
    council_meeting_by=date(2022, 7, 28),
    director_due=date(2022, 8, 4),
    final=False,
    titles=("GIAY_KHEN",),
)
PHASE_2 = PlannedPhase(
    number=2,
    name="Giai đoạn 2",
    text=(
        "Từ ngày 01/7/2022 đến hết năm 2022, thi đua lập thành tích xuất sắc chào mừng "
        "các ngày lễ lớn, phấn đấu thực hiện tốt các nhiệm vụ, chỉ tiêu kế hoạch "
        "6 tháng cuối năm và cả năm 2022."
    ),
    period_start=date(2022, 7, 1),
    period_end=date(2022, 12, 31),
    registration_opens=date(2022, 7, 1),
    registration_due=date(2022, 7, 15),
    submission_opens=date(2022, 12, 15),
    submission_due=date(2022, 12, 31),
    peer_review_opens=date(2022, 12, 15),
    appraisal_due=date(2023, 1, 17),
    public_notice_working_days=5,
    council_meeting_by=date(2023, 2, 7),
    director_due=date(2023, 2, 14),
    final=True,
    titles=("LDTT", "CSTDCS", "TTLDTT", "TTLDXS", "GIAY_KHEN"),
)
THEME = (
    "Công chức, người lao động Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân "
    "Tỉnh tiếp tục đổi mới, nâng cao chất lượng, hiệu quả công tác tham mưu, tổ chức "
    "phục vụ các mặt hoạt động của Đoàn đại biểu Quốc hội và Hội đồng nhân dân Tỉnh"
)
RECIPIENTS = (
    "Lãnh đạo Đoàn ĐBQH Tỉnh",
    "Thường trực HĐND Tỉnh",
    "Công đoàn Viên chức Tỉnh",
    "Các Ban của HĐND Tỉnh",
    "Lãnh đạo, CBCC, NLĐ Văn phòng",
    "Lưu: VT",
)


def test_the_plan_of_2022_keeps_what_the_paper_says():
    written = plan(REGULAR)

    lists = (written.purposes, written.requirements, written.tasks)
    assert tuple(map(len, lists)) == (2, 4, 10)
    assert written.theme == THEME
    assert written.recipients == RECIPIENTS


def test_the_plan_of_2022_says_who_organises_what():
    duties = plan(REGULAR).organisation

    assert [duty.who for duty in duties] == [
        ("leadership", "union"),
        ("secretariat",),
        ("departments",),
        ("leadership",),
    ]


def test_the_phases_of_2022_have_dates_of_their_own():
    assert plan(REGULAR).phases == (PHASE_1, PHASE_2)


def test_the_pact_comes_before_the_phases_and_the_reviews_after():
    assert plan(REGULAR).follow_up == FollowUp(
        pact_signing_by=date(2022, 1, 7),
        pact_occasion="Hội nghị cán bộ, công chức, viên chức năm 2021",
        interim_review_by=date(2022, 8, 12),
        final_review_by=date(2023, 2, 28),
    )


def test_the_four_targets_of_2022_keep_their_denominators():
    targets = plan(REGULAR).targets

    assert [
        (t.title, t.subject, t.ratio, t.denominator, t.comparison, t.legal_cap)
        for t in targets
    ] == [
        ("TTLDTT", "collective", Fraction(1), "departments", "at_least", None),
        ("TTLDXS", "collective", Fraction(1, 2), "departments", "at_least", None),
        ("LDTT", "individual", Fraction(1), "participants", "at_least", None),
        (
            "CSTDCS",
            "individual",
            Fraction(15, 100),
            "participants",
            "legal_cap",
            Fraction(15, 100),
        ),
    ]


def test_a_target_equal_to_the_legal_cap_is_compared_with_it():
    aims = [target.aim() for target in plan(REGULAR).targets]

    assert aims[1:] == [
        Target("TTLDXS", Fraction(1, 2), Denominator.DEPARTMENTS),
        Target("LDTT", Fraction(1), Denominator.PARTICIPANTS),
        Target("CSTDCS", Fraction(3, 20), Denominator.PARTICIPANTS, True),
    ]


def test_a_thematic_campaign_is_one_phase_that_grants_commendations_only():
    thematic = plan(THEMATIC)

    assert (thematic.kind, len(thematic.phases)) == ("thematic", 1)
    assert thematic.titles == ("GIAY_KHEN",)


def test_a_plan_silent_on_ladders_has_the_products_own():
    assert plan(REGULAR).ladder("department") == OWED_BY_DEPARTMENT
    assert plan(THEMATIC).ladder("director") == OWED_BY_DIRECTOR
    assert plan(THEMATIC).ladder("department")[2] == Rung(
        "due_day", 0, (Addressee.DEPARTMENT, Addressee.DEPARTMENT_HEAD)
    )


@pytest.mark.parametrize("text", [REGULAR, THEMATIC])
def test_a_stored_plan_is_the_same_plan(text: str):
    written = plan(text)

    assert Plan.model_validate_json(written.model_dump_json()) == written
    assert Plan.model_validate(written.model_dump(mode="json")) == written
    assert Plan.model_validate(written.model_dump()) == written


def test_deadlines_roll_forward_unless_the_plan_says_otherwise():
    silent = plan(changed(REGULAR, ("roll: forward\n", "")))
    backward = plan(changed(REGULAR, ("roll: forward", "roll: backward")))

    assert (silent.roll, backward.roll) == (RollPolicy.FORWARD, RollPolicy.BACKWARD)


TITLES = "LDTT, CSTDCS, TTLDTT, TTLDXS, CSTDT, GIAY_KHEN, BANG_KHEN_TINH, CO_TINH"
BODIES = (
    "leadership, director, union, secretariat, departments, council, "
    "initiative_council, staff"
)
# What is written instead of what, and how it is told, in the order of the lines.
TEN_ERRORS = [
    (
        'code: "2022"',
        "code: Năm 2022",
        "code",
        "Năm 2022",
        "mã viết thường không dấu, nối bằng dấu - (ví dụ chuyen-de-2022)",
    ),
    (
        "kind: regular",
        "kind: yearly",
        "kind",
        "yearly",
        "một trong: regular, thematic",
    ),
    (
        "roll: forward",
        "roll: sideways",
        "roll",
        "sideways",
        "một trong: forward, backward, none",
    ),
    (
        "    period_end: 2022-06-30",
        "    period_end: 2022-06-31",
        "phases.0.period_end",
        "2022-06-31",
        "ngày có thật, dạng NĂM-THÁNG-NGÀY (ví dụ 2022-06-30)",
    ),
    (
        "titles: [GIAY_KHEN]",
        "titles: [GIAY_KHE]",
        "phases.0.titles.0",
        "GIAY_KHE",
        f"một trong: {TITLES}",
    ),
    (
        "    submission_due: 2022-12-31",
        "    submission_due: 2022-12-15",
        "phases.1.submission_due",
        "2022-12-15",
        "từ 2022-12-16 trở đi (theo `submission_opens` 2022-12-15)",
    ),
    (
        "    ratio: 50/100",
        "    ratio: 50%",
        "targets.1.ratio",
        "50%",
        "tỷ lệ dạng TỬ SỐ/MẪU SỐ, mẫu số khác 0 (ví dụ 15/100)",
    ),
    (
        "    denominator: participants",
        "    denominator: departments",
        "targets.2.denominator",
        "departments",
        "participants hoặc headcount (chỉ tiêu cá nhân)",
    ),
    (
        "  - who: [secretariat]",
        "  - who: [office]",
        "organisation.1.who.0",
        "office",
        f"một trong: {BODIES}",
    ),
    (
        "follow_up:",
        "follow-up:",
        "follow-up",
        "một nhóm mục",
        f"chỉ các mục: {', '.join(Plan.model_fields)} (có phải follow_up?)",
    ),
]


def test_ten_errors_are_ten_problems_each_at_its_line():
    found = problems(REGULAR, *((old, new) for old, new, *_ in TEN_ERRORS))

    assert found == [Problem(line(REGULAR, old), *told) for old, _, *told in TEN_ERRORS]


@pytest.mark.parametrize(
    ("old", "new", "field", "found", "allowed"),
    [
        (
            "    submission_opens: 2022-06-15",
            "    submission_opens: 2021-12-15",
            "phases.0.submission_opens",
            "2021-12-15",
            "từ 2022-01-01 trở đi (theo `period_start` 2022-01-01)",
        ),
        (
            "    director_due: 2023-02-14",
            "    director_due: 2032-02-14",
            "phases.1.director_due",
            "2032-02-14",
            "muộn nhất là 2023-06-29 (theo `period_end` 2022-12-31)",
        ),
        (
            "    registration_due: 2022-02-28\n",
            "",
            "phases.0.registration_due",
            "",
            "phải có cả ngày mở và hạn đăng ký, hoặc không có cả hai",
        ),
        (
            "    council_meeting_by: 2022-07-28",
            "    council_meeting_by: 2022-07-18",
            "phases.0.council_meeting_by",
            "2022-07-18",
            "đủ 5 ngày làm việc công khai sau `appraisal_due`",
        ),
        (
            "  - number: 2",
            "  - number: 3",
            "phases.1.number",
            "3",
            "2 (đánh số lần lượt từ 1)",
        ),
        (
            "    period_start: 2022-07-01",
            "    period_start: 2022-07-02",
            "phases.1.period_start",
            "2022-07-02",
            "2022-07-01 (ngay sau giai đoạn trước)",
        ),
        (
            "    period_start: 2022-01-01",
            "    period_start: 2021-12-31",
            "phases.0.period_start",
            "2021-12-31",
            "ngày trong năm 2022 (theo `year`)",
        ),
        (
            "    final: true\n",
            "",
            "phases.1.final",
            "",
            "true ở giai đoạn cuối",
        ),
        (
            "titles: [GIAY_KHEN]",
            "titles: [GIAY_KHEN, LDTT]",
            "phases.0.titles.1",
            "LDTT",
            "GIAY_KHEN; danh hiệu thi đua và bằng khen hằng năm chỉ xét ở giai đoạn "
            "cuối của phong trào thường xuyên",
        ),
        (
            "titles: [LDTT, CSTDCS, TTLDTT, TTLDXS, GIAY_KHEN]",
            "titles: [LDTT, CSTDCS, TTLDTT, LDTT, TTLDXS]",
            "phases.1.titles.3",
            "LDTT",
            "mỗi mã chỉ dùng một lần (lặp lại: LDTT)",
        ),
        (
            "  - title: TTLDXS",
            "  - title: CO_TINH",
            "targets.1.title",
            "CO_TINH",
            "danh hiệu có xét: CSTDCS, GIAY_KHEN, LDTT, TTLDTT, TTLDXS",
        ),
        (
            "  - title: TTLDXS",
            "  - title: TTLDTT",
            "targets.1.title",
            "TTLDTT",
            "mỗi mã chỉ dùng một lần (lặp lại: collective - TTLDTT)",
        ),
        (
            "    subject: individual",
            "    subject: collective",
            "targets.2.subject",
            "collective",
            "individual (danh hiệu LDTT)",
        ),
        (
            "    legal_cap: 15/100\n",
            "",
            "targets.3.legal_cap",
            "",
            "có khi và chỉ khi `comparison` là legal_cap",
        ),
        (
            "    legal_cap: 15/100",
            "    legal_cap: 10/100",
            "targets.3.legal_cap",
            "10/100",
            "từ 3/20 trở lên (theo `ratio`)",
        ),
        (
            "  final_review_by: 2023-02-28",
            "  final_review_by: 2023-01-31",
            "follow_up.final_review_by",
            "2023-01-31",
            "từ 2023-02-14 trở đi (theo `director_due`)",
        ),
        (
            "    period_end: 2022-06-30",
            "    period_end: 9999-12-31",
            "phases.0.period_end",
            "9999-12-31",
            "ngày từ 01/01/1900 đến 31/12/2199",
        ),
        (
            "  final_review_by: 2023-02-28",
            "  final_review_by: 2032-02-28",
            "follow_up.final_review_by",
            "2032-02-28",
            "ngày từ 2021-07-05 đến 2024-01-01 (theo các giai đoạn)",
        ),
        (
            "  pact_signing_by: 2022-01-07",
            "  pact_signing_by: 2012-01-07",
            "follow_up.pact_signing_by",
            "2012-01-07",
            "ngày từ 2021-07-05 đến 2024-01-01 (theo các giai đoạn)",
        ),
    ],
)
def test_the_parts_of_a_plan_must_fit_together(
    old: str, new: str, field: str, found: str, allowed: str
):
    told = problems(REGULAR, (old, new))

    at = line(REGULAR, old) if found else group_line(REGULAR, old)
    assert told == [Problem(at, field, found, allowed)]


def test_lists_are_not_due_before_registration_ends():
    registered = (
        "    registration_due: 2022-02-28",
        "    registration_due: 2022-06-30",
    )
    due = ("    submission_due: 2022-06-30", "    submission_due: 2022-06-29")

    told = problems(REGULAR, registered, due)

    at, field = line(REGULAR, due[0]), "phases.0.submission_due"
    allowed = "từ 2022-06-30 trở đi (theo `registration_due` 2022-06-30)"
    assert told == [Problem(at, field, "2022-06-29", allowed)]


def test_a_regular_campaign_opens_registration_in_its_first_phase():
    opens = "    registration_opens: 2022-01-10\n"
    due = "    registration_due: 2022-02-28\n"

    told = problems(REGULAR, (opens, ""), (due, ""))

    assert told == [
        Problem(
            line(REGULAR, "  - number: 1"),
            "phases.0.registration_opens",
            "",
            "phải có: phong trào thường xuyên mở đăng ký ở giai đoạn 1",
        )
    ]


def test_a_thematic_campaign_grants_no_yearly_title_even_at_its_end():
    told = problems(THEMATIC, ("titles: [GIAY_KHEN]", "titles: [GIAY_KHEN, TTLDXS]"))

    assert told == [
        Problem(
            line(THEMATIC, "titles: [GIAY_KHEN]"),
            "phases.0.titles.1",
            "TTLDXS",
            "GIAY_KHEN, BANG_KHEN_TINH; danh hiệu thi đua và bằng khen hằng năm chỉ "
            "xét ở giai đoạn cuối của phong trào thường xuyên",
        )
    ]


def test_a_ladder_uses_each_code_once():
    told = problems(THEMATIC, ("code: overdue_3", "code: overdue_1"))

    assert told == [
        Problem(
            line(THEMATIC, "code: overdue_3"),
            "ladders.department.4.code",
            "overdue_1",
            "mỗi mã chỉ dùng một lần (lặp lại: overdue_1)",
        )
    ]


@pytest.mark.parametrize(
    "code", ["period_end", "last_call", "Overdue", "overdue_" + "x" * 25]
)
def test_a_rungs_code_is_short_and_none_of_the_products_own(code: str):
    told = problems(THEMATIC, ("code: overdue_3", f"code: {code}"))

    assert told == [
        Problem(
            line(THEMATIC, "code: overdue_3"),
            "ladders.department.4.code",
            code,
            "mã viết thường, tối đa 32 ký tự (ví dụ before_7), "
            "khác invitation, before_period_end, period_end, last_call",
        )
    ]


def test_the_published_schema_is_current():
    written = (PLANS / "plan.schema.json").read_text("utf-8")

    assert written == published_schema(), (
        "write intake.plans.published_schema() to plans/plan.schema.json"
    )
