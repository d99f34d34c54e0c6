"""The columns of a roster: what each is called, and how a cell of it is read."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from domain.calendar import day_vi
from domain.names import clean, search_key
from domain.roles import HEAD
from intake.fields import DEPARTMENT, PERSON
from intake.office.positions import LEADERSHIP, Position, position_names


@dataclass(frozen=True)
class RosterColumn:
    """A column: its heading, what it holds, and how a cell is read.

    *read* raises ValueError with what is allowed; *others* are headings that will do
    too; *most* is as much as rows hold; *choices* are all that a cell may say.
    """

    heading: str
    others: tuple[str, ...]
    read: Callable[[str], object]
    holds: str
    required: bool = True
    most: int = 200
    choices: tuple[str, ...] = ()


SEAT_NAMES: Mapping[str, str] = {
    "chair": "Chủ tịch",
    "vice_chair": "Phó Chủ tịch",
    "secretary": "Thư ký",
    "member": "Ủy viên",
}
DUTY_NAMES: Mapping[str, str] = {
    "records_clerk": "Văn thư",
    "department_secretary": "Việc thi đua của phòng",
}
LEADERS = "Lãnh đạo"
MARK = "x"


def _matching(pattern: str, allowed: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(allowed)
        return text

    return read


def _code(text: str) -> str:
    allowed = "mã viết thường không dấu, nối bằng dấu - (ví dụ vp-01)"
    return _matching(PERSON, allowed)(text.lower())


def _department(text: str) -> str:
    if search_key(text) == search_key(LEADERS):
        return LEADERSHIP
    allowed = f"mã phòng không dấu (ví dụ VP), hoặc {LEADERS}"
    return _matching(DEPARTMENT, allowed)(text.upper())


_NAME = _matching(r"[^\W\d_][^\d_@]{1,99}", "họ và tên, không có chữ số")
_EMAIL = _matching(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+", "địa chỉ thư (ví dụ a@b.vn)")


def _one_of(names: Mapping[str, str]) -> Callable[[str], str]:
    """Read a name, or the code that it stands for."""
    known = {
        search_key(each): key for key, name in names.items() for each in (key, name)
    }

    def read(text: str) -> str:
        try:
            return known[search_key(text)]
        except KeyError:
            raise ValueError(f"một trong: {', '.join(names.values())}") from None

    return read


def _each_of(names: Mapping[str, str]) -> Callable[[str], tuple[str, ...]]:
    read = _one_of(names)
    return lambda text: tuple(read(clean(part)) for part in re.split("[,;+]", text))


def _marked(text: str) -> bool:
    if search_key(text) not in (MARK, "co"):
        raise ValueError(f"{MARK}, hoặc để trống")
    return True


# Between them somebody may have come who works today.
_EARLIEST, _LATEST = date(1940, 1, 1), date(2100, 12, 31)


def read_day(text: str) -> date:
    """Read 31/12/2022, 31-12-2022 or 2022-12-31; never the American order."""
    numbers = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text)
    parts = numbers.groups()[::-1] if numbers else text.split("-")
    try:
        year, month, day = map(int, parts)
        found = date(year, month, day)
    except (ValueError, OverflowError):
        raise ValueError(
            "ngày có thật, dạng NGÀY/THÁNG/NĂM (ví dụ 01/3/2022)"
        ) from None
    if not _EARLIEST <= found <= _LATEST:
        raise ValueError(f"ngày từ {day_vi(_EARLIEST)} đến {day_vi(_LATEST)}")
    return found


def _position_column(head: str) -> RosterColumn:
    names = {each.value: name for each, name in position_names(head).items()}
    read = _one_of(names)
    return RosterColumn(
        "chức vụ",
        ("position",),
        lambda text: Position(read(text)),
        "Chức vụ; người đứng đầu một đơn vị trực thuộc, dù gọi tên gì, thì ghi "
        "Trưởng phòng",
        choices=tuple(names.values()),
    )


_SEAT = _one_of(SEAT_NAMES)

COLUMNS: Mapping[str, RosterColumn] = {
    "code": RosterColumn(
        "mã",
        ("mã nhân viên", "code"),
        _code,
        "Mã riêng của từng người, viết thường không dấu, không đổi về sau",
        most=64,
    ),
    "name": RosterColumn("họ tên", ("họ và tên", "name"), _NAME, "Họ và tên"),
    "email": RosterColumn("email", ("thư điện tử",), _EMAIL, "Địa chỉ thư", False),
    "department": RosterColumn(
        "phòng",
        ("mã phòng", "department"),
        _department,
        f"Mã phòng, viết hoa không dấu; lãnh đạo cơ quan thì ghi {LEADERS}",
    ),
    "department_name": RosterColumn(
        "tên phòng",
        ("department name",),
        clean,
        "Tên đầy đủ của phòng, ghi ở một dòng của phòng là đủ",
        False,
    ),
    "position": _position_column(HEAD),
    "hired_on": RosterColumn(
        "ngày vào", ("ngày vào làm", "hired on"), read_day, "Ngày vào làm việc"
    ),
    "left_on": RosterColumn(
        "rời ngày", ("ngày rời", "left on"), read_day, "Ngày cuối làm việc", False
    ),
    "duties": RosterColumn(
        "kiêm nhiệm",
        ("duties",),
        _each_of(DUTY_NAMES),
        "Việc được giao thêm; nhiều việc thì cách nhau bằng dấu +",
        False,
        choices=tuple(DUTY_NAMES.values()),
    ),
    "seat": RosterColumn(
        "hội đồng",
        ("hội đồng thi đua", "council"),
        _SEAT,
        "Ghế trong Hội đồng Thi đua - Khen thưởng",
        False,
        choices=tuple(SEAT_NAMES.values()),
    ),
    "initiative_seat": RosterColumn(
        "hội đồng sáng kiến",
        ("initiative council",),
        _SEAT,
        "Ghế trong Hội đồng sáng kiến",
        False,
        choices=tuple(SEAT_NAMES.values()),
    ),
    "secretariat": RosterColumn(
        "thường trực",
        ("secretariat",),
        _marked,
        "Phòng thường trực thi đua: ghi x ở một dòng của phòng ấy",
        False,
        choices=(MARK,),
    ),
}


def columns(head: str = HEAD) -> Mapping[str, RosterColumn]:
    """Give the columns by field, in an agency that calls whoever leads it *head*."""
    return {**COLUMNS, "position": _position_column(head)}


FIELDS = {
    search_key(heading): field
    for field, column in COLUMNS.items()
    for heading in (column.heading, *column.others)
}
