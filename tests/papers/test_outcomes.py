"""What an act came to, in words."""

import pytest

from papers.outcomes import outcome


@pytest.mark.parametrize("until", ["2026-03-19", "2026-03-19T17:00:00+00:00"])
def test_until_is_told_as_the_last_day(until: str) -> None:
    assert outcome("publish", {"until": until}) == ["Đến hết ngày 19/3/2026."]
