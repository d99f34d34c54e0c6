"""A page of things of any length: it ends early where they are long together."""

import pytest

from api.paging import within

_HALF, _WHOLE = 2**18, 2**19


@pytest.mark.parametrize(
    ("sizes", "taken", "many"),
    [
        ([1, 1], [1, 1], 3),
        ([1, 1, 1, 1, 1], [1, 1, 1, 1], 3),
        ([_HALF, _HALF, 1, 1], [_HALF, _HALF, 1], 2),
        ([_WHOLE + 1, 1, 1], [_WHOLE + 1, 1], 1),
        ([_WHOLE + 1], [_WHOLE + 1], 3),
        ([], [], 3),
    ],
)
def test_a_page_ends_before_it_is_long_and_has_one_at_the_least(
    sizes: list[int], taken: list[int], many: int
) -> None:
    rows = iter(sizes)

    found = within(rows, 3, int)

    assert found == (taken, many)


def test_what_comes_behind_a_long_page_is_not_read() -> None:
    rows = iter([_WHOLE, 1, 1, 1])

    within(rows, 3, int)

    assert list(rows) == [1, 1]
