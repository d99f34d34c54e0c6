"""What a signed paper states, held against the record."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from domain.record.papers import Difference, Facts, differences
from domain.record.signatures import FaultySignature, SignatureFault
from papers.signed import differences_in_words

RECORD = {
    "number": 7,
    "number_year": 2022,
    "series": "QĐ-VP",
    "signed_on": date(2022, 7, 14),
    "signed_by": "Hoàng Thúy Hòa",
    "awarded": 12,
}
LINE, SECRET = UUID(int=1), UUID(int=2)


def facts(said: Mapping[str, Any]) -> Facts:
    return {(name, None): value for name, value in said.items()}


def differing(paper: Mapping[str, Any], record: Mapping[str, Any]) -> list[Difference]:
    return [*differences(facts(paper), facts(record), {})]


def test_a_paper_that_says_the_same_differs_in_nothing() -> None:
    assert differing(RECORD, RECORD) == []


def test_what_a_paper_does_not_state_is_no_difference() -> None:
    assert differing(dict.fromkeys(RECORD), RECORD) == []


def test_a_name_is_the_same_however_its_letters_and_tones_are_typed() -> None:
    typed = ("HOÀNG THÚY HÒA", "Hoàng Thu\u00fd Ho\u00e0", " Hoa\u0300ng  Thúy Hòa ")

    papers = [RECORD | {"signed_by": name} for name in typed]

    assert [x for paper in papers for x in differing(paper, RECORD)] == []


def test_every_fact_that_differs_is_named_with_both_sides() -> None:
    paper = {
        "number": 8,
        "number_year": 2023,
        "series": "QĐ-X",
        "signed_on": date(2022, 7, 15),
        "signed_by": "Hoàng Thúy Hoa",
        "awarded": 11,
    }

    found = differing(paper, RECORD)

    assert found[0] == Difference("number", 8, 7)
    assert [each.fact for each in found] == [*RECORD]


def test_differences_are_said_in_one_sentence() -> None:
    paper = {"number": 8, "signed_on": date(2022, 7, 15)}

    said = differences_in_words(differing(paper, RECORD | {"number": None}))

    assert said == (
        "Số trên giấy là 8, trong hồ sơ là chưa có; ngày ký trên giấy là 15/7/2022, "
        "trong hồ sơ là 14/7/2022."
    )


def test_what_minutes_counted_otherwise_is_said_by_line_and_a_secret_one_by_none() -> (
    None
):
    paper = {("figures", LINE): (5, 2, 0), ("figures", SECRET): (7, 0, 0)}
    record = {("figures", LINE): (6, 1, 0), ("figures", SECRET): (6, 1, 0)}
    names = {LINE: "Đỗ Khắc Huân (Giấy khen)", SECRET: ""}

    said = differences_in_words(differences(paper, record, names))

    assert said == (
        "Số phiếu của Đỗ Khắc Huân (Giấy khen) trên giấy là 5 đồng ý, 2 không đồng ý, "
        "0 trắng, trong hồ sơ là 6 đồng ý, 1 không đồng ý, 0 trắng; số phiếu của một "
        "đề nghị thuộc bí mật nhà nước trên giấy là 7 đồng ý, 0 không đồng ý, 0 trắng, "
        "trong hồ sơ là 6 đồng ý, 1 không đồng ý, 0 trắng."
    )


def test_a_signature_that_fails_is_a_difference_by_whose_it_is_and_why() -> None:
    one = FaultySignature("Trần Văn Bình", SignatureFault.UNTRUSTED)

    assert one.fact == "signature"
    assert differences_in_words([one]) == (
        "Chữ ký số của Trần Văn Bình không dẫn đến chứng thư số nào cơ quan tin cậy."
    )
