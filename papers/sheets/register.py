"""The register of decisions by year and series, with the numbers that are left out."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from domain.calendar import local_day
from domain.numbering import holes
from papers.sheets.table import Cell, SheetColumn, Table
from papers.terms import DECISION_STATES
from store.listing.register import Registered

_COLUMNS = (
    SheetColumn("Năm", 8),
    SheetColumn("Ký hiệu", 14),
    SheetColumn("Số", 10),
    SheetColumn("Quyết định", 26),
    SheetColumn("Phong trào", 46),
    SheetColumn("Ngày ký", 12),
    SheetColumn("Người ký", 28),
    SheetColumn("Ngày ban hành", 14),
    SheetColumn("Tình trạng", 18),
)


def register_table(rows: Sequence[Registered]) -> Table:
    """Write the register; rows come by year, series and number."""
    return Table("Sổ quyết định", "SỔ ĐĂNG KÝ QUYẾT ĐỊNH", _COLUMNS, _rows(rows))


def _rows(rows: Sequence[Registered]) -> Iterator[Sequence[Cell]]:
    def book(row: Registered) -> tuple[int | None, str | None]:
        return row[0].number_year, row[0].series

    for (year, series), these in groupby(rows, book):
        written = {row[0].number or 0: _entry(row) for row in these}
        for first, last in holes(written):
            span = f"{first:02}" if first == last else f"{first:02}-{last:02}"
            written[first] = (year, series, span, "bỏ trống", *[None] * 5)
        yield from (written[number] for number in sorted(written))


def _entry(row: Registered) -> Sequence[Cell]:
    decision, campaign, signer = row
    signed, issued = decision.decided_at, decision.issued_at
    return (
        decision.number_year,
        decision.series,
        f"{decision.number:02}",
        decision.id,
        campaign,
        local_day(signed) if signed else None,
        signer,
        local_day(issued) if issued else None,
        DECISION_STATES[decision.state],
    )
