"""The columns of a department's own list: what each holds, and how it is called."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class ListColumn:
    """A column of a list: its heading in our template, and what it holds.

    *others* are headings that mean the same, *parts* what a heading of it has in it,
    the likeliest first; both in plain letters. *width* is in letters.
    """

    heading: str
    holds: str
    others: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    needed: bool = False
    width: int = 30


SUBJECT, TITLE, CODE = "subject", "title", "code"
_WHO = ListColumn(
    "Cá nhân, tập thể",
    "Họ tên của người trong phòng, hoặc tên phòng nếu là tập thể",
    ("ho ten", "ho va ten", "ten"),
    ("ho va ten", "ho ten", "ca nhan", "tap the"),
    needed=True,
)
_TITLE = ListColumn(
    "Danh hiệu, hình thức",
    "Danh hiệu thi đua hoặc hình thức khen thưởng, như danh mục",
    ("de nghi",),
    ("danh hieu de nghi", "hinh thuc de nghi", "danh hieu", "hinh thuc", "khen thuong"),
    needed=True,
    width=44,
)
_CODE = ListColumn(
    "Mã",
    "Mã của người, chỉ cần khi có hai người trùng tên",
    ("ma nhan vien", "ma so", "ma can bo", "ma cong chuc"),
    width=12,
)
_ACHIEVEMENT = ListColumn(
    "Tóm tắt thành tích",
    "Thành tích đã đạt trong thời gian xét; để trống thì ghi thêm trên trang",
    (),
    ("thanh tich", "noi dung khen", "ly do"),
    width=70,
)
_DOCUMENTS = ListColumn(
    "Hồ sơ kèm theo",
    "Các loại tài liệu, như danh mục, cách nhau bằng dấu chấm phẩy",
    ("tai lieu", "tai lieu kem theo", "minh chung"),
)
_SECRET = ListColumn(
    "Bí mật",
    "Ghi x nếu thuộc bí mật nhà nước, không công khai",
    ("mat", "bi mat nha nuoc"),
    width=10,
)
# Of what a department registers, and of what it nominates.
AIMS: Mapping[str, ListColumn] = {SUBJECT: _WHO, TITLE: _TITLE, CODE: _CODE}
NOMINATIONS: Mapping[str, ListColumn] = {
    SUBJECT: _WHO,
    TITLE: _TITLE,
    "achievement": _ACHIEVEMENT,
    "documents": _DOCUMENTS,
    CODE: _CODE,
    "secret": _SECRET,
}
