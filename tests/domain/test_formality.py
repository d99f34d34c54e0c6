"""What looks as if it were there for form's sake, each said in one sentence."""

from dataclasses import replace
from fractions import Fraction

from domain.reports.formality import (
    Finding,
    NominatedLine,
    Review,
    Sign,
    Staff,
    findings,
)

NAMES = {"LDTT": "Lao động tiên tiến", "TTLDTT": "Tập thể tiên tiến", "A": "Phòng A"}
OFFICE = Staff(all=10, direct=8)
ONE = NominatedLine(
    line="1",
    subject="a-01",
    title="LDTT",
    department="A",
    leads=False,
    years=0,
    papers=1,
    text="Viết lại toàn bộ quy trình phục vụ kỳ họp.",
)
HEAD = replace(
    ONE, line="2", subject="a-02", leads=True, text="Điều hành phòng và đi cơ sở."
)
WHOLE = replace(
    ONE,
    line="3",
    subject="A",
    title="TTLDTT",
    leads=None,
    text="Cả phòng không để việc nào quá hạn trong năm.",
)


def found(
    *nominees: NominatedLine, review: Review | None = None
) -> dict[Sign, Finding]:
    """Look for signs; each kind once."""
    seen = findings(nominees, [review] if review else [], OFFICE, NAMES)
    return {each.sign: each for each in seen}


def test_of_each_title_leaders_are_counted_against_the_others_and_the_office() -> None:
    seen = found(ONE, HEAD, WHOLE)

    assert seen == {
        Sign.LEADERS: Finding(
            Sign.LEADERS,
            "LDTT",
            ("2",),
            "«Lao động tiên tiến»: 1/2 người được đề nghị là người trực tiếp làm việc, "
            "1 người giữ chức vụ lãnh đạo; tỷ lệ người trực tiếp thấp hơn tỷ lệ chung "
            "(8/10).",
            Fraction(1, 2),
        )
    }


def test_who_gets_the_same_title_again_is_counted_with_the_longest_run() -> None:
    seen = found(replace(ONE, years=1), replace(HEAD, years=3), replace(WHOLE, years=0))

    assert seen[Sign.REPEATED] == Finding(
        Sign.REPEATED,
        "LDTT",
        ("1", "2"),
        "«Lao động tiên tiến»: 2/2 đề nghị lặp lại người hoặc tập thể đã được tặng "
        "ngay năm trước, lâu nhất là 3 năm liền.",
        Fraction(1),
    )


def test_lines_without_any_paper_are_named_by_department() -> None:
    seen = found(ONE, replace(HEAD, papers=0))

    assert seen[Sign.NO_PAPERS] == Finding(
        Sign.NO_PAPERS,
        "A",
        ("2",),
        "Phòng A: 1/2 đề nghị không kèm giấy tờ chứng minh nào.",
        Fraction(1, 2),
    )


VOTES = {("a-01", "LDTT"): (9, 0), ("a-02", "LDTT"): (8, 0), ("A", "TTLDTT"): (9, 0)}


def test_a_department_of_one_mind_on_everything_is_named() -> None:
    seen = found(ONE, HEAD, WHOLE, review=Review("A", VOTES))

    assert seen[Sign.UNANIMOUS] == Finding(
        Sign.UNANIMOUS,
        "A",
        ("1", "2", "3"),
        "Phòng A: bình xét 3 đề nghị, không đề nghị nào có phiếu không đồng ý.",
    )


def test_one_vote_against_one_line_is_no_such_sign_nor_are_two_votes() -> None:
    against = Review("A", VOTES | {("a-02", "LDTT"): (8, 1)})
    few = Review("A", dict(list(VOTES.items())[:2]))

    seen = [found(ONE, HEAD, WHOLE, review=review) for review in (against, few)]

    assert [set(each) for each in seen] == [{Sign.LEADERS}, {Sign.LEADERS}]


def test_minutes_that_count_no_votes_are_named() -> None:
    seen = found(ONE, WHOLE, review=Review("A", {}))

    assert seen[Sign.NO_VOTES] == Finding(
        Sign.NO_VOTES,
        "A",
        ("1", "3"),
        "Phòng A: biên bản bình xét không ghi số phiếu của đề nghị nào.",
    )


def test_reports_of_several_people_that_are_alike_are_named_together() -> None:
    copied = replace(HEAD, text=ONE.text.upper())

    seen = found(ONE, WHOLE, copied)

    assert seen[Sign.ALIKE] == Finding(
        Sign.ALIKE,
        "a-01",
        ("1", "2"),
        "Báo cáo thành tích của 2 người hoặc tập thể gần như giống nhau: trùng toàn bộ "
        "số cụm ba chữ liền nhau với bản đầu.",
        Fraction(1),
    )


def test_what_one_person_reports_for_several_titles_may_be_the_same() -> None:
    again = replace(ONE, line="4", title="TTLDTT")

    assert Sign.ALIKE not in found(ONE, again, HEAD)


def test_nobody_nominated_shows_no_sign() -> None:
    assert found(review=Review("A", {})) == {}
