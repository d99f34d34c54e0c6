"""What was granted before, as the office has entered it from papers."""

from collections.abc import Iterable, Mapping

from papers.sheets.table import SheetColumn, Table
from store.tables import PastAward

_COLUMNS = (
    SheetColumn("TT", 5),
    SheetColumn("Cá nhân, tập thể", 30),
    SheetColumn("Mã", 14),
    SheetColumn("Năm", 8),
    SheetColumn("Danh hiệu, hình thức", 34),
    SheetColumn("Số quyết định", 18),
    SheetColumn("Ngày quyết định", 14),
    SheetColumn("Người quyết định", 34),
)
_FROM_PAPERS = "Theo hồ sơ nhập: quyết định có từ trước khi dùng hệ thống."


def past_table(rows: Iterable[PastAward], names: Mapping[str, str]) -> Table:
    """Write what was entered, with the *names* of subjects by their codes."""
    lines = (
        (
            at,
            names.get(row.subject, row.subject),
            row.subject,
            row.year,
            row.called,
            row.number,
            row.decided_on,
            row.decided_by,
        )
        for at, row in enumerate(rows, 1)
    )
    title = "DANH HIỆU, KHEN THƯỞNG ĐÃ CÓ TỪ TRƯỚC"
    return Table("Đã có từ trước", title, _COLUMNS, lines, (_FROM_PAPERS,))
