"""The menu of the pages: what stands in it, for whoever is signed in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class MenuItem:
    """An entry of the menu: where it leads and what it is called."""

    path: str
    label: str


MENU = (
    MenuItem("/", "Việc của tôi"),
    MenuItem("/tong-quan", "Tổng quan"),
    MenuItem("/lich", "Lịch"),
    MenuItem("/phong", "Phòng của tôi"),
    MenuItem("/vu-viec", "Vụ việc"),
    MenuItem("/tham-dinh", "Thẩm định"),
    MenuItem("/hoi-dong", "Hội đồng"),
    MenuItem("/quyet-dinh", "Quyết định"),
    MenuItem("/phat-dong", "Phát động"),
    MenuItem("/quan-tri", "Quản trị"),
    MenuItem("/bang-vang", "Bảng vàng"),
    MenuItem("/tim", "Tìm"),
    MenuItem("/thong-bao", "Thông báo"),
)
