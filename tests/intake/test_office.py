"""The sample office yields the figures of the plan in any year."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from domain.rules.criteria import DisciplineLevel, RatingLevel
from domain.rules.rulepack import Absence
from intake.faults import BadDocument
from intake.office.positions import Position
from intake.office.sample import read_office
from intake.office.year import (
    Initiative,
    OfficeYear,
    SampleDiscipline,
    SampleLeave,
    SamplePerson,
    SampleSeat,
)

TEXT = (Path(__file__).parents[2] / "plans" / "office.yaml").read_text("utf-8")
YEARS = [2022, 2024, 2026, 2031]


def office(year: int) -> OfficeYear:
    return read_office(TEXT, "office.yaml").in_year(year)


def takes_part(person: SamplePerson, year: int) -> bool:
    """Ten full months of service by the year's end, and no disciplinary measure."""
    return person.hired_on <= date(year, 3, 1) and person.discipline is None


@pytest.mark.parametrize("year", YEARS)
def test_34_staff_work_in_four_departments_beside_four_leaders(year: int):
    sample = office(year)

    assert Counter(person.department for person in sample.staff) == {
        "CTQH": 9,
        "CTHDND": 8,
        "HCTCQT": 10,
        "TTDN": 7,
    }
    assert [leader.position for leader in sample.leadership] == [
        Position.CHANH_VAN_PHONG,
        Position.PHO_CHANH_VAN_PHONG,
        Position.PHO_CHANH_VAN_PHONG,
        Position.CHU_TICH_CONG_DOAN,
    ]


@pytest.mark.parametrize("year", YEARS)
def test_32_of_them_take_part_and_every_department_can_reach_its_thresholds(
    year: int,
):
    sample = office(year)

    taking_part = [person for person in sample.staff if takes_part(person, year)]

    assert len(taking_part) == 32
    # More than half of all members: 5, 5, 6, 4; seven in ten: 7, 6, 7, 5.
    assert Counter(person.department for person in taking_part) == {
        "CTQH": 9,
        "CTHDND": 8,
        "HCTCQT": 9,
        "TTDN": 6,
    }
    assert {person.rating for person in taking_part} == {
        RatingLevel.EXCELLENT,
        RatingLevel.GOOD_COMPLETION,
    }


@pytest.mark.parametrize("year", YEARS)
def test_one_is_new_one_reprimanded_and_one_on_maternity_leave(year: int):
    sample = office(year)

    new = [p.hired_on for p in sample.staff if p.hired_on.year == year]
    disciplines = [p.discipline for p in sample.staff if p.discipline]
    leaves = [p.leave for p in sample.staff if p.leave]
    assert new == [date(year, 9, 15)]
    assert disciplines == [
        SampleDiscipline(DisciplineLevel.REPRIMAND, date(year, 5, 20))
    ]
    assert leaves == [
        SampleLeave(Absence.MATERNITY, date(year, 3, 15), date(year, 9, 14)),
    ]


def test_four_excellent_people_have_an_initiative_recognised_in_the_year():
    inventors = [person for person in office(2022).staff if person.initiative]

    assert {person.rating for person in inventors} == {RatingLevel.EXCELLENT}
    assert Counter(person.department for person in inventors) == {
        "CTQH": 2,
        "CTHDND": 1,
        "TTDN": 1,
    }
    assert inventors[0].initiative == Initiative(
        "Bảng đối chiếu ý kiến góp ý dự án luật theo từng điều, khoản",
        date(2022, 11, 18),
    )


def test_two_departments_may_become_excellent_collectives():
    sample = office(2022)

    candidates = [
        department.code
        for department in sample.departments
        if department.rating is RatingLevel.EXCELLENT
    ]

    assert candidates == ["CTQH", "CTHDND"]
    assert {
        person.rating for person in sample.staff if person.department in candidates
    } == {RatingLevel.EXCELLENT, RatingLevel.GOOD_COMPLETION}
    assert set(candidates) <= {p.department for p in sample.staff if p.initiative}


def test_every_department_has_one_head_and_one_person_for_emulation():
    sample = office(2022)

    heads = [p.department for p in sample.staff if p.position is Position.TRUONG_PHONG]
    clerks = [p.department for p in sample.staff if "department_secretary" in p.duties]
    codes = [department.code for department in sample.departments]
    assert (heads, clerks) == (codes, codes)


def test_the_secretariat_keeps_the_records():
    sample = office(2022)

    assert [d.code for d in sample.departments if d.standing_secretariat] == ["HCTCQT"]
    assert [p.department for p in sample.staff if "records_clerk" in p.duties] == [
        "HCTCQT"
    ]


def test_the_council_has_nine_seats():
    assert office(2022).council == (
        SampleSeat("ld-01", "chair"),
        SampleSeat("ld-02", "vice_chair"),
        SampleSeat("ld-03", "vice_chair"),
        SampleSeat("ctqh-01", "member"),
        SampleSeat("cthdnd-01", "member"),
        SampleSeat("hctcqt-01", "member"),
        SampleSeat("ttdn-01", "member"),
        SampleSeat("ld-04", "member"),
        SampleSeat("hctcqt-03", "secretary"),
    )


def test_an_auditor_and_a_recipient_look_in_from_outside():
    assert [account.kind for account in office(2022).accounts] == [
        "auditor",
        "recipient",
    ]


def test_no_two_people_share_a_name_or_a_code():
    sample = office(2022)
    everyone = [*sample.people, *sample.accounts]

    assert len({one.name for one in everyone}) == len(everyone) == 40
    assert len({one.email for one in everyone}) == len(everyone)


@pytest.mark.parametrize(
    ("old", "new", "field", "found", "allowed"),
    [
        ("code: ctqh-02", "code: ctqh-01", "people.5.code", "ctqh-01", None),
        (
            "name: Âu Thị Hạnh Nguyên\n    department: CTQH",
            "name: Âu Thị Hạnh Nguyên\n    department: CTQ",
            "people.5.department",
            "CTQ",
            "một trong: CTQH, CTHDND, HCTCQT, TTDN, LEADERSHIP",
        ),
        (
            "position: PHO_TRUONG_PHONG",
            "position: TRUONG_PHONG",
            "people.5.position",
            "TRUONG_PHONG",
            "chức vụ này chỉ một người giữ",
        ),
        (
            "{person: ttdn-01, seat: member}",
            "{person: ttdn-99, seat: member}",
            "council.6.person",
            "ttdn-99",
            "mã của một người trong `people`",
        ),
        (
            "{person: ttdn-01, seat: member}",
            "{person: ctqh-01, seat: member}",
            "council.6.person",
            "ctqh-01",
            "mỗi người một ghế",
        ),
        (
            "seat: secretary}",
            "seat: member}",
            "council",
            "một danh sách",
            "đúng một người có `seat: secretary`",
        ),
        (
            "day: 09-01}",
            "day: 02-29}",
            "people.0.hired.day",
            "02-29",
            "tháng và ngày có thật ở mọi năm, dạng THÁNG-NGÀY (như 03-01)",
        ),
        (
            "    standing_secretariat: true\n",
            "",
            "departments",
            "một danh sách",
            "đúng một phòng có `standing_secretariat: true`",
        ),
    ],
)
def test_the_parts_of_an_office_must_fit_together(
    old: str, new: str, field: str, found: str, allowed: str | None
):
    assert old in TEXT

    with pytest.raises(BadDocument) as refused:
        read_office(TEXT.replace(old, new, 1), "office.yaml")

    assert [(p.field, p.found, p.allowed) for p in refused.value.problems] == [
        (field, found, allowed or "mỗi mã chỉ dùng một lần")
    ]
