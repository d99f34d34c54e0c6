"""The menu of the pages: what stands in it, for whoever is signed in."""

from dataclasses import dataclass

from api.web.words import gettext
from domain.policy import READINGS
from domain.policy.declaring import Who


@dataclass(frozen=True)
class MenuItem:
    """An entry of the menu: where it leads and what it is called."""

    path: str
    label: str
    reading: str = "me"

    def is_for(self, stands: Who) -> bool:
        """Say whether it is open to somebody who stands so to the office."""
        return bool(READINGS[self.reading].who & stands)


MENU = (
    MenuItem("/", gettext("Việc của tôi")),
    MenuItem("/tong-quan", gettext("Tổng quan")),
    MenuItem("/lich", gettext("Lịch")),
    MenuItem("/phong", gettext("Phòng của tôi"), "departments_in_phase"),
    MenuItem("/vu-viec", gettext("Vụ việc"), "matters"),
    MenuItem("/tham-dinh", gettext("Thẩm định"), "departments_in_phase"),
    MenuItem("/hoi-dong", gettext("Hội đồng"), "sessions"),
    MenuItem("/quyet-dinh", gettext("Quyết định"), "decisions"),
    MenuItem("/phat-dong", gettext("Phát động")),
    MenuItem("/quan-tri", gettext("Quản trị"), "directory"),
    MenuItem("/bang-vang", gettext("Bảng vàng")),
    MenuItem("/tim", gettext("Tìm"), "directory"),
    MenuItem("/thong-bao", gettext("Thông báo")),
)
