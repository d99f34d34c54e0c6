"""Sheets to be marked by hand: one table a sheet, each on a page of its own."""

from collections.abc import Sequence

from papers.official.paper import ListedTable
from papers.official.writing import WHAT, WHERE, WHO, listing
from store.findings.papers.listed import ListedLine

_BOX = "☐"
_COLUMNS = {WHO: 7, WHERE: 6, WHAT: 6, "Đồng ý": 3, "Không đồng ý": 3}


def on_sheets(
    title: str, sheets: Sequence[Sequence[ListedLine]], how: str
) -> tuple[ListedTable, tuple[ListedTable, ...]]:
    """Make the first sheet and the others, which say of how many they are."""
    made = [
        listing(
            _COLUMNS,
            ((x.subject, x.department, x.title, _BOX, _BOX) for x in lines),
            title=title,
            subtitle=f"(Tờ {at}/{len(sheets)})",
            note=how,
        )
        for at, lines in enumerate(sheets, 1)
    ]
    return made[0], tuple(made[1:])
