"""The pay list of a decision, for the office's accountant."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from domain.calendar import day_vi
from domain.refusals import Certainty
from domain.rules.rewards import paid, reward, source_of
from domain.rules.salaries import base_salary
from domain.states import LineState
from papers.sheets.lines import number_of, signed_on
from papers.sheets.table import Cell, SheetColumn, Table
from store.listing.lines import RuledLine
from store.tables import SubjectKind

_COLUMNS = (
    SheetColumn("TT", 5),
    SheetColumn("Họ và tên, tập thể", 30),
    SheetColumn("Đơn vị", 30),
    SheetColumn("Danh hiệu, hình thức", 28),
    SheetColumn("Số quyết định", 16),
    SheetColumn("Mức tiền", 14, money=True),
    SheetColumn("Được chi", 14, money=True),
    SheetColumn("Ghi chú", 40),
    SheetColumn("Ký nhận", 18),
)
# What an office pays itself; a superior pays what a superior has granted.
OURS = frozenset({LineState.DIRECTOR_APPROVED, LineState.AWARDED})
_ROUNDED = (
    "Số tiền làm tròn đến 10.000 đồng gần nhất, chưa đối chiếu được với văn bản: kế "
    "toán so lại trước khi chi."
)
_HIGHEST = "cùng thời điểm đã chi mức cao hơn cho danh hiệu khác"
_UNKNOWN = "chưa có mức tiền thưởng: kế toán ghi"
_RECALLED = "mức này chưa đối chiếu được với văn bản"


def pay_table(title: str, lines: Sequence[RuledLine], today: date) -> Table:
    """Write what each award of a decision brings, and what of it is paid.

    Before it is signed, as if it were *today*.
    """
    ours = [each for each in lines if each.named.state in OURS]
    day = next((on for each in ours if (on := signed_on(each))), today)
    amounts = {each.named.line.id: _amount(each, day) for each in ours}
    those = [each.named.line for each in ours]
    due = paid((each.id, each.subject, amounts[each.id]) for each in those)
    rows = [_row(at, each, day, amounts, due) for at, each in enumerate(ours, 1)]
    whole = sum(amount or 0 for amount in due.values())
    total: Sequence[Cell] = (None, "CỘNG", None, None, None, None, whole, None, None)
    salary = f"{base_salary(day) or 0:,} đồng".replace(",", ".")
    notes = (f"Lương cơ sở: {salary} (ngày {day_vi(day)}).", _ROUNDED)
    return Table("Chi thưởng", title, _COLUMNS, [*rows, total], notes)


def _amount(ruled: RuledLine, day: date) -> int | None:
    line = ruled.named.line
    return reward(line.title, day, collective=line.kind is SubjectKind.COLLECTIVE)


def _row(
    at: int,
    ruled: RuledLine,
    day: date,
    amounts: Mapping[UUID, int | None],
    due: Mapping[UUID, int | None],
) -> Sequence[Cell]:
    named = ruled.named
    amount, pays = amounts[named.line.id], due[named.line.id]
    return (
        at,
        named.subject,
        named.department,
        named.title.name_vi,
        number_of(ruled),
        amount,
        pays,
        _note(named.line.title, day, amount, pays),
        None,
    )


def _note(title: str, day: date, amount: int | None, pays: int | None) -> str:
    if amount is None:
        return _UNKNOWN
    if amount and not pays:
        return _HIGHEST
    found = source_of(title, day)
    return _RECALLED if found is None or found[1] is Certainty.RECALLED else ""
