"""A pack is chosen by date and cited by every refusal."""

from datetime import date

import pytest

from domain.calendar import WorkingCalendar
from domain.refusals import Certainty, Refusal, Refused
from domain.rules.rulepack import choose
from intake.rulepacks import load_packs

PACKS = load_packs()
VN2017, VN2024, VN2025, VN2026 = PACKS


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2017, 10, 1), "VN2017"),
        (date(2022, 6, 30), "VN2017"),
        (date(2023, 12, 31), "VN2017"),
        (date(2024, 1, 1), "VN2024"),
        (date(2025, 6, 30), "VN2024"),
        (date(2025, 7, 1), "VN2025"),
        (date(2026, 9, 30), "VN2025"),
        (date(2026, 10, 1), "VN2026"),
        (date(2031, 12, 31), "VN2026"),
    ],
)
def test_a_phase_is_judged_by_the_law_in_force_when_its_period_ends(
    day: date, code: str
) -> None:
    assert choose(PACKS, day).code == code


def test_the_two_phases_of_2025_fall_under_two_packs() -> None:
    chosen = [choose(PACKS, day) for day in (date(2025, 6, 30), date(2025, 12, 31))]

    assert chosen == [VN2024, VN2025]


def test_a_day_that_no_pack_covers_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        choose(PACKS, date(2016, 12, 31))

    assert refused.value.refusals == (
        Refusal(
            "no_rule_pack",
            "Không có bộ quy định nào có hiệu lực ngày 31/12/2016; hiện có: "
            "VN2017: từ 01/10/2017 đến 31/12/2023; "
            "VN2024: từ 01/01/2024 đến 30/6/2025; VN2025: từ 01/7/2025 đến 30/9/2026; "
            "VN2026: từ 01/10/2026.",
        ),
    )


def test_an_unknown_title_is_refused_with_those_known() -> None:
    with pytest.raises(Refused) as refused:
        VN2017.title("AHLD")

    assert refused.value.refusals == (
        Refusal(
            "unknown_title",
            "Không có danh hiệu «AHLD»; được dùng: LDTT, CSTDCS, TTLDTT, TTLDXS, "
            "CSTDT, GIAY_KHEN, BANG_KHEN_TINH, CO_TINH.",
        ),
    )


def test_five_of_nine_members_are_no_quorum() -> None:
    quorum = VN2017.council.quorum

    assert quorum.missing(6, 9) is None
    assert quorum.missing(5, 9) == Refusal(
        "quorum",
        "Có 5/9 thành viên; cần ít nhất 6 (từ 2/3 trở lên tổng số thành viên).",
        "VN2017.council.quorum",
        "Quy chế của Hội đồng (mặc định theo quy chế của một số bộ)",
        Certainty.PROPOSED,
    )


def test_a_time_limit_is_found_by_its_code() -> None:
    appraisal = VN2017.sla("appraisal")

    assert (appraisal.days, appraisal.unit) == (10, "working")


@pytest.mark.parametrize(
    ("code", "since", "last"),
    [
        # A year and three months end on the day of the same number …
        ("initiative_filing", date(2022, 3, 1), date(2023, 3, 1)),
        ("initiative_filing", date(2024, 2, 29), date(2025, 2, 28)),
        ("initiative_decision", date(2022, 8, 15), date(2022, 11, 15)),
        ("initiative_decision", date(2022, 5, 31), date(2022, 8, 31)),
        # … or on the month's last, and on the next working day.
        ("initiative_decision", date(2022, 11, 30), date(2023, 2, 28)),
        ("initiative_decision", date(2022, 4, 1), date(2022, 7, 1)),
        ("initiative_decision", date(2022, 6, 1), date(2022, 9, 5)),
        ("complaint_resolution", date(2022, 3, 1), date(2022, 3, 31)),
        ("complaint_resolution", date(2022, 6, 2), date(2022, 7, 4)),
        ("denunciation_acceptance", date(2022, 3, 1), date(2022, 3, 10)),
    ],
)
def test_a_term_ends_on_the_day_that_its_law_says(
    code: str, since: date, last: date
) -> None:
    holidays = frozenset({date(2022, 9, 1), date(2022, 9, 2)})
    calendar = WorkingCalendar(
        holidays, frozenset(), date(2021, 1, 1), date(2026, 12, 31)
    )

    assert VN2017.sla(code).last_day(since, calendar) == last


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("initiative_filing", "12 tháng"),
        ("complaint_filing", "90 ngày"),
        ("denunciation_acceptance", "7 ngày làm việc"),
    ],
)
def test_a_term_is_said_in_its_own_unit(code: str, words: str) -> None:
    assert VN2017.sla(code).words == words


def test_results_are_posted_for_what_is_decided_from_july_2023() -> None:
    rule = VN2017.publication
    assert rule is not None

    assert [rule.binds(date(2023, 6, 30)), rule.binds(date(2023, 7, 1))] == [
        False,
        True,
    ]
    assert (rule.working_days, rule.on_view_until(date(2024, 3, 1))) == (
        5,
        date(2024, 3, 21),
    )
