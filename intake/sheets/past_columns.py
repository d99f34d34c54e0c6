"""The columns of what was granted before: what each holds, how it is called."""

from collections.abc import Mapping
from dataclasses import replace

from intake.sheets.columns import AIMS, CODE, SUBJECT, TITLE, ListColumn

_YEAR = ListColumn(
    "Năm",
    "Năm được công nhận, không phải năm ra quyết định",
    ("nam dat", "nam khen thuong", "nam cong nhan"),
    ("nam dat", "nam khen", "nam cong nhan", "nam duoc", "nam xet"),
    needed=True,
    width=10,
)
_NUMBER = ListColumn(
    "Số quyết định",
    "Số, ký hiệu của quyết định, như trên giấy",
    ("quyet dinh so", "so qd", "qd so"),
    ("so quyet dinh", "quyet dinh so", "so qd"),
    needed=True,
    width=18,
)
_DAY = ListColumn(
    "Ngày quyết định",
    "Ngày ký quyết định, dạng NGÀY/THÁNG/NĂM",
    ("ngay", "ngay ky", "ngay qd"),
    ("ngay quyet dinh", "ngay ky", "ngay qd", "ngay thang nam"),
    needed=True,
    width=16,
)
_BY = ListColumn(
    "Người quyết định",
    "Chức vụ của người ký, hoặc tên cơ quan ra quyết định",
    ("cap quyet dinh", "co quan quyet dinh", "cap khen thuong"),
    ("nguoi quyet dinh", "nguoi ky", "cap quyet dinh", "cap khen", "co quan"),
    needed=True,
    width=34,
)
# What was granted before this service: one row a title and year.
PAST: Mapping[str, ListColumn] = {
    SUBJECT: replace(
        AIMS[SUBJECT],
        holds="Họ tên, hoặc mã, của người có trong danh bạ; tên phòng nếu là tập thể",
    ),
    "department": ListColumn(
        "Phòng",
        "Phòng nơi người này đang hoặc đã công tác, chỉ cần khi trùng tên",
        ("don vi", "phong ban"),
        ("phong", "don vi"),
    ),
    TITLE: replace(
        AIMS[TITLE],
        holds="Danh hiệu, hình thức khen thưởng thành tích công trạng, như danh mục",
        others=("danh hieu", "hinh thuc khen thuong"),
        parts=("danh hieu", "hinh thuc"),
    ),
    "year": _YEAR,
    "number": _NUMBER,
    "decided_on": _DAY,
    "decided_by": _BY,
    CODE: AIMS[CODE],
}
