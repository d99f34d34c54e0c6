"""Lists of lines: what a department sent, what a meeting found, what was decided."""

from collections.abc import Iterator, Sequence
from datetime import date

from domain.calendar import local_day
from domain.roles import own_words
from domain.rules.criteria import CommendationType
from domain.rules.titles import TitleKind
from domain.states import LineState
from papers.sheets.table import Cell, SheetColumn, Table
from papers.terms import LINE_STATES
from store.listing.lines import NamedLine, RuledLine, VotedLine
from store.tables import SubjectKind

TYPES = {
    CommendationType.MERIT: "công trạng",
    CommendationType.AD_HOC: "đột xuất",
    CommendationType.THEMATIC: "chuyên đề",
}
_WHO = (
    SheetColumn("TT", 5),
    SheetColumn("Họ và tên, tập thể", 30),
    SheetColumn("Đơn vị", 30),
)
_TITLE = (
    SheetColumn("Danh hiệu thi đua", 26),
    SheetColumn("Hình thức khen thưởng", 22),
    SheetColumn("Loại hình", 12),
    SheetColumn("Thành tích từ ngày", 12),
    SheetColumn("đến ngày", 12),
)


def nominated_table(title: str, head: str, lines: Sequence[NamedLine]) -> Table:
    """List what was nominated (danh sách trích ngang)."""
    columns = (*_WHO, SheetColumn("Đối tượng", 10), *_TITLE)
    more = (SheetColumn("Tóm tắt thành tích", 60), SheetColumn("Tình trạng", 22))
    rows = (
        (
            *_who(at, each),
            "tập thể" if each.line.kind is SubjectKind.COLLECTIVE else "cá nhân",
            *_titled(each),
            str(each.line.evidence.get("achievement", "")),
            _stands(each.state, head),
        )
        for at, each in enumerate(lines, 1)
    )
    return Table("Đề nghị", title, (*columns, *more), rows)


def voted_table(title: str, head: str, lines: Sequence[VotedLine]) -> Table:
    """List what a meeting of the council came to."""
    figures = ("Đồng ý", "Không đồng ý", "Trắng", "Tổng số thành viên")
    columns = (*_WHO, *_TITLE[:2], *(SheetColumn(each, 10) for each in figures))
    return Table(
        "Kết quả",
        title,
        (*columns, SheetColumn("Kết quả", 26), SheetColumn("Ghi chú", 34)),
        [_voted(at, each, head) for at, each in enumerate(lines, 1)],
    )


def _voted(at: int, voted: VotedLine, head: str) -> Sequence[Cell]:
    return (
        *_who(at, voted.named),
        *_titled(voted.named)[:2],
        *(voted.yes, voted.no, voted.blank, voted.electors),
        _stands(voted.outcome or voted.named.state, head),
        "ít phiếu nên không công bố số phiếu" if voted.masked else "",
    )


def ruled_table(title: str, head: str, lines: Sequence[RuledLine]) -> Table:
    """List decisions with their lines, each by its title or form."""
    decision = ("Số quyết định", "Ngày ký", "Người ký")
    columns = (*(SheetColumn(each, 18) for each in decision), *_WHO, *_TITLE)
    return Table(
        "Quyết định",
        title,
        (*columns, SheetColumn("Kết quả", 26)),
        [_ruled(at, each, head) for at, each in enumerate(lines, 1)],
    )


def _ruled(at: int, ruled: RuledLine, head: str) -> Sequence[Cell]:
    return (
        number_of(ruled),
        signed_on(ruled),
        ruled.signer,
        *_who(at, ruled.named),
        *_titled(ruled.named),
        _stands(ruled.named.state, head),
    )


def number_of(ruled: RuledLine) -> str:
    """Write the number of a decision; one that has none yet is a draft."""
    row = ruled.decision
    return f"{row.number:02}/{row.series}" if row.number else "chưa vào số"


def signed_on(ruled: RuledLine) -> date | None:
    """Say on which day a decision was signed."""
    at = ruled.decision.decided_at
    return local_day(at) if at else None


def _stands(state: LineState, head: str) -> str:
    """Say where a line stands, in an agency that calls whoever leads it its *head*."""
    return own_words(LINE_STATES[state], head)


def _who(at: int, named: NamedLine) -> Iterator[Cell]:
    yield from (at, named.subject, named.department)


def _titled(named: NamedLine) -> Sequence[Cell]:
    """Write the title in the column of its kind; the other one stays empty."""
    name, line = named.title.name_vi, named.line
    is_title = named.title.kind is TitleKind.EMULATION_TITLE
    return (
        name if is_title else "",
        "" if is_title else name,
        TYPES[line.commendation_type],
        line.achieved_from,
        line.achieved_to,
    )
