"""The menu of the pages: what stands in it, for whoever is signed in."""

from dataclasses import dataclass

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
    MenuItem("/", "Việc của tôi"),
    MenuItem("/tong-quan", "Tổng quan"),
    MenuItem("/lich", "Lịch"),
    MenuItem("/phong", "Phòng của tôi", "departments_in_phase"),
    MenuItem("/vu-viec", "Vụ việc", "matters"),
    MenuItem("/tham-dinh", "Thẩm định", "departments_in_phase"),
    MenuItem("/hoi-dong", "Hội đồng", "sessions"),
    MenuItem("/quyet-dinh", "Quyết định", "decisions"),
    MenuItem("/phat-dong", "Phát động"),
    MenuItem("/quan-tri", "Quản trị", "directory"),
    MenuItem("/bang-vang", "Bảng vàng"),
    MenuItem("/tim", "Tìm", "directory"),
    MenuItem("/thong-bao", "Thông báo"),
)
