"""The numbers of decisions: their year, their leaps and what they leave out."""

from datetime import date

import pytest

from domain.numbering import GAP, against_leap, against_year, holes
from intake.acts.decision import Number


def test_a_number_is_of_the_year_of_signing_or_of_today() -> None:
    signed, today = date(2022, 12, 30), date(2023, 1, 4)

    found = [against_year(year, signed, today) for year in (2021, 2022, 2023, 2024)]

    assert [bool(each) for each in found] == [True, False, False, True]
    assert found[0] is not None
    assert found[0].detail == (
        "Số của năm 2021 không dùng được: quyết định ký năm 2022; chỉ lấy số của năm "
        "2022 hoặc 2023."
    )


def test_a_leap_is_more_than_so_many_after_the_last() -> None:
    assert against_leap(GAP, 0) is None
    assert against_leap(GAP + 1, 0) is not None
    assert against_leap(7, 250) is None
    assert against_leap(250 + GAP, 250) is None
    assert against_leap(251 + GAP, 250) is not None


def test_holes_are_what_was_left_out() -> None:
    assert list(holes([])) == []
    assert list(holes([3, 1, 7, 8])) == [(2, 2), (4, 6)]


@pytest.mark.parametrize("series", ["QĐ-VP", "QĐ-VPĐĐBQH&HĐND", "QĐ-V.P1", "QĐ/VP"])
def test_a_series_is_written_as_offices_write_it(series: str) -> None:
    assert Number(number=1, year=2022, series=series).series == series
