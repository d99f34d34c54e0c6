"""How a row of the office reads in a sentence, and a change from one to the next."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from domain.calendar import day_vi
from domain.posts import POSTS, post_of

# What each field is called, in the order in which a sentence says them.
_FIELDS: Mapping[str, str] = {
    "office": "",
    "seat": "",
    "kind": "loại",
    "level": "mức",
    "department": "phòng",
    "agency": "cơ quan",
    "called": "",
    "result": "kết quả",
    "formation": "theo",
    "scope": "phạm vi",
    "year": "năm",
    "number": "số",
    "decided_on": "quyết định ngày",
    "decided_by": "của",
    "starts": "từ ngày",
    "ends": "đến trước ngày",
    "ends_on": "đến trước ngày",
    "born_on": "sinh ngày",
    "died_on": "mất ngày",
    "secretariat": "thường trực thi đua",
    "collective": "là tập thể",
    "working": "là ngày làm việc",
    "source": "theo",
}
CODES: Mapping[str, str] = {
    "maternity": "thai sản",
    "sick_leave": "nghỉ ốm",
    "rescue_injury": "bị thương khi cứu người, tài sản",
    "training": "đào tạo, bồi dưỡng",
    "secondment": "biệt phái",
    "good": "khá trở lên",
    "poor": "dưới khá",
    "agency": "cơ quan",
    "province": "tỉnh",
    "initiative": "sáng kiến",
    "research": "đề tài nghiên cứu",
    "REPRIMAND": "khiển trách",
    "WARNING": "cảnh cáo",
    "SALARY_DOWNGRADE": "hạ bậc lương",
    "DEMOTION": "giáng chức",
    "REMOVAL": "cách chức",
    "DISMISSAL": "buộc thôi việc",
    "EXCELLENT": "hoàn thành xuất sắc nhiệm vụ",
    "GOOD_COMPLETION": "hoàn thành tốt nhiệm vụ",
    "COMPLETED": "hoàn thành nhiệm vụ",
    "NOT_COMPLETED": "không hoàn thành nhiệm vụ",
}
_DAYS = frozenset({"decided_on", "starts", "ends", "ends_on", "born_on", "died_on"})
_NOTHING = "(không có)"


def row_vi(row: Mapping[str, Any] | None) -> str:
    """Write what a row says: chức vụ, phòng, từ ngày nào đến ngày nào."""
    if row is None:
        return _NOTHING
    return ", ".join(_parts(row)) or _NOTHING


def post_vi(row: Mapping[str, Any]) -> str:
    """Name the post that an appointment, or a seat, is."""
    name, unit = POSTS[post_of(row)].name, str(row.get("department") or "")
    if unit.startswith("Phòng ") and name.endswith(" phòng"):
        return name.removesuffix("phòng") + unit  # Trưởng Phòng Quản lý Khoa học
    return f"{name} {unit}" if unit else name


def _parts(row: Mapping[str, Any]) -> Iterator[str]:
    for field, called in _FIELDS.items():
        value = row.get(field)
        if value is None or (field == "department" and "office" in row):
            continue
        if field in ("office", "seat"):
            yield post_vi(row)
        elif field == "department" and str(value).lower().startswith(called):
            yield str(value)  # its name says what it is
        else:
            yield f"{called} {_value(field, value)}".lstrip()


def _value(field: str, value: Any) -> str:
    if field in _DAYS:
        return day_vi(value if isinstance(value, date) else date.fromisoformat(value))
    if isinstance(value, bool):
        return "có" if value else "không"
    return CODES.get(value, str(value))
