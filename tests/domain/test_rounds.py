"""How the lines of a vote are parted into rounds, each of a sheet that can be read."""

import pytest

from domain.council.rounds import LINES, in_parts

Line = tuple[str, str, int]  # title, department, number


def lines(title: str, department: str, many: int) -> list[Line]:
    """So many lines of one department for one title."""
    return [(title, department, n) for n in range(many)]


def parted(all_lines: list[Line], most: int) -> list[list[Line]]:
    """Part lines as a vote does: by title, then by department."""
    return in_parts(all_lines, most, lambda each: each[0], lambda each: each[1])


def test_what_fits_on_one_sheet_is_one_round_in_its_order() -> None:
    whole = lines("A", "x", LINES - 2) + lines("B", "y", 1) + lines("A", "z", 1)

    assert parted(whole, LINES) == [whole]


def test_no_lines_are_one_round_about_nothing() -> None:
    assert parted([], LINES) == [[]]


def test_titles_stay_whole_where_they_fit_and_share_a_sheet_where_they_can() -> None:
    a, b, c = lines("A", "x", 3), lines("B", "x", 3), lines("C", "x", 1)

    assert parted(a + b + c, 5) == [a, b + c]


def test_a_title_too_long_for_a_sheet_is_parted_between_departments() -> None:
    x, y, z = lines("A", "x", 2), lines("A", "y", 2), lines("A", "z", 1)

    assert parted(x + y + z, 3) == [x, y + z]


@pytest.mark.parametrize("many", [4, 5, 6, 7])
def test_a_department_too_long_for_a_sheet_is_cut_and_no_line_is_lost(
    many: int,
) -> None:
    whole = lines("A", "x", many) + lines("A", "y", 1)

    parts = parted(whole, 3)

    assert [each for part in parts for each in part] == whole
    assert max(map(len, parts)) == 3
