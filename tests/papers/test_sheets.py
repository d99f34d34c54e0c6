"""Spreadsheets, read back by another library: what stands in them, and no formula."""

import csv
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from domain.refusals import Certainty
from domain.rules.criteria import CommendationType
from domain.rules.rewards import paid, reward, source_of
from domain.rules.salaries import base_salary
from domain.states import DecisionState
from papers.sheets.register import register_table
from papers.sheets.statistics import statistics_tables
from papers.sheets.table import SheetColumn, SheetForm, Table, drawn
from store.listing.statistics import Awardee, Movement, YearCounted
from store.tables import Decision

VERIFIED, RECALLED = Certainty.VERIFIED, Certainty.RECALLED
NASTY = [
    '=HYPERLINK("http://x.example","bấm")',
    "+1+1",
    "-2",
    "@SUM(A1)",
    " =1+1",
    "\t=1",
    "{=1}",
    "001",
    "https://x.example",
]


def read(content: bytes) -> dict[str, list[list[Any]]]:
    """Read a spreadsheet by a library that knows nothing of the one that wrote it."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def a_table(rows: Sequence[Sequence[Any]]) -> Table:
    return Table(
        "Bảng", "TIÊU ĐỀ", (SheetColumn("Ai"), SheetColumn("Số", money=True)), rows
    )


def test_what_somebody_typed_is_a_text_in_a_spreadsheet_whatever_it_begins_with() -> (
    None
):
    content = drawn([a_table([(each, 1) for each in NASTY])], SheetForm.EXCEL)

    assert [row[0] for row in read(content)["Bảng"][2:]] == NASTY
    assert b"<f>" not in content


def test_no_cell_of_a_csv_file_begins_as_a_formula_does() -> None:
    content = drawn([a_table([(each, 1) for each in NASTY])], SheetForm.CSV)

    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))[2:]
    assert [row[0].lstrip("'") for row in rows] == NASTY
    assert [
        row for row in rows if row[0].lstrip().startswith(("=", "+", "-", "@"))
    ] == []


def test_days_and_numbers_are_days_and_numbers_by_vietnams_clock() -> None:
    evening = datetime(2022, 7, 4, 18, tzinfo=UTC)
    rows = [(date(2022, 7, 5), 1_490_000), (evening, 0), (None, None)]

    found = read(drawn([a_table(rows)], SheetForm.EXCEL))["Bảng"]
    as_csv = drawn([a_table(rows)], SheetForm.CSV).decode("utf-8-sig").splitlines()

    assert found[2:4] == [[date(2022, 7, 5), 1_490_000], [date(2022, 7, 5), 0]]
    assert as_csv[2:] == ["05/7/2022,1490000", "05/7/2022,0", ","]


def test_a_text_longer_than_a_cell_takes_is_cut_and_the_file_can_be_read() -> None:
    [_, _, [long, _]] = read(drawn([a_table([("ạ" * 40_000, 1)])], SheetForm.EXCEL))[
        "Bảng"
    ]

    assert long == "ạ" * 32_767


def numbered(number: int, year: int = 2022, series: str = "QĐ-VP") -> Any:
    row = Decision(
        id=f"{year}-{number}",
        campaign="2022",
        phase="2022-1",
        ordinal=number,
        state=DecisionState.NUMBERED,
        number=number,
        number_year=year,
        series=series,
        decided_at=datetime(year, 7, 5, tzinfo=UTC),
    )
    return row, "Phong trào", "Nguyễn Văn Ánh"


def test_the_register_shows_each_hole_of_each_series_and_year() -> None:
    rows = [numbered(2), numbered(5), numbered(6, series="QĐ-X"), numbered(1, 2023)]

    found = register_table(rows)

    assert [(row[0], row[1], row[2], row[3]) for row in found.rows] == [
        (2022, "QĐ-VP", "01", "bỏ trống"),
        (2022, "QĐ-VP", "02", "2022-2"),
        (2022, "QĐ-VP", "03-04", "bỏ trống"),
        (2022, "QĐ-VP", "05", "2022-5"),
        (2022, "QĐ-X", "01-05", "bỏ trống"),
        (2022, "QĐ-X", "06", "2022-6"),
        (2023, "QĐ-VP", "01", "2023-1"),
    ]


def awardee(title: str, **more: Any) -> Awardee:
    said = {"collective": False, "leads_office": False, "leads": False}
    return Awardee(title=title, **{"for_what": CommendationType.MERIT, **said, **more})


def test_a_year_is_counted_by_the_codes_of_the_ministrys_rows() -> None:
    awarded = Counter(
        {
            awardee("LDTT"): 30,
            awardee("LDTT", leads=True): 3,
            awardee("LDTT", leads=True, leads_office=True): 1,
            awardee("TTLDTT", collective=True): 4,
            awardee("BANG_KHEN_TINH", for_what=CommendationType.THEMATIC): 2,
        }
    )
    movements = [
        Movement(True, date(2022, 1, 1), date(2023, 1, 1)),
        Movement(False, date(2022, 3, 1), date(2022, 9, 1)),
        Movement(False, date(2022, 1, 1), date(2025, 1, 1)),
    ]
    titles = {"LDTT": "LĐTT", "TTLDTT": "TTLĐTT", "BANG_KHEN_TINH": "Bằng khen"}

    movement, province, own = statistics_tables(
        YearCounted(2022, movements, awarded, titles)
    )

    def by_code(table: Table) -> dict[Any, list[Any]]:
        return {row[1]: list(row[2:]) for row in table.rows if any(row[2:])}

    assert by_code(movement) == {
        "01": [3, 0, 0, 3],
        "05": [3, 0, 0, 3],
        "06": [1, 0, 0, 1],
        "07": [1, 0, 0, 1],
        "09": [1, 0, 0, 1],
        "11": [2, 0, 0, 2],
        "12": [1, 0, 0, 1],
    }
    assert [each.heading for each in own.columns[3:]] == ["LĐTT", "TTLĐTT"]
    assert by_code(own) == {
        "01": [38, 34, 4],
        "02": [4, 0, 4],
        "05": [34, 34, 0],
        "07": [1, 1, 0],
        "09": [3, 3, 0],
        "10": [30, 30, 0],
        "11": [38, 34, 4],
    }
    assert by_code(province) == {
        code: [2, 2, 0, 0, 0] for code in ("01", "05", "10", "12")
    }


@pytest.mark.parametrize(
    ("title", "collective", "day", "amount"),
    [
        ("LDTT", False, date(2022, 12, 31), 450_000),
        ("CSTDCS", False, date(2022, 12, 31), 1_490_000),
        ("TTLDTT", True, date(2022, 12, 31), 1_190_000),
        ("GIAY_KHEN", True, date(2022, 12, 31), 890_000),
        ("LDTT", False, date(2026, 6, 30), 700_000),
        ("LDTT", False, date(2026, 7, 1), 760_000),
        ("BANG_KHEN_TINH", False, date(2022, 12, 31), None),
        ("LDTT", False, date(2019, 6, 30), None),
    ],
)
def test_a_reward_is_a_multiple_of_the_base_salary_of_its_day(
    title: str, collective: bool, day: date, amount: int | None
) -> None:
    assert reward(title, day, collective=collective) == amount


@pytest.mark.parametrize(
    ("title", "day", "source"),
    [
        ("LDTT", date(2023, 12, 31), ("NĐ 91/2017/NĐ-CP Điều 69", VERIFIED)),
        ("CSTDCS", date(2023, 12, 31), ("NĐ 91/2017/NĐ-CP Điều 69", RECALLED)),
        ("CSTDCS", date(2024, 1, 1), ("NĐ 98/2023/NĐ-CP Điều 54", VERIFIED)),
        ("CSTDCS", date(2025, 7, 1), ("NĐ 152/2025/NĐ-CP", RECALLED)),
        ("GIAY_KHEN", date(2025, 7, 1), ("NĐ 152/2025/NĐ-CP", RECALLED)),
        ("BANG_KHEN_TINH", date(2025, 7, 1), None),
    ],
)
def test_a_rate_is_as_sure_as_what_was_read_of_the_decree_of_its_day(
    title: str, day: date, source: tuple[str, Certainty] | None
) -> None:
    assert source_of(title, day) == source


def test_the_base_salary_changes_on_its_day() -> None:
    days = [date(2024, 6, 30), date(2024, 7, 1)]

    assert [base_salary(day) for day in days] == [1_800_000, 2_340_000]


def test_of_several_awards_to_one_the_highest_alone_is_paid() -> None:
    awards = [("a", "x", 450), ("b", "x", 1490), ("c", "y", 450), ("d", "x", None)]

    assert paid(awards) == {"a": 0, "b": 1490, "c": 450, "d": None}


def test_the_same_facts_are_the_same_file() -> None:
    first, again = (drawn([a_table([("a", 1)])], SheetForm.EXCEL) for _ in range(2))

    assert first == again
