"""A sum in words, as papers have it."""

import pytest

from papers.official.spelled import spelled


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (0, "Không đồng"),
        (5, "Năm đồng"),
        (10, "Mười đồng"),
        (15, "Mười lăm đồng"),
        (21, "Hai mươi mốt đồng"),
        (55, "Năm mươi lăm đồng"),
        (101, "Một trăm linh một đồng"),
        (450_000, "Bốn trăm năm mươi nghìn đồng"),
        (1_190_000, "Một triệu một trăm chín mươi nghìn đồng"),
        (1_005_000, "Một triệu không trăm linh năm nghìn đồng"),
        (20_010_000, "Hai mươi triệu không trăm mười nghìn đồng"),
        (11_000_001, "Mười một triệu không trăm linh một đồng"),
        (2_530_000_000, "Hai tỷ năm trăm ba mươi triệu đồng"),
        (1_000_000_004_000, "Một nghìn tỷ không trăm linh bốn nghìn đồng"),
    ],
)
def test_a_sum_is_written_in_words(amount: int, said: str) -> None:
    assert spelled(amount) == said
