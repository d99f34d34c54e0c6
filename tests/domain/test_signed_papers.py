"""What a signed paper states, held against the record."""

from dataclasses import replace
from datetime import date

from domain.record.papers import Difference, SignedFacts, differences
from papers.signed import differences_in_words

RECORD = SignedFacts(7, 2022, "QĐ-VP", date(2022, 7, 14), "Hoàng Thúy Hòa", 12)
NOTHING = SignedFacts(None, None, None, None, None, None)


def test_a_paper_that_says_the_same_differs_in_nothing() -> None:
    assert [*differences(RECORD, RECORD)] == []


def test_what_a_paper_does_not_state_is_no_difference() -> None:
    assert [*differences(NOTHING, RECORD)] == []


def test_a_name_is_the_same_however_its_letters_and_tones_are_typed() -> None:
    typed = ("HOÀNG THÚY HÒA", "Hoàng Thu\u00fd Ho\u00e0", " Hoa\u0300ng  Thúy Hòa ")

    papers = [replace(RECORD, signed_by=name) for name in typed]

    assert [x for paper in papers for x in differences(paper, RECORD)] == []


def test_every_fact_that_differs_is_named_with_both_sides() -> None:
    paper = SignedFacts(8, 2023, "QĐ-X", date(2022, 7, 15), "Hoàng Thúy Hoa", 11)

    found = [*differences(paper, RECORD)]

    assert found[0] == Difference("number", 8, 7)
    assert [each.fact for each in found] == [
        *("number", "number_year", "series", "signed_on", "signed_by", "awarded")
    ]


def test_differences_are_said_in_one_sentence() -> None:
    paper = replace(NOTHING, number=8, signed_on=date(2022, 7, 15))
    record = replace(RECORD, number=None)

    said = differences_in_words(differences(paper, record))

    assert said == (
        "Số trên giấy là 8, trong hồ sơ là chưa có; ngày ký trên giấy là 15/7/2022, "
        "trong hồ sơ là 14/7/2022."
    )
