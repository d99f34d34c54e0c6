"""A year in the Ministry's tables: movements, and awards by whom and for what.

Law: TT 02/2023/TT-BNV, biểu 0601.N and 0603.N (BNV-TĐKT), to be reported by 15/12.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from domain.rules.criteria import CommendationType
from papers.sheets.table import Cell, SheetColumn, Table
from store.listing.statistics import Awardee, Movement, YearCounted

# The rows and columns were read in a program that prints the tables, not in the
# circular itself: the files say so.
_UNREAD = (
    "Dòng, cột theo biểu của Thông tư 02/2023/TT-BNV, chưa đối chiếu được với bản "
    "công báo: hãy so với biểu mẫu trước khi nộp."
)
_MOVEMENTS = (
    "Tổng số",
    "Trung ương",
    "Bộ, ban, ngành, đoàn thể trung ương, tỉnh",
    "Cơ quan, tổ chức, đơn vị",
)
# The awards of a province, by their codes; others stand in a table of their own.
_OF_PROVINCE: Mapping[str, str] = {
    "BANG_KHEN_TINH": "Bằng khen",
    "CSTDT": "Chiến sĩ thi đua cấp bộ, cấp tỉnh",
    "CO_TINH": "Cờ thi đua của bộ, ban, ngành, đoàn thể Trung ương, tỉnh",
    "HUY_HIEU": "Huy hiệu (kỷ niệm chương)",
}
_T = CommendationType
_Of = Callable[[Awardee], bool]


def _nobody(_one: Awardee) -> bool:
    """Be true of none: an office awards no such."""
    return False


def _person(one: Awardee) -> bool:
    return not one.collective


_AWARDED: Sequence[tuple[str, str, _Of]] = (
    ("Tổng số", "01", lambda _: True),
    ("Tập thể", "02", lambda one: one.collective),
    ("Trong đó: doanh nghiệp", "03", _nobody),
    ("Hộ gia đình", "04", _nobody),
    ("Cá nhân", "05", _person),
    ("Lãnh đạo cấp bộ, cấp tỉnh và tương đương trở lên", "06", _nobody),
    ("Lãnh đạo cấp vụ, sở, ngành và tương đương", "07", lambda x: x.leads_office),
    ("Doanh nhân", "08", _nobody),
    (
        "Các cấp lãnh đạo khác từ phó phòng trở lên",
        "09",
        lambda one: one.leads and not one.leads_office,
    ),
    (
        "Người trực tiếp công tác, lao động",
        "10",
        lambda one: _person(one) and not (one.leads or one.leads_office),
    ),
    ("Thường xuyên", "11", lambda one: one.for_what is _T.MERIT),
    ("Chuyên đề", "12", lambda one: one.for_what is _T.THEMATIC),
    ("Đột xuất", "13", lambda one: one.for_what is _T.AD_HOC),
    ("Đối ngoại", "14", _nobody),
    ("Cống hiến", "15", _nobody),
    ("Niên hạn", "16", _nobody),
    ("Kháng chiến", "17", _nobody),
)


def statistics_tables(found: YearCounted) -> Sequence[Table]:
    """Write the tables of a year."""
    own = {
        code: name for code, name in found.titles.items() if code not in _OF_PROVINCE
    }
    return (
        _movements(found),
        _awards(found, "0603.N", "KHEN THƯỞNG CẤP TỈNH", _OF_PROVINCE),
        _awards(found, "Cấp cơ quan", "DANH HIỆU, HÌNH THỨC KHÁC", own),
    )


def _movements(found: YearCounted) -> Table:
    columns = (SheetColumn("Chỉ tiêu", 56), SheetColumn("Mã số", 8))
    return Table(
        "0601.N",
        f"SỐ PHONG TRÀO THI ĐUA, NĂM {found.year}",
        (*columns, *(SheetColumn(each, 18) for each in _MOVEMENTS)),
        [_counted(name, code, many) for name, code, many in _launched(found.movements)],
        (_UNREAD,),
    )


def _counted(name: str, code: str, many: int) -> Sequence[Cell]:
    """Write one row: an office launches its own, and no other's."""
    return (name, code, many, 0, 0, many)


def _launched(movements: Sequence[Movement]) -> Iterable[tuple[str, str, int]]:
    years = [_years(each.starts, each.ends) for each in movements]
    many, regular = len(movements), sum(each.regular for each in movements)
    yield "Tổng số", "01", many
    yield "Phạm vi: toàn quốc", "02", 0
    yield "Phạm vi: bộ, ban, ngành, đoàn thể, địa phương", "03", 0
    yield "Phạm vi: cụm, khối thi đua", "04", 0
    yield "Phạm vi: cơ quan, tổ chức, đơn vị", "05", many
    yield "Thời hạn: dưới 1 năm", "06", sum(each < (1, False) for each in years)
    yield "Thời hạn: 1 năm", "07", years.count((1, False))
    yield (
        "Thời hạn: từ 1 năm đến dưới 3 năm",
        "08",
        sum((1, True) <= each < (3, False) for each in years),
    )
    yield (
        "Thời hạn: từ 3 năm đến dưới 5 năm",
        "09",
        sum((3, False) <= each < (5, False) for each in years),
    )
    yield "Thời hạn: từ 5 năm trở lên", "10", sum(each >= (5, False) for each in years)
    yield "Phương thức: theo chuyên đề", "11", many - regular
    yield "Phương thức: thường xuyên hằng năm", "12", regular


def _years(starts: date, ends: date) -> tuple[int, bool]:
    """Say how many whole years lie between two days, and whether some days more."""
    whole = (
        ends.year - starts.year - ((ends.month, ends.day) < (starts.month, starts.day))
    )
    more = (ends.month, ends.day) != (starts.month, starts.day)
    return whole, more


def _awards(
    found: YearCounted, name: str, title: str, titles: Mapping[str, str]
) -> Table:
    columns = (
        SheetColumn("Chỉ tiêu", 56),
        SheetColumn("Mã số", 8),
        SheetColumn("Tổng số", 10),
    )
    return Table(
        name,
        f"SỐ LƯỢNG {title}, NĂM {found.year}",
        (*columns, *(SheetColumn(each, 18) for each in titles.values())),
        [_awarded(found, row, titles) for row in _AWARDED],
        (_UNREAD, "Đơn vị tính: lượt tập thể, lượt người."),
    )


def _awarded(
    found: YearCounted, row: tuple[str, str, _Of], titles: Mapping[str, str]
) -> Sequence[Cell]:
    name, code, counts = row
    many = [
        sum(n for one, n in found.awarded.items() if one.title == title and counts(one))
        for title in titles
    ]
    return (name, code, sum(many), *many)
