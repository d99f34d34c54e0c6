"""The posts that people hold in the office, as its roster writes them."""

from collections.abc import Mapping
from enum import StrEnum

from domain.roles import HEAD

# Leaders are in no department; they have titles of their own and no collective.
LEADERSHIP = "LEADERSHIP"


class Position(StrEnum):
    """The post a person holds in the office."""

    CHANH_VAN_PHONG = "CHANH_VAN_PHONG"
    PHO_CHANH_VAN_PHONG = "PHO_CHANH_VAN_PHONG"
    CHU_TICH_CONG_DOAN = "CHU_TICH_CONG_DOAN"
    TRUONG_PHONG = "TRUONG_PHONG"
    PHO_TRUONG_PHONG = "PHO_TRUONG_PHONG"
    NHAN_VIEN = "NHAN_VIEN"


def position_names(head: str = HEAD) -> Mapping[Position, str]:
    """Name each position in an agency that calls whoever leads it its *head*."""
    return {
        Position.CHANH_VAN_PHONG: head,
        Position.PHO_CHANH_VAN_PHONG: f"Phó {head}",
        Position.CHU_TICH_CONG_DOAN: "Chủ tịch Công đoàn",
        Position.TRUONG_PHONG: "Trưởng phòng",
        Position.PHO_TRUONG_PHONG: "Phó Trưởng phòng",
        Position.NHAN_VIEN: "Nhân viên",
    }


POSITION_NAMES = position_names()
