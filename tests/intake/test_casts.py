"""A cast is read beside its plan and office, and refused with every error at once."""

from pathlib import Path

import pytest

from intake.casts import Cast, read_cast
from intake.faults import BadDocument, Problem
from intake.office.sample import read_office
from intake.plans import read_plan
from intake.rulepacks import load_packs

PLANS = Path(__file__).parents[2] / "plans"
OFFICE = read_office((PLANS / "office.yaml").read_bytes(), "office.yaml").in_year(2022)
PLAN = read_plan((PLANS / "2022.yaml").read_bytes(), "2022.yaml", load_packs())
DEPARTMENTS = "CTQH, CTHDND, HCTCQT, TTDN"
SUBJECT = "mã một phòng hoặc một người của văn phòng"
COUNCIL = (
    "ld-01, ld-02, ld-03, ctqh-01, cthdnd-01, hctcqt-01, ttdn-01, ld-04, hctcqt-03"
)


def read(text: str) -> Cast:
    """Read a cast of the sample office in 2022."""
    return read_cast(text, "dan-vai.yaml", OFFICE, PLAN)


def test_who_is_not_named_behaves_well():
    cast = read("interim:\n  departments:\n    CTQH: {sends: late}\n")

    assert cast.scene(final=False).part("CTQH").sends == "late"
    assert cast.scene(final=False).part("TTDN").sends == "on_time"
    assert cast.scene(final=True).part("CTQH").sends == "on_time"


def test_a_wrong_cast_is_refused_with_everything_that_is_wrong_in_it():
    text = """\
interim:
  departments:
    KHAC: {sends: late}
    CTQH: {sends: sometimes}
    TTDN:
      nominates:
        - {subject: ctqh-02, title: GIAY_KHEN}
  council:
    absent: [ctqh-09]
    against: {ai-do: 3}
  director:
    declines: [ngoai-cuoc]
final:
  superior: {answers_after: 500}
"""

    with pytest.raises(BadDocument) as refused:
        read(text)

    assert refused.value.problems == [
        Problem(
            4,
            "interim.departments.CTQH.sends",
            "sometimes",
            "một trong: on_time, last_minute, extended, late, nil, never",
        ),
        Problem(
            9,
            "interim.council.absent.0",
            "ctqh-09",
            f"một thành viên Hội đồng: {COUNCIL}",
        ),
        Problem(10, "interim.council.against.ai-do", "3", SUBJECT),
        Problem(12, "interim.director.declines.0", "ngoai-cuoc", SUBJECT),
        Problem(14, "final.superior.answers_after", "500", "đến 120 là nhiều nhất"),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "interim:\n  departments:\n    KHAC: {sends: late}\n",
            Problem(
                3,
                "interim.departments.KHAC",
                "một nhóm mục",
                f"một phòng: {DEPARTMENTS}",
            ),
        ),
        (
            "interim:\n  departments:\n    TTDN:\n      nominates:\n"
            "        - {subject: ctqh-02, title: GIAY_KHEN}\n",
            Problem(
                5,
                "interim.departments.TTDN.nominates.0.subject",
                "ctqh-02",
                "phòng TTDN hoặc một người của phòng",
            ),
        ),
        (
            "interim:\n  departments:\n    TTDN:\n      nominates:\n"
            "        - {subject: ttdn-02, title: LDTT}\n",
            Problem(
                5,
                "interim.departments.TTDN.nominates.0.title",
                "LDTT",
                "một trong: GIAY_KHEN",
            ),
        ),
    ],
    ids=["a department of nobody", "another's person", "a title of another phase"],
)
def test_a_cast_has_to_fit_its_office_and_its_plan(text, problem):
    with pytest.raises(BadDocument) as refused:
        read(text)

    assert refused.value.problems == [problem]
